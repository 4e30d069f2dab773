"""`tumbuh records duplicates`: children who may stand in the register twice, for people to decide on."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import find_duplicates


class Command(BaseCommand):
    help = gettext_lazy("Register orang: cari anak yang mungkin tercatat dua kali.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Bandingkan semua anak dan tulis pasangan yang perlu diputuskan; yang memutuskan tetap petugas.")
        one = does.add_parser("duplicates", help=text, description=text)
        one.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))

    def handle(self, *, does: str, **options: Any) -> None:
        found = find_duplicates(by=SYSTEM)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found)))
            return
        self.stdout.write(
            _(
                "%(people)d anak dibandingkan: %(new)d pasangan baru, %(again)d ditanyakan lagi, "
                "%(open)d menunggu keputusan"
            )
            % asdict(found)
        )
