"""`tumbuh docs build`: writes the generated pages of the documentation."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Every generated page and the function that writes it; a new one is a line here. By name, because some stand
# above this room (the commands) or beside the package (the specification tables of the tests).
PAGES = {
    "docs/reference/activities.md": "tumbuh.activities.api.render_activities",
    "docs/reference/audit-events.md": "tumbuh.audit.api.render_events",
    "docs/reference/authorisation.md": "tests.spec.authorisation.reference.write_reference",
    "docs/reference/commands.md": "tumbuh.config.reference.render_commands",
    "docs/reference/documents.md": "tumbuh.documents.api.render_reference",
    "docs/reference/growth.md": "tests.spec.anthropometry.reference.write_reference",
    "docs/reference/import-reasons.md": "tumbuh.intake.api.render_reasons",
    "docs/reference/partners.md": "tumbuh.partners.api.render_partners",
    "docs/reference/notifications.md": "tumbuh.notifications.api.render_reference",
    "docs/reference/indicator-sets.md": "tumbuh.indicators.api.render_sets",
    "docs/reference/institutions.md": "tumbuh.accounts.api.render_institutions",
    "docs/reference/obligations.md": "tests.spec.programme.reference.write_reference",
    "docs/reference/scorecard.md": "tumbuh.indicators.api.render_scorecard",
    "docs/reference/roles.md": "tumbuh.accounts.api.render_roles",
    "docs/reference/services.md": "tests.spec.convergence.reference.write_reference",
    "docs/reference/verification.md": "tumbuh.verification.api.render_reference",
    "docs/reference/indicators.md": "tumbuh.indicators.api.render_reference",
}


class Command(BaseCommand):
    help = gettext_lazy("Tulis halaman dokumentasi yang dibuat dari kode dan definisi; untuk pengembang.")
    needs_database = False
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Tulis semua halaman yang dibuat dari kode.")
        build = steps.add_parser("build", help=text, description=text)
        build.add_argument(
            "--check", action="store_true", help=_("tidak menulis apa pun; gagal bila ada halaman yang usang")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, text in render_pages().items():
            path = settings.ROOT / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not options["check"]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stdout.write(_("Ditulis: %s") % name)
        if stale and options["check"]:
            raise CommandError(_("Usang: %s. Jalankan: tumbuh docs build") % ", ".join(stale))


def render_pages() -> dict[str, str]:
    """Path below the checkout → its text, in English, for every generated page."""
    if str(settings.ROOT) not in sys.path:
        sys.path.append(str(settings.ROOT))
    with translation.override("en"):
        return {name: import_string(writer)() for name, writer in PAGES.items()}
