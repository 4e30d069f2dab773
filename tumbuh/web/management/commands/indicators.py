"""`tumbuh indicators`: read, explain, rebuild and check figures, exact, for whoever runs the platform."""

import csv
import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tumbuh.indicators.api import (
    IndicatorError,
    Value,
    check,
    explain,
    get_definition,
    list_definitions,
    list_values,
    rebuild,
)
from tumbuh.regions.api import Level, Region, RegionCodeError

LEVELS = {level.name.lower(): level for level in Level}
COLUMNS = ("indicator", "region", "period", "numerator", "denominator", "value", "status")


def parse_period(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a month has no time zone
    except ValueError as error:
        raise CommandError(f"The period {text!r} is no month. Write it as 2026-09.") from error


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


class Command(BaseCommand):
    help = "Read, explain, rebuild and check the indicators. Figures are exact: do not publish them as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        values = steps.add_parser("values", help="figures of all regions of a level for a month")
        values.add_argument("--period", required=True, help="month, for example 2026-09")
        values.add_argument("--level", choices=LEVELS, default="desa", help="level of the regions (default: desa)")
        values.add_argument("--indicator", action="append", help="code; may be repeated (default: all)")
        values.add_argument("--within", help="only in the region with this code, for example 17.01")
        form = values.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="as JSON (default)")
        form.add_argument("--csv", action="store_true", help="as CSV")
        again = steps.add_parser("rebuild", help="compute all cells anew from the records")
        again.add_argument("--within", help="only the region with this code and those above it")
        why = steps.add_parser("explain", help="why a figure is what it is")
        why.add_argument("indicator")
        why.add_argument("region", help="code, for example 17.01.01")
        why.add_argument("period", help="month, for example 2026-09")
        why.add_argument("--json", action="store_true", help="as JSON (default)")
        compare = steps.add_parser("check", help="compare the kept cells with a rebuild; fails where they differ")
        compare.add_argument("--json", action="store_true", help="differences as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"run_{options['step']}")(**options)
        except (IndicatorError, RegionCodeError, Region.DoesNotExist) as error:
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
        self.stdout.write(f"{rebuild(within=within)} cells written.")

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

    def run_check(self, **options: Any) -> None:
        differences = check()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(item) for item in differences]))
        if differences:
            for item in differences[:20] if not options["json"] else ():
                self.stderr.write(str(item))
            self.stderr.write(f"{len(differences)} cells differ from the records. Run: tumbuh indicators rebuild")
            sys.exit(1)
        if not options["json"]:
            self.stdout.write("All cells equal the records.")
