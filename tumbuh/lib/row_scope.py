"""Which rows the work in hand may reach in the database: carried beside the work, so that no call can forget it.

A thread or task that was told nothing reaches nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class RowScope(NamedTuple):
    """`low` to `high`: the widest range of regions, tried first; `ranges`: all of them as an int8multirange.

    `user`: whose own rows as well, or EVERY_USER.
    """

    low: int
    high: int
    ranges: str
    user: int


NO_USER, EVERY_USER = -1, 0
NOTHING = RowScope(1, 0, "{}", NO_USER)
EVERYTHING = RowScope(-(2**63), 2**63 - 1, "{(,)}", EVERY_USER)


class Later:
    """A scope that is found out when it is first needed; reaches nothing while it is being found."""

    def __init__(self, find: Callable[[], RowScope]) -> None:
        self.find = find
        self.found: RowScope | None = None

    def get(self) -> RowScope:
        if self.found is None:
            with reaching(NOTHING):
                self.found = self.find()
        return self.found


_current: ContextVar[RowScope | Later] = ContextVar("row_scope", default=NOTHING)


def get_reach() -> RowScope:
    """What the work in hand may reach."""
    current = _current.get()
    return current.get() if isinstance(current, Later) else current


@contextmanager
def reaching(scope: RowScope | Later) -> Iterator[None]:
    """Work inside reaches these rows and no others."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


def make_scope(spans: Iterable[tuple[int, int]], user: int) -> RowScope:
    """The scope of closed ranges of regions, and of a user's own rows."""
    ranges = list(spans)
    low, high = max(ranges, key=lambda span: span[1] - span[0], default=NOTHING[:2])
    return RowScope(low, high, "{" + ",".join(f"[{first},{last}]" for first, last in ranges) + "}", user)
