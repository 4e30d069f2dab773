"""The demo's accounts: one a role, each in a region chosen by position."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.db import transaction

from tumbuh.accounts.api import (
    ROLES,
    Institution,
    User,
    add_institution,
    assign_role,
    create_user,
    find_user,
    load_institutions,
    set_institution,
)
from tumbuh.audit.api import Actor
from tumbuh.intake.demo.names import DEFINITIONS
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class DemoAccount:
    """What to print: how to sign in, and as whom."""

    username: str
    password: str
    role: str
    region: str


@cache
def read_accounts() -> dict[str, Any]:
    return yaml.safe_load((DEFINITIONS / "accounts.yaml").read_text())


def pick_region(province: Region, positions: list[int]) -> Region:
    """The region at a path of positions below the province, the first where there are fewer."""
    region = province
    for position in positions:
        children = list(region.children.filter(is_active=True).order_by("pk"))
        region = children[min(position, len(children)) - 1]
    return region


def make_accounts(*, by: Actor, province: Region, since: date) -> dict[str, User]:
    """The demo's users by account name; those that exist already stay as they are."""
    listed = read_accounts()
    users = {}
    for entry in listed["accounts"]:
        user = find_user(entry["username"]) or create_user(
            by=by, username=entry["username"], password=listed["password"], full_name=entry["name"], is_demo=True
        )
        region = pick_region(province, entry["region"])
        assign_role(by=by, user=user, role=entry["role"], region=region, valid_from=since)
        users[user.username] = user
    return users


@transaction.atomic
def tie_institutions(*, by: Actor, province: Region, users: dict[str, User]) -> None:
    """The institutions of the province are loaded and the demo's roles are held for those that the list names."""
    load_institutions(by=by, province=province.code)
    listed = read_accounts()
    admin = users[listed["accounts"][0]["username"]]
    for entry in listed["added"]:
        if not Institution.objects.filter(region=province, name=entry["name"]).exists():
            add_institution(by=admin, region=province, **entry)
    for entry in listed["accounts"]:
        wanted = {"code": entry["institution"]} if "institution" in entry else {"kind": entry.get("kind")}
        region = pick_region(province, entry["region"])
        found = Institution.objects.filter(region=region, **wanted).order_by("pk").first()
        if found:
            held = users[entry["username"]].assignments.get(role=entry["role"], region=region)
            set_institution(by=by, assignment=held, institution=found)


def list_demo_accounts() -> list[DemoAccount]:
    """The demo accounts that exist, in the order of the list; empty without a demo."""
    listed = read_accounts()
    users = {user.username: user for user in User.objects.filter(is_demo=True).prefetch_related("assignments__region")}
    return [
        DemoAccount(entry["username"], listed["password"], ROLES[held.role].label, held.region.full_name)
        for entry in listed["accounts"]
        if entry["username"] in users
        for held in users[entry["username"]].assignments.all()
    ]
