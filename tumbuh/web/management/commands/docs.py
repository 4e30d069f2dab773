"""`tumbuh docs build`: writes the generated pages of the documentation."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tumbuh.indicators.api import render_reference
from tumbuh.intake.api import render_reasons

# Every generated page and the function that writes it. A new one is a line here.
PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/import-reasons.md": render_reasons,
    "docs/reference/indicators.md": render_reference,
}


class Command(BaseCommand):
    help = "Write the generated pages of the documentation from the code and the definitions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        build = steps.add_parser("build", help="write all generated pages")
        build.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, render in PAGES.items():
            path, text = settings.ROOT / name, render()
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not options["check"]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"Wrote {name}.")
        if stale and options["check"]:
            raise CommandError(f"Stale: {', '.join(stale)}. Run: tumbuh docs build")
