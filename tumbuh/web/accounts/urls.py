"""Addresses of the first run and the home at work; those of signing in and second factors stand beside."""

from django.urls import include, path

from tumbuh.web.accounts import views

urlpatterns = [
    path("", include("tumbuh.web.accounts.security.urls")),
    path("mulai", views.first_run, name="first_run"),
    path("kerja", views.work, name="work"),
    path("kerja/muat-wilayah", views.load_again, name="load_again"),
]
