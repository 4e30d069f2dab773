"""Addresses of the regulation."""

from django.urls import path

from tumbuh.web.programme import views

urlpatterns = [
    path("regulasi", views.show_regulation, name="regulation"),
    path("regulasi/pilar/<int:number>", views.show_pillar, name="regulation_pillar"),
]
