"""For whom the work in hand reads and writes people: PostgreSQL lets it reach their regions and nothing else.

Without any of these, work reaches nobody. Inner ones hold until they end.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tumbuh.accounts.models import Assignment, User
from tumbuh.accounts.queries.users import PEOPLE, find_scope, list_assignments
from tumbuh.accounts.rules import Scope
from tumbuh.lib.row_scope import EVERYTHING, NO_USER, Later, RowScope, make_scope, reaching


def acting_as(user: User) -> AbstractContextManager[None]:
    """Where the user may read or import people, and what the user brought in; visitors reach nothing."""
    return reaching(describe_reach(user, list_assignments(user)))


def acting_for(
    find_user: Callable[[], User], find_held: Callable[[], list[Assignment]]
) -> AbstractContextManager[None]:
    """As `acting_as`, but user and roles are asked for only when people are."""
    return reaching(Later(lambda: describe_reach(find_user(), find_held())))


def acting_for_scope(scope: Scope) -> AbstractContextManager[None]:
    """The regions of the scope, for nobody in particular."""
    return reaching(make_scope(scope.spans, NO_USER))


def whole_country(why: str) -> AbstractContextManager[None]:
    """Everybody, for work that is not done for one user's eyes. `why` stands in docs/explanation/scope.md."""
    if not why:
        raise ValueError("Work on the whole country says why.")
    return reaching(EVERYTHING)


def describe_reach(user: User, held: list[Assignment]) -> RowScope:
    """The scope that the roles give and the key of the user, as the database takes them."""
    key = user.pk if user.is_authenticated else NO_USER
    return make_scope(find_scope(held, PEOPLE).spans, key)
