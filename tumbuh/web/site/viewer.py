"""What the person in front of the page may see; asked once a request."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from tumbuh.accounts.api import (
    MANAGE_ACCOUNTS,
    READ_PEOPLE,
    ROLES,
    Assignment,
    User,
    keep_assignments,
    list_assignments,
)
from tumbuh.notifications.api import count_unread, write_unread
from tumbuh.regions.api import Region


def list_held(request: HttpRequest) -> list[Assignment]:
    """The user's assignments of today; one query a request, none for visitors. It counts their notices along."""
    is_somebody = request.user.is_authenticated  # finding that out may have asked for the roles already
    if not hasattr(request, "held_assignments"):
        hold(request, request.user, ask_held(request.user) if is_somebody else [])
    return request.held_assignments


def ask_held(user: User | AnonymousUser) -> list[Assignment]:
    """The assignments of somebody who may still turn out to be a visitor here."""
    return list_assignments(user, along={"unread": write_unread(user)}) if user.is_authenticated else []


def hold(request: HttpRequest, user: User | AnonymousUser, held: list[Assignment]) -> None:
    """What was asked for stands for the rest of the request."""
    request.held_assignments = held
    if request.method in {"GET", "HEAD"}:
        keep_assignments(user, held)


def count_my_unread(request: HttpRequest) -> int:
    """How many notices the user has not read: known with their assignments, asked for where they have none."""
    if not hasattr(request, "unread_notices"):
        user, held = request.user, list_held(request)
        alone = count_unread(user) if user.is_authenticated and not held else 0
        request.unread_notices = held[0].unread if held else alone
    return request.unread_notices


def list_my_regions(request: HttpRequest) -> list[Region]:
    """The regions in which the user holds a role today, in code order, each once."""
    held = {assignment.region_id: assignment.region for assignment in list_held(request)}
    return [held[key] for key in sorted(held)]


def list_roles(request: HttpRequest, permission: str, region_id: int) -> list[str]:
    """The codes of the user's roles that give this permission in the region."""
    return [
        assignment.role
        for assignment in list_held(request)
        if permission in ROLES[assignment.role].permissions
        and assignment.region.span.low <= region_id <= assignment.region.span.high
    ]


def may(request: HttpRequest, permission: str, region_id: int) -> bool:
    """Whether a role of the user gives this permission in the region."""
    return bool(list_roles(request, permission, region_id))


def manages_accounts(request: HttpRequest) -> bool:
    """Whether the user manages accounts anywhere."""
    return any(MANAGE_ACCOUNTS in ROLES[held.role].permissions for held in list_held(request))


def reads_people(request: HttpRequest) -> bool:
    """Whether the user may read people anywhere."""
    return any(READ_PEOPLE in ROLES[held.role].permissions for held in list_held(request))
