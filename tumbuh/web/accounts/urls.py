"""Addresses of the first run and the home at work; those of signing in and of accounts stand beside."""

from django.urls import include, path

from tumbuh.web.accounts import views

urlpatterns = [
    path("", include("tumbuh.web.accounts.security.urls")),
    path("", include("tumbuh.web.accounts.people.urls")),
    path("mulai", views.first_run, name="first_run"),
    path("kerja", views.work, name="work"),
    path("kerja/muat-wilayah", views.load_again, name="load_again"),
]
