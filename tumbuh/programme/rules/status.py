"""What is said of an obligation today."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.programme.rules.obligations import Measure


class Status(models.TextChoices):
    FULFILLED = "FULFILLED", _("Terpenuhi")
    RUNNING = "RUNNING", _("Berjalan")
    OVERDUE = "OVERDUE", _("Terlambat")
    NOT_DUE = "NOT_DUE", _("Belum jatuh tempo")
    NOT_APPLICABLE = "NOT_APPLICABLE", _("Tidak berlaku")


def find_status(
    *,
    measure: Measure,
    quantity: Decimal,
    achieved: Decimal | None,
    waiting: int,
    due_on: date,
    is_waived: bool,
    today: date,
) -> Status:
    """The status on a day. `achieved` None: nothing is known yet (a system or an indicator without a figure)."""
    if is_waived:
        return Status.NOT_APPLICABLE
    if achieved is not None and is_met(measure, quantity, achieved):
        return Status.FULFILLED
    if today > due_on:
        return Status.OVERDUE
    return Status.RUNNING if waiting or achieved else Status.NOT_DUE


def is_met(measure: Measure, quantity: Decimal, achieved: Decimal) -> bool:
    """A ceiling is met from below, everything else from above."""
    return achieved <= quantity if measure == Measure.CEILING else achieved >= quantity
