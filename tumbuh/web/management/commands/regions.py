"""tumbuh regions: load, list and describe regions."""

import os
import sys
from argparse import Namespace
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tumbuh.lib.geojson import GeoFileError
from tumbuh.regions.api import RegionCodeError, RegionError
from tumbuh.web.regions.commands import HANDLERS


class Command(BaseCommand):
    help = "Wilayah: muat daftar, kode BPS, penduduk, dan batas; tampilkan yang sudah dimuat."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="PERINTAH", title="perintah")
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
        part.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")
    return part


def add_loading(parts) -> None:
    part = add_part(parts, "load", "Muat daftar wilayah; yang tidak ada lagi dinonaktifkan, tidak dihapus.")
    which = part.add_mutually_exclusive_group()
    which.add_argument("--province", action="append", metavar="KODE", help="kode provinsi dua angka; boleh berulang")
    which.add_argument("--all", action="store_true", help="seluruh Indonesia")
    which.add_argument("--csv", metavar="BERKAS", help="berkas CSV dengan kolom code,name[,kind][,postal_code]")
    part.add_argument("--legal-basis", default="", metavar="TEKS", help="dasar hukum daftar dalam berkas CSV")
    part.add_argument("--allow-removals", action="store_true", help="izinkan menonaktifkan lebih dari sepersepuluh")


def add_attributes(parts) -> None:
    part = add_part(parts, "bps", "Muat kode BPS dari CSV dengan kolom code,bps_code.")
    part.add_argument("file", metavar="BERKAS")
    part.add_argument("--column", action="append", metavar="NAMA=KOLOM", help="nama kolom lain, misalnya code=kode")
    part = add_part(parts, "population", "Muat jumlah penduduk dari CSV (kode, jumlah, bila ada L/P dan kelompok).")
    part.add_argument("file", metavar="BERKAS")
    part.add_argument("--year", type=int, required=True, metavar="TAHUN")
    part.add_argument("--source", required=True, metavar="TEKS", help="siapa yang menyatakan jumlah ini")
    part.add_argument("--column", action="append", metavar="NAMA=KOLOM", help="nama kolom lain, misalnya code=kode")
    part.add_argument("--count", action="append", metavar="KOLOM=L|P|ALL[:KELOMPOK]", help="kolom berisi jumlah")
    part = add_part(parts, "boundaries", "Muat batas wilayah dari GeoJSON atau TopoJSON (WGS 84).")
    part.add_argument("file", metavar="BERKAS")
    part.add_argument("--code-property", default="code", metavar="NAMA", help="properti berisi kode (default: code)")
    part.add_argument("--source", default="", metavar="TEKS", help="sumber dan lisensi; ditulis di bawah peta")


def add_changes(parts) -> None:
    part = add_part(parts, "add-local", "Tambahkan unit tanpa kode Kemendagri, misalnya UPT.", json=False)
    part.add_argument("kecamatan", metavar="KODE_KECAMATAN")
    part.add_argument("name", metavar="NAMA")
    part.add_argument("--legal-basis", default="", metavar="TEKS")
    part = add_part(parts, "change", "Catat kode yang digantikan kode lain (pemekaran, penggabungan).", json=False)
    part.add_argument("before", metavar="KODE_LAMA")
    part.add_argument("after", metavar="KODE_BARU")
    part.add_argument("--on", type=date.fromisoformat, required=True, metavar="TTTT-BB-HH", help="tanggal berlaku")
    part.add_argument("--legal-basis", required=True, metavar="TEKS")


def add_listing(parts) -> None:
    part = add_part(parts, "list", "Tulis wilayah aktif menurut urutan kode.")
    part.add_argument("--csv", action="store_true", help="kolom code,name,level,parent_code,kind")
    part.add_argument("--within", metavar="KODE", help="hanya wilayah ini dan di bawahnya")
    part.add_argument("--level", type=int, choices=(1, 2, 3, 4), help="1 provinsi, 2 kab/kota, 3 kecamatan, 4 desa")
    part = add_part(parts, "show", "Tampilkan satu wilayah.")
    part.add_argument("code", metavar="KODE")
    part = add_part(parts, "count", "Hitung wilayah yang dimuat di samping jumlah menurut peraturan.")
    part.add_argument("--within", metavar="KODE", help="hanya wilayah ini dan di bawahnya")
