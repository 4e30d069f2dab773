"""Background work of the verification room."""

from procrastinate.contrib.django import app

from tumbuh.audit.api import SYSTEM
from tumbuh.verification.actions.lapsing import lapse_conditions


@app.periodic(cron="23 * * * *")
@app.task(name="verification.lapse", queueing_lock="verification.lapse")
def lapse(timestamp: int) -> None:
    """Conditions that were due yesterday or before, as soon after midnight as a worker runs."""
    lapse_conditions(by=SYSTEM)
