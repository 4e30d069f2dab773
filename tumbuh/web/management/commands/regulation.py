"""`tumbuh regulation load | export | targets`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from tumbuh.audit.api import SYSTEM
from tumbuh.programme.api import (
    LoadResult,
    ProgrammeError,
    Regulation,
    describe_output,
    get_regulation,
    list_outputs,
    list_prevalence_targets,
    load_regulation,
)

WORDS = {"new": gettext_noop("baru"), "changed": gettext_noop("berubah"), "removed": gettext_noop("dihapus")}


class Command(BaseCommand):
    help = gettext_lazy("Peraturan sebagai data: muat dari foldernya, atau tampilkan yang sudah dimuat.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Muat satu atau beberapa folder peraturan; mengulang tidak mengubah apa pun.")
        load = does.add_parser("load", help=text, description=text)
        load.add_argument(
            "folders",
            nargs="*",
            type=Path,
            metavar=_("FOLDER"),
            help=_("folder berisi regulation.yaml (bawaan: semua folder di regulations/)"),
        )
        load.add_argument("--json", action="store_true", help=_("tulis perbedaannya sebagai JSON"))
        for name, text in (
            ("export", _("Tampilkan semua keluaran lampiran.")),
            ("targets", _("Tampilkan target prevalensi tahunan.")),
        ):
            printing = does.add_parser(name, help=text, description=text)
            printing.add_argument(
                "--regulation",
                metavar=_("KODE"),
                help=_("kode peraturan (bawaan: peraturan terbaru yang berlaku hari ini)"),
            )
            printing.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['does']}")(options)
        except ProgrammeError as error:
            raise CommandError(str(error)) from error

    def do_load(self, options: dict[str, Any]) -> None:
        folders = options["folders"] or sorted(path.parent for path in settings.REGULATIONS.glob("*/regulation.yaml"))
        if not folders:
            text = _("Belum ada peraturan di %s. Tulis folder yang akan dimuat.")
            raise CommandError(text % settings.REGULATIONS)
        results = [load_regulation(by=SYSTEM, folder=folder) for folder in folders]
        if options["json"]:
            self.print_json([{"regulation": one.regulation.code, **one.difference.as_dict()} for one in results])
            return
        for result in results:
            self.stdout.write(describe(result))

    def do_export(self, options: dict[str, Any]) -> None:
        outputs = [describe_output(output) for output in list_outputs(self.choose(options))]
        if options["json"]:
            self.print_json(outputs)
            return
        for output in outputs:
            star = "*" if output["starred"] else ""
            self.stdout.write(f"{output['id']}{star}\t{output['output']}\t{output['target_raw']}")

    def do_targets(self, options: dict[str, Any]) -> None:
        regulation = self.choose(options)
        targets = [
            {
                "regulation": regulation.code,
                "indicator": target.indicator,
                "year": target.year,
                "percent": float(target.percent),
                "article": target.article.code,
                "text": target.article.text,
            }
            for target in list_prevalence_targets(regulation)
        ]
        if options["json"]:
            self.print_json(targets)
            return
        for target in targets:
            self.stdout.write(f"{target['year']}\t{target['percent']} %\t{target['article']}\t{target['text']}")

    def choose(self, options: dict[str, Any]) -> Regulation:
        return get_regulation(code=options["regulation"])

    def print_json(self, data: object) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))


def describe(result: LoadResult) -> str:
    """One line: what loading changed."""
    if not result.difference:
        return _("%s: sudah ada, tidak ada yang berubah.") % result.regulation.code
    parts = [
        f"{sum(kinds.values())} {_(WORDS[name])} ({', '.join(f'{kind} {count}' for kind, count in kinds.items())})"
        for name, kinds in result.difference.as_dict().items()
        if kinds
    ]
    return f"{result.regulation.code}: {'; '.join(parts)}."
