"""`tumbuh audit`: checks the trail and makes its anchors."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.audit.api import Problem, make_anchor, verify_trail

PROBLEMS = {
    "LINK_MISSING": gettext_lazy("ada kejadian yang hilang sebelum nomor %(sequence)s"),
    "ORDER_CHANGED": gettext_lazy("kejadian nomor %(sequence)s tidak menyambung ke kejadian sebelumnya"),
    "EVENT_DELETED": gettext_lazy("kejadian nomor %(sequence)s (id %(event_id)s) dihapus"),
    "EVENT_CHANGED": gettext_lazy("kejadian nomor %(sequence)s (id %(event_id)s) diubah"),
    "EVENT_INSERTED": gettext_lazy("kejadian id %(event_id)s disisipkan di luar rantai"),
    "TRAIL_SHORTENED": gettext_lazy("kejadian nomor %(sequence)s, yang disebut jangkar %(anchor)s, tidak ada lagi"),
    "TRAIL_REWRITTEN": gettext_lazy("rantai ditulis ulang: nomor %(sequence)s bukan yang disebut jangkar %(anchor)s"),
    "ANCHOR_CHANGED": gettext_lazy("jangkar %(anchor)s diubah, hilang urutannya, atau tidak ada di basis data"),
    "ANCHOR_MISSING": gettext_lazy("berkas jangkar %(anchor)s tidak ada"),
}


class Command(BaseCommand):
    help = gettext_lazy("Jejak kerja: periksa bahwa tidak ada yang diubah, dihapus, atau disisipkan; buat jangkarnya.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Hitung ulang seluruh rantai dan cocokkan dengan jangkar; gagal bila ada yang tidak cocok.")
        verify = parts.add_parser("verify", help=text, description=text)
        verify.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))
        verify.add_argument("--from-anchor", action="store_true", help=_("mulai dari jangkar terakhir; lebih cepat"))
        text = _("Buat jangkar hari ini sekarang juga; yang sudah ada tidak berubah.")
        parts.add_parser("anchor", help=text, description=text)

    def handle(self, *, part: str, **options: Any) -> None:
        getattr(self, f"do_{part}")(**options)

    def do_verify(self, *, from_anchor: bool, **options: Any) -> None:
        verdict = verify_trail(folder=settings.ANCHORS, key=settings.ANCHOR_KEY, from_anchor=from_anchor)
        if options["json"]:
            self.stdout.write(write_json(asdict(verdict)))
        if verdict.problem:
            raise CommandError(write_problem(verdict.problem))
        if not options["json"]:
            text = _(
                "Jejak utuh: %(checked)d kejadian diperiksa (nomor %(first)d–%(last)d), %(anchors)d jangkar cocok."
            )
            self.stdout.write(text % asdict(verdict))

    def do_anchor(self, **options: Any) -> None:
        made = make_anchor(day=timezone.localdate(), folder=settings.ANCHORS, key=settings.ANCHOR_KEY)
        if made is None:
            self.stdout.write(_("Belum ada kejadian, jadi belum ada jangkar."))
            return
        self.stdout.write(_("Jangkar %(day)s: nomor %(sequence)d.") % {"day": made.day, "sequence": made.sequence})


def write_problem(problem: Problem) -> str:
    """What is wrong, and what to do now."""
    what = str(PROBLEMS[problem.code]) % asdict(problem)
    return _("Jejak tidak utuh: %s. Simpan basis data dan jangkar apa adanya, lalu bandingkan dengan cadangan.") % what


def write_json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1)
