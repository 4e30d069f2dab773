"""Setting the days by which tiers must be done."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import MANAGE_DEADLINES, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.verification.errors import NotYoursError, ReasonError
from tumbuh.verification.models import DeadlineChange
from tumbuh.verification.rules import Tier

LATEST_DAY = 60


@transaction.atomic
def set_deadline(*, by: User, tier: Tier, day: int, valid_from: date, reason: str) -> DeadlineChange:
    """From the month `valid_from` on, the tier is due on that day of the month after; older months keep theirs."""
    if not get_scope(by, MANAGE_DEADLINES).spans:
        raise NotYoursError(_("Peran Anda tidak dapat mengubah tenggat."))
    if not reason.strip():
        raise ReasonError(_("Tulis dasar penetapan tenggat ini, misalnya nomor surat edaran."))
    if not 1 <= day <= LATEST_DAY:
        raise ReasonError(_("Hari tenggat harus antara 1 dan %(day)d.") % {"day": LATEST_DAY})
    change, is_new = DeadlineChange.objects.get_or_create(
        tier=tier, day=day, valid_from=valid_from.replace(day=1), reason=reason.strip(), defaults={"by": by}
    )
    if is_new:
        after = {"tier": int(tier), "day": day, "valid_from": change.valid_from.isoformat()}
        record_event(
            by=by, action="verification.deadline_set", object_kind="deadline", object_id=change.pk, after=after,
            reason=change.reason,
        )  # fmt: skip
    return change
