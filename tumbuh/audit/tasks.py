"""Background work of the audit room."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from tumbuh.audit.actions.anchors import make_anchor


@app.periodic(cron="*/30 * * * *")
@app.task(name="audit.anchor", queueing_lock="audit.anchor")
def anchor(timestamp: int) -> None:
    """The anchor of the day, as soon after midnight as a worker runs."""
    make_anchor(day=timezone.localdate(), folder=settings.ANCHORS, key=settings.ANCHOR_KEY)
