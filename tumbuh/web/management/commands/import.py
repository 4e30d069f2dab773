"""`tumbuh import`: take files in, list imports, take one back."""

from argparse import Namespace

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.accounts.api import acting_as
from tumbuh.intake.api import GUESS, IntakeError, list_sources
from tumbuh.web.intake.commands.imports import get_user, list_all, take_back, take_files


class Command(BaseCommand):
    help = gettext_lazy("Impor berkas e-PPGBM dan sistem lain, daftar impor, dan pembatalan sebuah impor.")

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Impor satu atau beberapa berkas ekspor e-PPGBM (.xlsx, .xls, .ods, .csv).")
        part = parts.add_parser("eppgbm", help=text, description=text)
        part.add_argument("files", nargs="+", metavar=_("BERKAS"), help=_("berkas ekspor e-PPGBM"))
        part.add_argument("--dry-run", action="store_true", help=_("periksa saja, tidak ada yang disimpan"))
        part.set_defaults(work=take_files)
        add_common(part)
        text = _("Impor daftar sistem lain; jenisnya ditebak dari judul kolom kecuali disebut.")
        part = parts.add_parser("list-file", help=text, description=text)
        part.add_argument("files", nargs="+", metavar=_("BERKAS"), help=_("daftar atau templat yang sudah diisi"))
        names = (GUESS, *(source.name for source in list_sources()))
        part.add_argument("--kind", choices=names, default=GUESS, help=_("jenis daftar; lihat tumbuh intake kinds"))
        part.add_argument("--month", metavar=_("BULAN"), help=_("bulan laporan, misalnya 2026-03"))
        part.add_argument("--desa", metavar=_("KODE"), help=_("kode desa bila berkas tidak menyebutnya"))
        part.add_argument("--dry-run", action="store_true", help=_("periksa saja, tidak ada yang disimpan"))
        part.set_defaults(work=take_files)
        add_common(part)
        text = _("Batalkan seluruh isi sebuah impor.")
        part = parts.add_parser("undo", help=text, description=text)
        part.add_argument("id", metavar=_("NOMOR"), help=_("nomor impor; lihat dengan tumbuh import list"))
        part.add_argument("--reason", required=True, metavar=_("TEKS"), help=_("alasan pembatalan"))
        part.set_defaults(work=take_back)
        add_common(part)
        text = _("Daftar impor yang boleh dilihat pengguna.")
        part = parts.add_parser("list", help=text, description=text)
        part.set_defaults(work=list_all)
        add_common(part)

    def handle(self, *args: object, **options: object) -> None:
        work = options["work"]
        try:
            with acting_as(get_user(options["user"])):
                is_good = work(Namespace(**options), self.stdout)
        except IntakeError as error:
            raise CommandError(str(error)) from error
        if not is_good:
            raise SystemExit(1)


def add_common(part: CommandParser) -> None:
    part.add_argument("--as", dest="user", required=True, metavar=_("AKUN"), help=_("nama akun yang melakukan ini"))
    part.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))
