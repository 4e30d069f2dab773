"""Asking the tier above for a package, and declining. Granting is taking one's approval back: a step like any other."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Region
from tumbuh.verification.actions.moving import check_right, lock_package
from tumbuh.verification.actions.telling import tell_recall
from tumbuh.verification.errors import MoveError, ReasonError
from tumbuh.verification.models import Recall
from tumbuh.verification.rules import GROWTH, Answer, State, Tier, find_holder


@transaction.atomic
def ask_back(*, by: User, region: Region, month: date, tier: Tier, reason: str, data_set: str = GROWTH) -> Recall:
    """The request, for the tier that holds the package; asked already: the one that is open.

    MoveError where no tier above holds it; then the tier takes its own step back.
    """
    signer = check_right(by, tier, region.pk)
    package = lock_package(region, month, data_set)
    holder = find_holder(State(package.state), tier)
    if holder is None:
        raise MoveError(_("Paket ini tidak sedang dipegang tingkat di atas Anda. Muat ulang halaman ini."))
    if not reason.strip():
        raise ReasonError(_("Tulis mengapa paket ini Anda minta kembali."))
    values = {"by": by, "role": signer.role, "reason": reason.strip()}
    recall, is_new = Recall.objects.get_or_create(package=package, tier=tier, answer=Answer.OPEN, defaults=values)
    if is_new:
        tell_recall(by=by, recall=recall, holder=holder)
        record_event(
            by=by, action="verification.recall_asked", object_kind="package", object_id=package.public_id,
            after={"tier": int(tier)}, reason=recall.reason, region_id=region.pk,
        )  # fmt: skip
    return recall


@transaction.atomic
def decline_recall(*, by: User, recall: Recall, reason: str) -> Recall:
    """The request declined with a reason, by the tier that holds the package; MoveError when it is not open."""
    package = lock_package(recall.package.region, recall.package.month, recall.package.data_set)
    held = Recall.objects.select_for_update().get(pk=recall.pk)
    holder = find_holder(State(package.state), Tier(held.tier))
    if held.answer != Answer.OPEN or holder is None:
        raise MoveError(_("Permintaan ini sudah dijawab. Muat ulang halaman ini."))
    check_right(by, holder, package.region_id)
    if not reason.strip():
        raise ReasonError(_("Tulis mengapa paket ini tidak dikembalikan."))
    held.answer, held.words, held.answered_by, held.answered_at = Answer.DECLINED, reason.strip(), by, timezone.now()
    held.save()
    tell_recall(by=by, recall=held)
    record_event(
        by=by, action="verification.recall_declined", object_kind="package", object_id=package.public_id,
        after={"tier": held.tier}, reason=held.words, region_id=package.region_id,
    )  # fmt: skip
    return held
