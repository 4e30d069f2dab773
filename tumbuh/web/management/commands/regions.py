"""tumbuh regions: load, list and describe regions."""

import os
import sys
from argparse import Namespace
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.lib.geojson import GeoFileError
from tumbuh.regions.api import RegionCodeError, RegionError
from tumbuh.web.regions.commands import HANDLERS


class Command(BaseCommand):
    help = gettext_lazy("Wilayah: muat daftar, kode BPS, penduduk, dan batas; tampilkan yang sudah dimuat.")

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        add_loading(parts)
        add_attributes(parts)
        add_changes(parts)
        add_listing(parts)

    def handle(self, *args: object, **options: object) -> None:
        try:
            HANDLERS[options["part"]](Namespace(**options), self.stdout)
        except (RegionError, RegionCodeError, GeoFileError) as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:  # the reader has seen enough, as with `| head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def add_part(parts, name: str, text: str, *, json: bool = True) -> CommandParser:
    """A subcommand with its help."""
    part = parts.add_parser(name, help=text, description=text)
    if json:
        part.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))
    return part


def add_loading(parts) -> None:
    part = add_part(parts, "load", _("Muat daftar wilayah; yang tidak ada lagi dinonaktifkan, tidak dihapus."))
    which = part.add_mutually_exclusive_group()
    which.add_argument(
        "--province", action="append", metavar=_("KODE"), help=_("kode provinsi dua angka; boleh berulang")
    )
    which.add_argument("--all", action="store_true", help=_("seluruh Indonesia"))
    which.add_argument("--csv", metavar=_("BERKAS"), help=_("berkas CSV dengan kolom code,name[,kind][,postal_code]"))
    part.add_argument("--legal-basis", default="", metavar=_("TEKS"), help=_("dasar hukum daftar dalam berkas CSV"))
    part.add_argument("--allow-removals", action="store_true", help=_("izinkan menonaktifkan lebih dari sepersepuluh"))


def add_attributes(parts) -> None:
    part = add_part(parts, "bps", _("Muat kode BPS dari CSV dengan kolom code,bps_code."))
    part.add_argument("file", metavar=_("BERKAS"), help=_("berkas CSV"))
    part.add_argument(
        "--column", action="append", metavar=_("NAMA=KOLOM"), help=_("nama kolom lain, misalnya code=kode")
    )
    part = add_part(parts, "population", _("Muat jumlah penduduk dari CSV (kode, jumlah, bila ada L/P dan kelompok)."))
    part.add_argument("file", metavar=_("BERKAS"), help=_("berkas CSV"))
    part.add_argument("--year", type=int, required=True, metavar=_("TAHUN"), help=_("tahun yang dihitung"))
    part.add_argument("--source", required=True, metavar=_("TEKS"), help=_("siapa yang menyatakan jumlah ini"))
    part.add_argument(
        "--column", action="append", metavar=_("NAMA=KOLOM"), help=_("nama kolom lain, misalnya code=kode")
    )
    part.add_argument("--count", action="append", metavar=_("KOLOM=L|P|ALL[:KELOMPOK]"), help=_("kolom berisi jumlah"))
    part = add_part(parts, "boundaries", _("Muat batas wilayah dari GeoJSON atau TopoJSON (WGS 84)."))
    part.add_argument("file", metavar=_("BERKAS"), help=_("berkas GeoJSON atau TopoJSON"))
    part.add_argument(
        "--code-property", default="code", metavar=_("NAMA"), help=_("properti berisi kode (bawaan: code)")
    )
    part.add_argument("--source", default="", metavar=_("TEKS"), help=_("sumber dan lisensi; ditulis di bawah peta"))


def add_changes(parts) -> None:
    part = add_part(parts, "add-local", _("Tambahkan unit tanpa kode Kemendagri, misalnya UPT."), json=False)
    part.add_argument("kecamatan", metavar=_("KODE_KECAMATAN"), help=_("kecamatan tempat unit itu"))
    part.add_argument("name", metavar=_("NAMA"), help=_("nama unit"))
    part.add_argument("--legal-basis", default="", metavar=_("TEKS"), help=_("dasar hukum unit"))
    part = add_part(parts, "change", _("Catat kode yang digantikan kode lain (pemekaran, penggabungan)."), json=False)
    part.add_argument("before", metavar=_("KODE_LAMA"), help=_("kode yang digantikan"))
    part.add_argument("after", metavar=_("KODE_BARU"), help=_("kode penggantinya"))
    part.add_argument(
        "--on", type=date.fromisoformat, required=True, metavar=_("TTTT-BB-HH"), help=_("tanggal berlaku")
    )
    part.add_argument("--legal-basis", required=True, metavar=_("TEKS"), help=_("dasar hukum perubahan"))


def add_listing(parts) -> None:
    part = add_part(parts, "list", _("Tulis wilayah aktif menurut urutan kode."))
    part.add_argument("--csv", action="store_true", help=_("kolom code,name,level,parent_code,kind"))
    part.add_argument("--within", metavar=_("KODE"), help=_("hanya wilayah ini dan di bawahnya"))
    part.add_argument("--level", type=int, choices=(1, 2, 3, 4), help=_("1 provinsi, 2 kab/kota, 3 kecamatan, 4 desa"))
    part = add_part(parts, "show", _("Tampilkan satu wilayah."))
    part.add_argument("code", metavar=_("KODE"), help=_("kode wilayah, misalnya 91.01"))
    part = add_part(parts, "count", _("Hitung wilayah yang dimuat di samping jumlah menurut peraturan."))
    part.add_argument("--within", metavar=_("KODE"), help=_("hanya wilayah ini dan di bawahnya"))
