"""Background work of the verification room."""

from procrastinate.contrib.django import app

from tumbuh.audit.api import SYSTEM
from tumbuh.verification.actions.lapsing import lapse_conditions
from tumbuh.verification.actions.reminding import remind


@app.periodic(cron="10 22-23,0-14 * * *")  # UTC: from 05:10 to 21:10 WIB, so that a day is not missed
@app.task(name="verification.remind", queueing_lock="verification.remind")
def remind_late(timestamp: int) -> None:
    """The day's reminders, as soon as a worker runs; each is told once."""
    remind(by=SYSTEM)


@app.periodic(cron="23 * * * *")
@app.task(name="verification.lapse", queueing_lock="verification.lapse")
def lapse(timestamp: int) -> None:
    """Conditions that were due yesterday or before, as soon after midnight as a worker runs."""
    lapse_conditions(by=SYSTEM)
