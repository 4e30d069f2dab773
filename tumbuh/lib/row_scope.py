"""Which rows the work in hand may reach in the database: carried beside the work, so that no call can forget it.

A thread or task that was told nothing reaches nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class RowScope(NamedTuple):
    """`ranges`: the regions as a PostgreSQL int8multirange; `user`: whose own rows as well, or EVERY_USER."""

    ranges: str
    user: int


NO_USER, EVERY_USER = -1, 0
NOTHING = RowScope("{}", NO_USER)
EVERYTHING = RowScope("{(,)}", EVERY_USER)


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


def write_ranges(spans: Iterable[tuple[int, int]]) -> str:
    """Closed ranges as the text of an int8multirange."""
    return "{" + ",".join(f"[{low},{high}]" for low, high in spans) + "}"
