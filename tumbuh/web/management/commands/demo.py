"""`tumbuh demo`: the made-up province."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tumbuh.audit.api import SYSTEM
from tumbuh.intake.api import DemoError, list_demo_accounts, make_demo

SIZES = {"normal": 60_000, "full": 170_000}


class Command(BaseCommand):
    help = "Makes up a province: synthetic children over twelve months, plainly marked. No real person is in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True, metavar="make|accounts")
        make = actions.add_parser("make", help="fill the register; does nothing when the demo is there already")
        make.add_argument("--size", choices=SIZES, default="normal", help="normal: 60,000 children; full: 170,000")
        make.add_argument("--children", type=int, help="another number of children")
        make.add_argument("--province", help="Kemendagri code; otherwise the province of the loaded regulation")
        accounts = actions.add_parser("accounts", help="print how to sign in")
        accounts.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{what}")(**options)
        except DemoError as error:
            raise CommandError(str(error)) from error

    def do_make(self, *, size: str, children: int | None, province: str | None, **options: Any) -> None:
        folder = settings.VAR / "demo"
        made = make_demo(
            by=SYSTEM, children=children or SIZES[size], province_code=province, folder=folder, say=self.say
        )
        self.stdout.write(made.summary)

    def do_accounts(self, **options: Any) -> None:
        accounts = list_demo_accounts()
        if options["json"]:
            self.stdout.write(json.dumps([vars(account) for account in accounts], ensure_ascii=False, indent=1))
            return
        if not accounts:
            self.stdout.write("Belum ada akun contoh. Jalankan: tumbuh demo make")
        for account in accounts:
            self.stdout.write(f"{account.username:24} {account.password:20} {account.role} · {account.region}")

    def say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
