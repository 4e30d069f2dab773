"""Addresses of notices."""

from django.urls import path

from tumbuh.web.notifications import views

urlpatterns = [
    path("pemberitahuan", views.notices, name="notices"),
    path("pemberitahuan/dibaca", views.read_all, name="read_notices"),
    path("pemberitahuan/<uuid:notice_id>/buka", views.open_notice, name="open_notice"),
    path("akun/pemberitahuan", views.preferences, name="notice_preferences"),
]
