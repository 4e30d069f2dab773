"""Addresses of verification: boards of a region's month, one desa's package, returned cells, deadlines.

Each data set has the same pages: measurements at the addresses that they always had, services below `layanan`.
"""

from django.urls import URLPattern, path

from tumbuh.verification.api import DataSet
from tumbuh.web.verification import boards, cells, changes, packages, recalls
from tumbuh.web.verification.addresses import WORDS, name_route

PAGES = (
    ("", boards.board, "board"),
    ("/setujui-semua", boards.approve_all, "approve_all"),
)
PACKAGE_PAGES = (
    ("", packages.package, "package"),
    ("/perubahan", changes.changes, "package_changes"),
    ("/langkah", packages.step, "package_step"),
    ("/syarat", packages.meet_condition, "meet_condition"),
    ("/minta-kembali", recalls.ask, "ask_back"),
    ("/tolak-permintaan", recalls.decline, "decline_recall"),
    ("/kembalikan", cells.send_back, "send_back"),
)


def list_pages(data_set: DataSet) -> list[URLPattern]:
    """The routes of one data set."""
    start = "/".join(filter(None, ("verifikasi", WORDS[data_set])))
    about, of_package = f"{start}/<str:code>/<month:month>", f"{start}/paket/<str:code>/<month:month>"
    pages = [(about + end, view, name) for end, view, name in PAGES]
    pages += [(of_package + end, view, name) for end, view, name in PACKAGE_PAGES]
    return [path(route, view, {"data_set": data_set}, name=name_route(name, data_set)) for route, view, name in pages]


urlpatterns = [
    path("verifikasi", boards.start, name="verification"),
    path("verifikasi/tenggat", boards.deadlines, name="deadlines"),
    path("verifikasi/isian/<uuid:cell_id>", cells.cell, name="returned_cell"),
    path("verifikasi/isian/<uuid:cell_id>/bukti", cells.evidence, name="evidence"),
    *(page for data_set in DataSet for page in list_pages(data_set)),
]
