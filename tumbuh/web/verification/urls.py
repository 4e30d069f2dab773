"""Addresses of verification: boards of a region's month, one desa's package, returned cells, deadlines."""

from django.urls import path

from tumbuh.web.verification import boards, cells, changes, packages, recalls

urlpatterns = [
    path("verifikasi", boards.start, name="verification"),
    path("verifikasi/tenggat", boards.deadlines, name="deadlines"),
    path("verifikasi/<str:code>/<month:month>", boards.board, name="board"),
    path("verifikasi/<str:code>/<month:month>/setujui-semua", boards.approve_all, name="approve_all"),
    path("verifikasi/paket/<str:code>/<month:month>", packages.package, name="package"),
    path("verifikasi/paket/<str:code>/<month:month>/perubahan", changes.changes, name="package_changes"),
    path("verifikasi/paket/<str:code>/<month:month>/langkah", packages.step, name="package_step"),
    path("verifikasi/paket/<str:code>/<month:month>/syarat", packages.meet_condition, name="meet_condition"),
    path("verifikasi/paket/<str:code>/<month:month>/minta-kembali", recalls.ask, name="ask_back"),
    path("verifikasi/paket/<str:code>/<month:month>/tolak-permintaan", recalls.decline, name="decline_recall"),
    path("verifikasi/paket/<str:code>/<month:month>/kembalikan", cells.send_back, name="send_back"),
    path("verifikasi/isian/<uuid:cell_id>", cells.cell, name="returned_cell"),
    path("verifikasi/isian/<uuid:cell_id>/bukti", cells.evidence, name="evidence"),
]
