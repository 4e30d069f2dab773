"""Background work of the programme room."""

from procrastinate.contrib.django import app

from tumbuh.audit.api import SYSTEM
from tumbuh.programme.actions.recomputing import recompute
from tumbuh.programme.actions.reminding import remind_of_obligations
from tumbuh.programme.queries.regulations import list_regulations


@app.periodic(cron="37 * * * *")
@app.task(name="programme.recompute", queueing_lock="programme.recompute")
def recompute_all(timestamp: int) -> None:
    """What no piece of evidence announces: living systems, indicators, the turn of a year."""
    for regulation in list_regulations():
        recompute(regulation)


@app.periodic(cron="25 22-23,0-14 * * *")  # UTC: from 05:25 to 21:25 WIB, so that a day is not missed
@app.task(name="programme.remind", queueing_lock="programme.remind")
def remind_late(timestamp: int) -> None:
    """The day's reminders, as soon as a worker runs; each is told once."""
    remind_of_obligations(by=SYSTEM)
