"""`tumbuh zscore`: WHO growth z-scores for a whole file."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.engines.anthropometry.api import AgeRule
from tumbuh.engines.growth_files.api import GrowthFileError, Summary, compute_file

SHOWN = 20
COLUMNS = gettext_lazy("""
Kolom yang dibaca (huruf besar atau kecil dan urutannya bebas; kolom lain tetap seperti adanya):
  id                        bebas
  sex                       1 laki-laki, 2 perempuan; atau L, P; atau M, F
  age_days                  atau birth_date dan measured_on (2026-01-31 atau 31/01/2026)
  measure                   l terlentang, h berdiri, atau kosong
  weight_kg, lenhei_cm, head_cm, muac_cm
  oedema                    y atau n

Kolom yang ditambahkan: haz, waz, whz, baz, headz, muacz (dua desimal, kosong bila WHO tidak memberi nilai)
dan haz_flag ... muacz_flag (1: tidak wajar, selain itu 0). Baris yang tidak dapat dipakai tetap di tempatnya
dengan hasil kosong dan disebut pada keluaran galat; kolom dengan nama ini dalam berkas akan diganti.
""")


class Command(BaseCommand):
    help = gettext_lazy("Hitung z-score pertumbuhan WHO untuk anak-anak dalam berkas CSV atau Parquet.")
    needs_database = False
    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter  # keeps the lines of the epilog
        parser.epilog = str(COLUMNS)
        return parser

    def add_arguments(self, parser):
        parser.add_argument("source", metavar=_("BERKAS"), type=Path, help=_("berkas .csv atau .parquet"))
        parser.add_argument(
            "-o", "--output", metavar=_("HASIL"), type=Path, required=True, help=_("berkas .csv atau .parquet hasilnya")
        )
        parser.add_argument(
            "--age-rule",
            choices=[rule.value for rule in AgeRule],
            default=AgeRule.DAYS.value,
            help=_("umur dalam hari seperti WHO (bawaan), atau dalam bulan penuh; hasil keduanya berbeda"),
        )
        parser.add_argument("--json", action="store_true", help=_("tulis ringkasan sebagai JSON"))

    def handle(self, *, source, output, age_rule, json: bool, **options):
        try:
            summary = compute_file(source, output, age_rule)
        except GrowthFileError as error:
            raise CommandError(_(error.sentence).format(**error.places)) from error
        self.show_errors(summary)
        self.stdout.write(to_json(summary) if json else to_text(summary))

    def show_errors(self, summary: Summary) -> None:
        for row, column, message in summary.errors[:SHOWN]:
            place = {"row": row, "column": column, "message": _(message)}
            self.stderr.write(_("Baris %(row)s, kolom %(column)s: %(message)s.") % place)
        if summary.rows_with_errors:
            counts = ", ".join(f"{column} {n}" for column, n in summary.errors_by_column.most_common())
            found = {"bad": summary.rows_with_errors, "rows": summary.rows, "counts": counts}
            self.stderr.write(_("%(bad)s dari %(rows)s baris memuat kesalahan (%(counts)s).") % found)


def to_text(summary: Summary) -> str:
    text = _("%(rows)s baris ditulis ke %(target)s dalam %(seconds)s detik, aturan umur %(age_rule)s.")
    return text % vars(summary)


def to_json(summary: Summary) -> str:
    found = vars(summary) | {"errors_by_column": dict(summary.errors_by_column)}
    found["errors"] = [{"row": row, "column": column, "message": _(text)} for row, column, text in summary.errors]
    return json.dumps(found, ensure_ascii=False, indent=2)
