"""Addresses of the trail."""

from django.urls import path

from tumbuh.web.audit import views

urlpatterns = [
    path("jejak", views.trail, name="trail"),
    path("akun/jejak-saya", views.my_trail, name="my-trail"),
]
