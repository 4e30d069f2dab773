"""Accounts and their roles as pages show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from tumbuh.accounts.api import Assignment, Giver, User, tell_state
from tumbuh.web.accounts.people.forms import STATE_NAMES
from tumbuh.web.accounts.people.reach import name_role

LOOKS = {"active": "good", "invited": "info", "expired": "warn", "closed": "bad"}
ICONS = {"active": "check", "invited": "clock", "expired": "alert", "closed": "cross"}


def describe_people(users: Iterable[User]) -> list[dict[str, Any]]:
    """Each account with its state and the roles of today; one query whatever the number."""
    users = list(users)
    prefetch_related_objects(users, Prefetch("assignments", Assignment.objects.select_related("region", "institution")))
    return [describe_person(user) for user in users]


def describe_person(user: User) -> dict[str, Any]:
    roles = [describe_role(one) for one in user.assignments.all() if is_current(one)]
    return {"user": user, "roles": roles, **describe_state(user)}


def describe_state(user: User) -> dict[str, Any]:
    """Whether the account can be used, in words, with a look and an icon."""
    state = tell_state(user)
    return {"state": STATE_NAMES[state], "look": LOOKS[state], "icon": ICONS[state]}


def is_current(held: Assignment) -> bool:
    return held.valid_to is None or held.valid_to >= timezone.localdate()


def describe_role(held: Assignment, can_give: Giver | None = None) -> dict[str, Any]:
    """The role in words; `may_end` where whoever can give it may end it."""
    may_end = can_give is not None and is_current(held) and can_give(held.role, held.region)
    return {"held": held, "role": name_role(held.role), "is_current": is_current(held), "may_end": may_end}
