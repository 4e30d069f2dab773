"""Partnerships of the made-up province, as definitions/demo/partners.yaml has them: invented, plainly marked."""

from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from tumbuh.accounts.api import Institution, User
from tumbuh.partners.actions.entries import KIND_OF, record_entry
from tumbuh.partners.actions.networks import add_member
from tumbuh.partners.actions.reviews import submit_entry
from tumbuh.partners.models import Network
from tumbuh.partners.rules import (
    ITEM,
    AgreementDetails,
    ContributionDetails,
    CsrDetails,
    Details,
    NetworkCode,
    ResearchDetails,
)
from tumbuh.regions.api import Region
from tumbuh.verification.api import ReviewMove, review_item

DETAILS = {
    "agreements": AgreementDetails,
    "programmes": CsrDetails,
    "research": ResearchDetails,
    "contributions": ContributionDetails,
}
ONE, MANY = ("partner_id", "lead_id", "institution_id"), ("parties", "institutions")


@transaction.atomic
def make_demo_partners(*, by: User, partner: User, reviewer: User, province: Region) -> int:
    """Networks, agreements, CSR programmes, research and contributions of the province; how many records.

    `by` keeps the partnerships of the province, `partner` writes what is theirs, `reviewer` verifies for the province.
    0 where there is a network already, or where the institutions are not.
    """
    content = yaml.safe_load((settings.DEFINITIONS / "demo" / "partners.yaml").read_text(encoding="utf-8"))
    numbers = dict(Institution.objects.filter(region=province).values_list("code", "pk"))
    needed = {entry["institution"] for entry in content["networks"]}
    if Network.objects.exists() or not needed <= numbers.keys():
        return 0
    for entry in content["networks"]:
        add_member(
            by=by,
            region=province,
            code=NetworkCode[entry["code"]],
            institution=Institution.objects.get(pk=numbers[entry["institution"]]),
            since=entry["since"],
            contact_role=entry["contact_role"],
        )
    made = 0
    for section in DETAILS:
        for entry in content[section]:
            record_one(by, partner, reviewer, province, read_details(section, entry, numbers), entry)
            made += 1
    return made


def read_details(section: str, entry: dict[str, Any], numbers: dict[str, int]) -> Details:
    """The details with numbers of institutions where the file has codes."""
    values = {key: value for key, value in entry.items() if key not in {"is_verified", "own"}}
    values |= {key: numbers[values[key]] for key in ONE if key in values}
    values |= {key: tuple(numbers[code] for code in values[key]) for key in MANY if key in values}
    return DETAILS[section](**values)


def record_one(
    by: User, partner: User, reviewer: User, province: Region, details: Details, entry: dict[str, Any]
) -> None:
    """Recorded, put forward and, where the file says so, verified."""
    writer = partner if entry.get("own") else by
    made = record_entry(by=writer, region=province, details=details)
    submit_entry(by=writer, kind=KIND_OF[type(details)], public_id=made.public_id)
    if entry.get("is_verified"):
        review_item(by=reviewer, kind=ITEM, subject_id=made.public_id, move=ReviewMove.VERIFY)
