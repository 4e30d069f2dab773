"""What writers of records call: figures of months at once, scorecards of quarters by the worker, seconds later.

A quarter that begins to count is counted for every desa, which no writer can wait for.
"""

from collections.abc import Iterable
from datetime import date

from procrastinate.contrib.django import app

from tumbuh.engines.scorecard.api import first_of_quarter
from tumbuh.indicators.actions.refresh import rebuild_cells, refresh_cells

SCORECARDS = "indicators.scorecards"
ALL_SCORECARDS = "indicators.all_scorecards"


def refresh(desa_months: Iterable[tuple[int, date]]) -> None:
    """Recompute the figures of these desa (region ids) and months, and of all above, in the caller's transaction.

    Call it once per transaction, after the last write, with the desa and months that `records.api.list_desa_months`
    gives for the people before the write and after it. Scorecards of their quarters follow the transaction's commit.
    """
    wanted = set(desa_months)
    if not wanted:
        return
    refresh_cells(wanted)
    quarters = sorted({(desa, first_of_quarter(month).isoformat()) for desa, month in wanted})
    app.configure_task(SCORECARDS).defer(desa_quarters=[list(one) for one in quarters])


def rebuild(*, within: str | None = None) -> int:
    """All cells anew from the records (of one region and everything above it: `within`); how many were written.

    The scorecards follow when the transaction is committed.
    """
    written = rebuild_cells(within=within)
    app.configure_task(ALL_SCORECARDS).defer(within=within)
    return written
