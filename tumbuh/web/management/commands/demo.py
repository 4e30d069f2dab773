"""`tumbuh demo`: the made-up province."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumbuh.accounts.api import find_user
from tumbuh.audit.api import SYSTEM
from tumbuh.intake.api import DemoError, find_demo_people, list_demo_accounts, make_demo
from tumbuh.partners.api import make_demo_partners
from tumbuh.programme.api import find_regulation, make_demo_evidence, make_demo_plans, make_demo_situations
from tumbuh.regions.api import get_region
from tumbuh.verification.api import Tier

KEEPER, PARTNER = "admin.provinsi", "mitra"  # of definitions/demo/accounts.yaml
SIZES = {"normal": 60_000, "full": 170_000}


class Command(BaseCommand):
    help = gettext_lazy(
        "Buat provinsi contoh: anak rekaan selama dua belas bulan, ditandai jelas, tanpa seorang pun orang sungguhan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True, metavar=_("PERINTAH"), title=_("perintah"))
        text = _("Isi register dengan anak rekaan; tidak berbuat apa pun bila contohnya sudah ada.")
        make = actions.add_parser("make", help=text, description=text)
        make.add_argument(
            "--size", choices=SIZES, default="normal", help=_("normal: 60.000 anak (bawaan); full: 170.000 anak")
        )
        make.add_argument("--children", type=int, metavar=_("JUMLAH"), help=_("jumlah anak yang lain"))
        make.add_argument(
            "--province", metavar=_("KODE"), help=_("kode Kemendagri; bawaan: provinsi dari peraturan yang dimuat")
        )
        text = _("Tampilkan akun contoh untuk masuk.")
        accounts = actions.add_parser("accounts", help=text, description=text)
        accounts.add_argument("--json", action="store_true", help=_("tulis hasil sebagai JSON"))

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
        self.make_evidence()

    def make_evidence(self) -> None:
        """What the offices have done for the regulation of the province, when one is loaded."""
        regulation, people = find_regulation(), find_demo_people()
        if regulation is None or not people:
            return
        keeper, partner = find_user(KEEPER), find_user(PARTNER)
        if keeper and partner:
            province, reviewer = get_region(regulation.province_code), people[Tier.PROVINSI]
            number = make_demo_partners(by=keeper, partner=partner, reviewer=reviewer, province=province)
            self.count(number, _("%d kemitraan contoh"))
        number = make_demo_evidence(by=SYSTEM, regulation=regulation, users=people)
        self.count(number, _("%d bukti contoh untuk kewajiban peraturan"))
        if keeper:
            self.count(make_demo_plans(by=keeper, regulation=regulation), _("%d tim contoh dengan rencana aksinya"))
            number = make_demo_situations(by=keeper, regulation=regulation)
            self.count(number, _("%d analisis situasi contoh"))

    def count(self, number: int, words: str) -> None:
        """Say what was made; nothing when all was there."""
        if number:
            self.say(words % number)

    def do_accounts(self, **options: Any) -> None:
        accounts = list_demo_accounts()
        if options["json"]:
            self.stdout.write(json.dumps([vars(account) for account in accounts], ensure_ascii=False, indent=1))
            return
        if not accounts:
            self.stdout.write(_("Belum ada akun contoh. Jalankan: tumbuh demo make"))
        for account in accounts:
            self.stdout.write(f"{account.username:24} {account.password:20} {account.role} · {account.region}")

    def say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
