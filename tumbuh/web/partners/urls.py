"""Addresses of partners and what they do."""

from django.urls import URLPattern, path

from tumbuh.partners.api import Kind
from tumbuh.web.partners import entries, reports, steps, views
from tumbuh.web.partners.shelves import SHELVES

WRITTEN = [kind for kind in SHELVES if kind != Kind.REPORT]


def list_paths(kind: Kind) -> list[URLPattern]:
    """The addresses of one kind of record."""
    shelf, about = f"mitra/{SHELVES[kind].slug}", {"kind": kind}
    return [
        path(shelf, entries.entry_list, about),
        path(f"{shelf}/baru", entries.new_entry, about),
        path(f"{shelf}/<uuid:entry_id>", entries.entry_page, about),
        path(f"{shelf}/<uuid:entry_id>/ubah", entries.changed_entry, about),
        path(f"{shelf}/<uuid:entry_id>/langkah", steps.take_step, about),
    ]


urlpatterns = [
    path("mitra", views.partner_list, name="partners"),
    path("mitra/<int:institution_id>", views.partner_page, name="partner"),
    path("mitra/jejaring", views.networks, name="partner-networks"),
    path("mitra/jejaring/<int:membership_id>/akhiri", views.end_member, name="partner-member-end"),
    path("mitra/catatan/<uuid:entry_id>", entries.find_entry, name="partner-entry"),
    path("mitra/laporan", reports.report_board, name="partner-reports"),
    path("mitra/laporan/<uuid:entry_id>", reports.report_page, {"kind": Kind.REPORT}, name="partner-report"),
    path("mitra/laporan/<uuid:entry_id>/ubah", reports.report_form, {"kind": Kind.REPORT}),
    path("mitra/laporan/<uuid:entry_id>/langkah", steps.take_step, {"kind": Kind.REPORT}),
    *(pattern for kind in WRITTEN for pattern in list_paths(kind)),
]
