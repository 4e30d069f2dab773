"""`tumbuh indicators`: read, explain, rebuild and check figures, exact, for whoever runs the platform."""

import csv
import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.indicators.api import (
    DefinitionError,
    Graded,
    IndicatorError,
    Value,
    check,
    check_measuring,
    explain,
    get_definition,
    list_definitions,
    list_values,
    read_measuring,
    rebuild,
)
from tumbuh.regions.api import Level, Region, RegionCodeError, get_region

LEVELS = {level.name.lower(): level for level in Level}
COLUMNS = ("indicator", "region", "period", "numerator", "denominator", "value", "status")


def parse_period(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a month has no time zone
    except ValueError as error:
        raise CommandError(_("Periode “%s” bukan bulan. Tulis seperti 2026-09.") % text) from error


def describe(value: Value) -> dict[str, Any]:
    """One row of the output: exact counts, the value as a number with two decimals or null."""
    return {
        "indicator": value.indicator,
        "region": value.region_code,
        "period": f"{value.month:%Y-%m}",
        "numerator": value.numerator,
        "denominator": value.denominator,
        "value": None if value.value is None else float(value.value),
        "status": value.status,
    }


def describe_graded(kind: str, one: Graded) -> dict[str, Any]:
    """A grade as the command writes it: the signs with value, cases and cost (0 to 1, null where too few)."""
    return {
        "kind": kind,
        "key": one.key,
        "name": one.name,
        "desa": one.desa_code,
        "visits": one.visits,
        "visits_in_window": one.now.rows,
        "grade": one.now.letter,
        "points": None if one.now.points is None else round(one.now.points, 2),
        "grade_before": one.before.letter,
        "signs": [asdict(sign) for sign in one.now.signs],
    }


def add_step(steps: Any, name: str, text: str) -> ArgumentParser:
    """A subcommand with its help."""
    return steps.add_parser(name, help=text, description=text)


class Command(BaseCommand):
    help = gettext_lazy(
        "Baca, jelaskan, hitung ulang, dan periksa indikator. Angkanya tepat: jangan diterbitkan apa adanya."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        self.add_values(add_step(steps, "values", _("Angka semua wilayah dari satu tingkat untuk satu bulan.")))
        again = add_step(steps, "rebuild", _("Hitung ulang semua sel dari register."))
        again.add_argument(
            "--within", metavar=_("KODE"), help=_("hanya wilayah ini, yang di bawahnya, dan yang di atasnya")
        )
        why = add_step(steps, "explain", _("Jelaskan mengapa sebuah angka demikian."))
        why.add_argument("indicator", metavar=_("INDIKATOR"), help=_("kode indikator, misalnya stunting"))
        why.add_argument("region", metavar=_("WILAYAH"), help=_("kode wilayah, misalnya 91.01.01"))
        why.add_argument("period", metavar=_("BULAN"), help=_("bulan, misalnya 2026-09"))
        why.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON (bawaan)"))
        self.add_quality(add_step(steps, "quality", _("Mutu pengukuran posyandu, yang terburuk dulu.")))
        compare = add_step(
            steps, "check", _("Bandingkan sel yang tersimpan dengan hitungan ulang; gagal bila berbeda.")
        )
        compare.add_argument("--json", action="store_true", help=_("tulis perbedaannya sebagai JSON"))

    def add_values(self, values: ArgumentParser) -> None:
        values.add_argument("--period", required=True, metavar=_("BULAN"), help=_("bulan, misalnya 2026-09"))
        values.add_argument("--level", choices=LEVELS, default="desa", help=_("tingkat wilayah (bawaan: desa)"))
        values.add_argument(
            "--indicator",
            action="append",
            metavar=_("INDIKATOR"),
            help=_("kode indikator; boleh berulang (bawaan: semua)"),
        )
        values.add_argument(
            "--within", metavar=_("KODE"), help=_("hanya di dalam wilayah dengan kode ini, misalnya 91.01")
        )
        form = values.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON (bawaan)"))
        form.add_argument("--csv", action="store_true", help=_("tulis hasil sebagai CSV"))

    def add_quality(self, quality: ArgumentParser) -> None:
        quality.add_argument("region", metavar=_("WILAYAH"), help=_("kode kabupaten, kecamatan, atau desa"))
        quality.add_argument("period", metavar=_("BULAN"), help=_("bulan, misalnya 2026-09"))
        quality.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"run_{options['step']}")(**options)
        except (DefinitionError, IndicatorError, RegionCodeError, Region.DoesNotExist) as error:
            raise CommandError(str(error)) from error

    def run_values(
        self, *, period: str, level: str, indicator: list[str] | None, within: str | None, **options: Any
    ) -> None:
        month = parse_period(period)
        codes = [get_definition(code).code for code in indicator or [d.code for d in list_definitions()]]
        rows = [
            describe(value)
            for code in codes
            for value in list_values(indicator=code, month=month, level=LEVELS[level], within=within)
        ]
        if options["csv"]:
            writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        else:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))

    def run_rebuild(self, *, within: str | None, **options: Any) -> None:
        self.stdout.write(_("%s sel ditulis.") % rebuild(within=within))

    def run_explain(self, *, indicator: str, region: str, period: str, **options: Any) -> None:
        story = explain(indicator, region, parse_period(period))
        definition = story.definition
        content = {
            **describe(story.value),
            "version": definition.version,
            "counted": {"numerator": asdict(definition.numerator), "denominator": asdict(definition.denominator)},
            "registered": story.registered,
            "excluded": [asdict(item) for item in story.excluded],
            "sources": [asdict(item) for item in story.contributions],
        }
        self.stdout.write(json.dumps(content, ensure_ascii=False, default=str))

    def run_quality(self, *, region: str, period: str, **options: Any) -> None:
        found = read_measuring(get_region(region), parse_period(period))
        rows = [describe_graded("posyandu", one) for one in found.posyandu]
        rows += [describe_graded("region", one) for one in found.parts]
        rows += [describe_graded("recorder", one) for one in found.recorders]
        if options["json"]:
            self.stdout.write(json.dumps([describe_graded("whole", found.whole), *rows], ensure_ascii=False))
            return
        for row in rows or [describe_graded("whole", found.whole)]:
            points = "-" if row["points"] is None else f"{row['points']:.1f}"
            before = row["grade_before"] or "-"
            name = f"{row['name'] or row['key'] or '-'} ({row['desa']})"
            self.stdout.write(
                f"{row['kind']:<9} {row['grade'] or '-'} {points:>5} ({before}) {row['visits']:>5} {name}"
            )

    def run_check(self, **options: Any) -> None:
        differences = [*check(), *check_measuring()]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(item) for item in differences]))
        if differences:
            for item in differences[:20] if not options["json"] else ():
                self.stderr.write(str(item))
            text = _("%s sel berbeda dari register. Jalankan: tumbuh indicators rebuild")
            self.stderr.write(text % len(differences))
            sys.exit(1)
        if not options["json"]:
            self.stdout.write(_("Semua sel sama dengan register."))
