"""`tumbuh indicators`: read, explain, rebuild and check figures, exact, for whoever runs the platform."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.engines.scorecard.api import read_content
from tumbuh.indicators.api import (
    DefinitionError,
    Engine,
    Graded,
    IndicatorError,
    Value,
    check,
    check_measuring,
    check_scorecards,
    explain,
    get_definition,
    get_set,
    list_definitions,
    list_service_values,
    list_values,
    read_measuring,
    read_set,
    rebuild_cells,
    rebuild_scorecards,
)
from tumbuh.regions.api import Level, Region, RegionCodeError, get_region, list_regions
from tumbuh.web.indicators import answers

LEVELS = {level.name.lower(): level for level in Level}
COLUMNS = ("indicator", "region", "period", "numerator", "denominator", "value", "status")


def parse_period(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a month has no time zone
    except ValueError as error:
        raise CommandError(_("Periode “%s” bukan bulan. Tulis seperti 2026-09.") % text) from error


def parse_quarter(text: str) -> date:
    year, _sign, quarter = text.partition("-Q")
    if not (
        len(year) == 4 and year.isascii() and year.isdigit() and year >= "1900" and quarter in {"1", "2", "3", "4"}
    ):
        raise CommandError(_("Triwulan “%s” tidak dapat dibaca. Tulis seperti 2026-Q1.") % text)
    return date(int(year), int(quarter) * 3 - 2, 1)


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
        again.add_argument(
            "--engine",
            choices=[*Engine],
            help=_("yang menghitung layanan (bawaan: yang lebih cepat untuk isi register)"),
        )
        why = add_step(steps, "explain", _("Jelaskan mengapa sebuah angka demikian."))
        why.add_argument(
            "indicator",
            metavar=_("INDIKATOR"),
            help=_("kode indikator (stunting), layanan (PREGNANT/pregnancy_check), atau himpunan (aksi-bangda-29:11)"),
        )
        why.add_argument("region", metavar=_("WILAYAH"), help=_("kode wilayah, misalnya 91.01.01"))
        why.add_argument("period", metavar=_("BULAN"), help=_("bulan, misalnya 2026-09"))
        why.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON (bawaan)"))
        self.add_quality(add_step(steps, "quality", _("Mutu pengukuran posyandu, yang terburuk dulu.")))
        card = add_step(steps, "scorecard", _("Scorecard konvergensi desa sebuah wilayah untuk satu triwulan."))
        card.add_argument("region", metavar=_("WILAYAH"), help=_("kode wilayah, misalnya 91.01.01"))
        card.add_argument("quarter", metavar=_("TRIWULAN"), help=_("triwulan, misalnya 2026-Q1"))
        readings = [one.code for one in read_content().readings]
        card.add_argument("--reading", choices=readings, default=readings[0], help=_("cara baca (bawaan: tabel 3)"))
        card.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON (bawaan)"))
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
            "--set", metavar=_("HIMPUNAN"), help=_("semua indikator sebuah himpunan, misalnya aksi-bangda-29")
        )
        values.add_argument(
            "--service",
            action="append",
            metavar=_("LAYANAN"),
            help=_("KELOMPOK/LAYANAN, misalnya PREGNANT/pregnancy_check; boleh berulang"),
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

    def run_values(self, *, period: str, level: str, within: str | None, **options: Any) -> None:
        rows = list(self.list_rows(parse_period(period), LEVELS[level], within, options))
        if options["csv"]:
            writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        else:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))

    def list_rows(
        self, month: date, level: Level, within: str | None, options: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """The rows asked for: of a set, of services, of indicators; all indicators where nothing is named."""
        is_special = bool(options["set"] or options["service"])
        regions = list(list_regions(within=within, level=level)) if is_special else []
        if options["set"]:
            for item in read_set(get_set(options["set"]), regions, month):
                yield answers.describe_item(options["set"], item)
        for code in options["service"] or []:
            group, _sign, service = code.partition("/")
            for found in list_service_values(group, service, regions, month):
                yield answers.describe_service(found)
        named = options["indicator"] or ([] if is_special else [one.code for one in list_definitions()])
        for code in named:
            for value in list_values(indicator=get_definition(code).code, month=month, level=level, within=within):
                yield describe(value)

    def run_scorecard(self, *, region: str, quarter: str, reading: str, **options: Any) -> None:
        found = answers.describe_scorecard(get_region(region), parse_quarter(quarter), reading)
        self.stdout.write(json.dumps(found, ensure_ascii=False))

    def run_rebuild(self, *, within: str | None, engine: str | None, **options: Any) -> None:
        written = rebuild_cells(within=within, engine=Engine(engine) if engine else None)
        self.stdout.write(_("%s sel ditulis.") % (written + rebuild_scorecards(within=within)))

    def run_explain(self, *, indicator: str, region: str, period: str, **options: Any) -> None:
        for sign, tell in (("/", answers.explain_service), (":", answers.explain_item)):
            if sign in indicator:
                found = tell(indicator, get_region(region), parse_period(period))
                self.stdout.write(json.dumps(found, ensure_ascii=False, default=str))
                return
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
        differences = [*check(), *check_measuring(), *check_scorecards()]
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
