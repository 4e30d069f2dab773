"""Addresses of the frame: sign-in, sign-out, language."""

from django.urls import include, path

urlpatterns = [path("bahasa/", include("django.conf.urls.i18n"))]
