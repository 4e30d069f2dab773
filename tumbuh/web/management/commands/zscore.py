"""tumbuh zscore: WHO growth z-scores for a whole file."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tumbuh.engines.anthropometry.api import AgeRule
from tumbuh.engines.growth_files.api import GrowthFileError, Summary, compute_file

SHOWN = 20
COLUMNS = """
Columns read (letter case does not matter, in any order; all others are kept as they are):
  id                        any
  sex                       1 male, 2 female; or L, P; or M, F
  age_days                  or birth_date and measured_on (2026-01-31 or 31/01/2026)
  measure                   l lying, h standing, or empty
  weight_kg, lenhei_cm, head_cm, muac_cm
  oedema                    y or n

Columns added: haz, waz, whz, baz, headz, muacz (two decimals, empty where WHO gives none) and
haz_flag ... muacz_flag (1: implausible, else 0). A row that cannot be used keeps its place with empty
results and is named on the error output; columns of these names already in the file are replaced.
"""


class Command(BaseCommand):
    help = "Computes WHO growth z-scores of the children in a CSV or Parquet file."
    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter  # keeps the lines of the epilog
        parser.epilog = COLUMNS
        return parser

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="IN", type=Path, help="a .csv or .parquet file")
        parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="a .csv or .parquet file")
        parser.add_argument(
            "--age-rule",
            choices=[rule.value for rule in AgeRule],
            default=AgeRule.DAYS.value,
            help="age in days as WHO does (default), or in completed months; the two give different z-scores",
        )
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *, source, output, age_rule, json: bool, **options):
        try:
            summary = compute_file(source, output, age_rule)
        except GrowthFileError as error:
            raise CommandError(str(error)) from error
        self.show_errors(summary)
        self.stdout.write(to_json(summary) if json else to_text(summary))

    def show_errors(self, summary: Summary) -> None:
        for row, column, message in summary.errors[:SHOWN]:
            self.stderr.write(f"Row {row}, column {column}: {message}.")
        if summary.rows_with_errors:
            counts = ", ".join(f"{column} {n}" for column, n in summary.errors_by_column.most_common())
            self.stderr.write(f"{summary.rows_with_errors} of {summary.rows} rows have errors ({counts}).")


def to_text(summary: Summary) -> str:
    return f"{summary.rows} rows written to {summary.target} in {summary.seconds} s, age by {summary.age_rule}."


def to_json(summary: Summary) -> str:
    found = vars(summary) | {"errors_by_column": dict(summary.errors_by_column)}
    found["errors"] = [{"row": row, "column": column, "message": text} for row, column, text in summary.errors]
    return json.dumps(found, ensure_ascii=False, indent=2)
