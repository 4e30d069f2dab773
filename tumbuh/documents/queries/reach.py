"""Where somebody reads and manages documents."""

from collections.abc import Iterable

from tumbuh.accounts.api import (
    MANAGE_DOCUMENTS,
    MANAGE_OWN_DOCUMENTS,
    READ_DOCUMENTS,
    ROLES,
    Assignment,
    Scope,
    User,
    list_assignments,
)
from tumbuh.documents.rules import Reach
from tumbuh.regions.api import Span


def get_reach(user: User) -> Reach:
    """By the roles held today; nowhere for visitors. One query."""
    return make_reach(list_assignments(user))


def make_reach(held: Iterable[Assignment]) -> Reach:
    """The same of assignments that were asked for already."""
    read, manage = set(), set()
    for one in held:
        permissions = ROLES[one.role].permissions
        if READ_DOCUMENTS in permissions:
            read.add(one.region.span)
        if MANAGE_DOCUMENTS in permissions:
            manage.add(one.region.span)
        if MANAGE_OWN_DOCUMENTS in permissions:
            manage.add(Span(one.region_id, one.region_id))
    return Reach(Scope(tuple(sorted(read))), Scope(tuple(sorted(manage))))
