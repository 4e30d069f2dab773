"""Keeping the cells current."""

from collections.abc import Iterable
from datetime import date


def refresh(desa_months: Iterable[tuple[int, date]]) -> None:
    """Recompute the cells of these desa (region ids) and months, then of everything above, in the caller's transaction.

    Call it once per transaction, after the last write. It waits for other writers of the same months. The desa and
    months to give are those of `records.list_desa_months(people)` before the write and after it.
    """
    raise NotImplementedError


def rebuild(*, within: str | None = None) -> int:
    """All cells anew from the records (of one region and everything above it: `within`); how many cells changed."""
    raise NotImplementedError
