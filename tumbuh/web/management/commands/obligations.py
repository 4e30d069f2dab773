"""`tumbuh obligations make | recompute`: what the regulation asks of every unit, and how far it is met."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.audit.api import SYSTEM
from tumbuh.programme.api import ProgrammeError, Regulation, expand_obligations, get_regulation, recompute


class Command(BaseCommand):
    help = gettext_lazy("Kewajiban: jabarkan dari peraturan, dan hitung capaiannya dari bukti.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        for name, text in (
            ("make", _("Jabarkan peraturan menjadi kewajiban setiap wilayah dan tahun; tampilkan yang berubah.")),
            ("recompute", _("Hitung ulang capaian semua kewajiban dari bukti yang terverifikasi.")),
        ):
            one = does.add_parser(name, help=text, description=text)
            one.add_argument(
                "--regulation", metavar=_("KODE"), help=_("kode peraturan (bawaan: yang berlaku hari ini)")
            )
            one.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))

    def handle(self, *, does: str, regulation: str | None, **options: Any) -> None:
        try:
            chosen = get_regulation(code=regulation)
        except ProgrammeError as error:
            raise CommandError(str(error)) from error
        result = make(chosen) if does == "make" else {"changed": recompute(chosen)}
        if options["json"]:
            self.stdout.write(json.dumps({"regulation": chosen.code, **result}, ensure_ascii=False))
            return
        self.stdout.write(f"{chosen.code}: {', '.join(f'{name} {number}' for name, number in result.items())}")


def make(regulation: Regulation) -> dict[str, int]:
    """Obligations first, then what is achieved of the new ones."""
    result = expand_obligations(by=SYSTEM, regulation=regulation)
    recompute(regulation)
    return result.count()
