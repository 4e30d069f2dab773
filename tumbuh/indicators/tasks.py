"""Background work of the indicators room. Each task is one action; the worker runs a killed one again."""

from datetime import date

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.indicators.actions.keeping import ALL_SCORECARDS, SCORECARDS
from tumbuh.indicators.actions.scorecards import rebuild_scorecards, refresh_scorecards

AGAIN = RetryStrategy(max_attempts=5, wait=5, retry_exceptions={OperationalError, InterfaceError})


@app.task(name=SCORECARDS, retry=AGAIN)
def refresh(desa_quarters: list[tuple[int, str]]) -> None:
    refresh_scorecards([(desa, date.fromisoformat(first)) for desa, first in desa_quarters])


@app.task(name=ALL_SCORECARDS, retry=AGAIN)
def rebuild(within: str | None) -> None:
    rebuild_scorecards(within=within)
