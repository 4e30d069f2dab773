"""Addresses of sign-in, sign-out, the first run and the home at work."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from tumbuh.web.accounts import views

urlpatterns = [
    path("masuk", views.SignIn.as_view(), name="login"),
    path("keluar", LogoutView.as_view(), name="logout"),
    path("mulai", views.first_run, name="first_run"),
    path("kerja", views.work, name="work"),
]
