"""`tumbuh institutions load`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.accounts.api import load_institutions
from tumbuh.audit.api import SYSTEM
from tumbuh.regions.api import Level, list_regions


class Command(BaseCommand):
    help = gettext_lazy("Instansi: perangkat daerah, TPPPS, pemerintah desa, dan puskesmas tiap wilayah.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Muat daftar instansi bagi wilayah yang ada; mengulang tidak mengubah apa pun.")
        load = does.add_parser("load", help=text, description=text)
        load.add_argument("--province", metavar=_("KODE"), help=_("kode Kemendagri; bawaan: semua yang dimuat"))

    def handle(self, *, does: str, province: str | None, **options: Any) -> None:
        loaded = list(list_regions(level=Level.PROVINSI).values_list("code", flat=True))
        if province and province not in loaded:
            raise CommandError(_("Provinsi %s belum dimuat. Jalankan: tumbuh regions load") % province)
        for code in [province] if province else loaded:
            found = load_institutions(by=SYSTEM, province=code)
            words = _("%(code)s: %(added)d instansi baru, %(changed)d berubah, %(same)d sudah ada.")
            self.stdout.write(words % {"code": code, **vars(found)})
