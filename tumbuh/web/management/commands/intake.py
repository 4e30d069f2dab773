"""`tumbuh intake`: which lists can come in, with their templates, and the sheets that leave."""

from argparse import ArgumentParser, Namespace

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.accounts.api import acting_as
from tumbuh.intake.api import SHEETS, IntakeError, list_sources
from tumbuh.web.intake.commands.imports import get_user
from tumbuh.web.intake.commands.sheets import list_kinds, write_sheet


class Command(BaseCommand):
    help = gettext_lazy("Jenis daftar yang dapat masuk beserta templatnya, dan lembar yang keluar.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Jenis daftar yang dikenal, atau templat salah satunya.")
        part = parts.add_parser("kinds", help=text, description=text)
        part.add_argument(
            "--template", choices=[source.name for source in list_sources()], help=_("tulis templat jenis ini")
        )
        part.add_argument("--to", metavar=_("BERKAS"), help=_("nama berkas templatnya"))
        part.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))
        part.set_defaults(work=list_kinds)
        text = _("Buat lembar untuk sistem lain: e-PPGBM, KPM, atau Aksi Bangda.")
        part = parts.add_parser("export", help=text, description=text)
        part.add_argument("sheet", choices=tuple(SHEETS), help=_("jenis lembar"))
        part.add_argument("region", metavar=_("KODE"), help=_("kode wilayah"))
        part.add_argument("month", metavar=_("BULAN"), help=_("bulan, misalnya 2026-03"))
        part.add_argument("path", metavar=_("BERKAS"), help=_("nama berkas yang ditulis"))
        part.add_argument("--purpose", required=True, metavar=_("TEKS"), help=_("keperluan; dicatat"))
        part.add_argument("--as", dest="user", required=True, metavar=_("AKUN"), help=_("nama akun yang melakukan ini"))
        part.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))
        part.set_defaults(work=write_sheet)

    def handle(self, *args: object, **options: object) -> None:
        work = options["work"]
        try:
            if not options.get("user"):
                work(Namespace(**options), self.stdout)
                return
            with acting_as(get_user(options["user"])):
                work(Namespace(**options), self.stdout)
        except IntakeError as error:
            raise CommandError(str(error)) from error
