"""Which rows of a package a reviewer looks at."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from tumbuh.verification.api import Row

SAMPLE = 10  # rows to check besides the odd ones
MOST_ROWS = 600
Shown = TypeVar("Shown", bound=Any)


def pick(rows: Sequence[Shown], row: Row, month: date, *, is_whole: bool) -> list[Shown]:
    """Every odd row and a sample of the others: the same one each time for the same state of the package."""
    if is_whole:
        return list(rows[:MOST_ROWS])
    version = row.package.version if row.package else 0
    others = [one for one in rows if not one.is_odd]
    drawn = random.Random(f"{row.region.pk} {month} {version}").sample(others, min(SAMPLE, len(others)))  # noqa: S311
    chosen = {id(one) for one in drawn}
    return [one for one in rows if one.is_odd or id(one) in chosen][:MOST_ROWS]
