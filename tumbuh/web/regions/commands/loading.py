"""Bringing regions in: `load`, `bps`, `population`, `boundaries`, `add-local`, `change`."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tumbuh.audit.api import SYSTEM
from tumbuh.lib.geojson import read_features
from tumbuh.regions import api as regions
from tumbuh.regions.api import LoadReport
from tumbuh.web.regions.commands.stated import list_province_codes

WORDS = {
    "added": gettext_noop("baru"),
    "renamed": gettext_noop("berganti nama"),
    "changed_kind": gettext_noop("berganti jenis"),
    "updated": gettext_noop("keterangannya diperbarui"),
    "deactivated": gettext_noop("dinonaktifkan"),
    "reactivated": gettext_noop("diaktifkan kembali"),
    "unchanged": gettext_noop("tetap"),
}
SHOWN = 10


def load(options: Namespace, out: TextIO) -> None:
    """Load the package's list of some provinces or all, or a CSV."""
    if options.csv:
        rows: Any = regions.read_rows(Path(options.csv), options.legal_basis)
        expected = {}
    else:
        provinces = regions.list_provinces() if options.all else options.province or list_province_codes()
        if not provinces:
            raise CommandError(
                _("Belum ada peraturan yang menyebut provinsinya. Tambahkan --province KODE atau --all.")
            )
        rows = regions.iterate_rows(provinces)
        codes = [*provinces, ""] if options.all else provinces
        expected = {code: counts for code in codes if (counts := regions.find_expected_counts(code))}
    report = regions.load_regions(by=SYSTEM, rows=rows, expected=expected, allow_removals=options.allow_removals)
    if options.json:
        out.write(json.dumps(vars(report), ensure_ascii=False) + "\n")
    else:
        write_report(report, out)


def write_report(report: LoadReport, out: TextIO) -> None:
    """The difference in words."""
    counts = ", ".join(f"{number} {_(WORDS[name])}" for name, number in report.counts.items() if number)
    out.write(_("Wilayah dimuat: %s.") % (counts or "0") + "\n")
    for name in ("renamed", "changed_kind"):
        for code, before, after in getattr(report, name)[:SHOWN]:
            out.write(f"  {code} {_(WORDS[name])}: {before} → {after}\n")
    for name in ("deactivated", "reactivated"):
        codes = getattr(report, name)
        if codes:
            out.write(f"  {_(WORDS[name])}: {', '.join(codes[:SHOWN])}{' …' if len(codes) > SHOWN else ''}\n")


def write_result(report: Any, sentence: str, options: Namespace, out: TextIO) -> None:
    """A report as JSON or as a sentence, with the regions that are not loaded."""
    if options.json:
        out.write(json.dumps(vars(report), ensure_ascii=False) + "\n")
        return
    out.write(sentence + "\n")
    unknown = getattr(report, "unknown", [])
    if unknown:
        more = " …" if len(unknown) > SHOWN else ""
        found = {"number": len(unknown), "codes": ", ".join(unknown[:SHOWN]) + more}
        out.write(_("%(number)s wilayah dalam berkas belum dimuat: %(codes)s") % found + "\n")


def bps(options: Namespace, out: TextIO) -> None:
    """BPS codes of a CSV."""
    pairs = regions.read_bps_codes(Path(options.file), read_columns(options.column))
    report = regions.set_bps_codes(by=SYSTEM, pairs=pairs)
    sentence = _("Kode BPS: %(changed)s ditulis, %(unchanged)s tetap.")
    write_result(report, sentence % vars(report), options, out)


def population(options: Namespace, out: TextIO) -> None:
    """Populations of a CSV."""
    counts = {}
    for text in options.count or []:
        column, _sign, key = text.partition("=")
        sex, _sign, group = key.partition(":")
        if not column or not sex:
            told = _("--count %s tidak dikenali. Tulis KOLOM=L, KOLOM=P, KOLOM=ALL, atau KOLOM=L:KELOMPOK.")
            raise CommandError(told % text)
        counts[column] = (sex, group or "ALL")
    figures = regions.read_populations(Path(options.file), read_columns(options.column), counts)
    report = regions.load_populations(by=SYSTEM, figures=figures, year=options.year, source=options.source)
    sentence = _("Penduduk %(year)s: %(added)s baru, %(changed)s diganti, %(unchanged)s tetap.")
    write_result(report, sentence % {"year": options.year, **vars(report)}, options, out)


def read_columns(texts: list[str] | None) -> dict[str, str]:
    """`name=column` pairs."""
    pairs = [text.partition("=") for text in texts or []]
    if any(not name or not column for name, _, column in pairs):
        raise CommandError(_("--column ditulis NAMA=KOLOM, misalnya --column code=kode_wilayah."))
    return {name: column for name, _, column in pairs}


def boundaries(options: Namespace, out: TextIO) -> None:
    """Outlines of a GeoJSON or TopoJSON file."""
    features = read_features(Path(options.file))
    report = regions.load_boundaries(
        by=SYSTEM, features=features, code_property=options.code_property, source=options.source
    )
    sentence = _("Batas wilayah: %(loaded)s dimuat, %(sheets)s peta disiapkan.")
    write_result(report, sentence % vars(report), options, out)


def add_local(options: Namespace, out: TextIO) -> None:
    """A unit without a Kemendagri code."""
    region = regions.add_local_region(
        by=SYSTEM, parent_code=options.kecamatan, name=options.name, legal_basis=options.legal_basis
    )
    text = _("%(name)s ditambahkan dengan kode lokal %(code)s.")
    out.write(text % {"name": region.full_name, "code": region.code} + "\n")


def change(options: Namespace, out: TextIO) -> None:
    """One code that took another's place."""
    record = regions.record_change(
        by=SYSTEM,
        predecessor_code=options.before,
        successor_code=options.after,
        changed_on=options.on,
        legal_basis=options.legal_basis,
    )
    text = _("Tercatat: %(before)s digantikan %(after)s sejak %(day)s.")
    place = {"before": options.before, "after": options.after, "day": record.changed_on.isoformat()}
    out.write(text % place + "\n")
