"""Addresses of the list of regions; a region's own page is drawn by the indicators' folder."""

from django.urls import path
from django.views.generic import RedirectView

from tumbuh.web.regions import views

urlpatterns = [
    path("wilayah", views.index, name="regions"),
    path("wilayah/", RedirectView.as_view(url="/wilayah", query_string=True)),
]
