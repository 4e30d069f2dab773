"""What was computed from a month's cells, kept in this process's memory for as long as the cells stay the same.

A write raises the month's version in its own transaction, so the first request after its commit computes anew.
The version is read before the cells: what is kept may be newer than its version says, never older.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
VERSIONS = "SELECT month, version FROM indicators_monthversion WHERE month = ANY(%s)"
MOST = 1000
_all: "list[Kept[Any, Any]]" = []


def read_versions(months: Iterable[date]) -> dict[date, int]:
    """The version of each month, 0 where nothing was ever written. One query."""
    wanted = list(dict.fromkeys(months))
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [wanted])
        return {**dict.fromkeys(wanted, 0), **dict(cursor.fetchall())}


def forget_kept() -> None:
    """Drop everything, as a new process starts: for tests and benchmarks."""
    for kept in _all:
        kept.clear()


class Kept(Generic[K, V]):
    """The `most` last used values by key, each with its version."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: OrderedDict[tuple[str, K], tuple[Hashable, V]] = OrderedDict()
        self._lock = Lock()
        _all.append(self)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def __len__(self) -> int:
        return len(self._values)

    def fetch(
        self,
        wanted: Iterable[K],
        version_of: Callable[[K], Hashable],
        compute: Callable[[list[K]], dict[K, V]],
    ) -> dict[K, V]:
        """The value of each key; those not kept, or kept for another version, come from one call of `compute`."""
        database = str(connection.settings_dict["NAME"])
        found: dict[K, V] = {}
        with self._lock:
            for key in wanted:
                version, value = self._values.get((database, key), (None, None))
                if version == version_of(key) and value is not None:
                    found[key] = value
                    self._values.move_to_end((database, key))
        missing = [key for key in wanted if key not in found]
        fresh = compute(missing) if missing else {}
        with self._lock:
            for key, value in fresh.items():
                self._values[database, key] = (version_of(key), value)
                self._values.move_to_end((database, key))
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return {**found, **fresh}
