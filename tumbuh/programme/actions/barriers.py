"""Barriers: noted for a gap, changed, withdrawn; what stood before is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import NOTE_BARRIERS, Institution, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.programme.errors import NotYoursError, ReasonError, SituationError
from tumbuh.programme.models import Barrier, SituationAnalysis
from tumbuh.programme.queries.barriers import get_kinds
from tumbuh.programme.queries.situation import LEVELS, list_keys
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class BarrierDetails:
    """Why a service (`key`: GROUP/service) does not reach people, how that is known, what is proposed and whose it is.

    Words about places and services, never about a person.
    """

    key: str
    kind: str
    text: str
    evidence: str
    proposal: str
    institution: Institution | None = None


def check_noter(by: User, region: Region, year: int) -> None:
    """Holds the region until the transaction ends. NotYoursError, or SituationError for a concluded analysis."""
    if not get_scope(by, NOTE_BARRIERS).contains(region.pk):
        raise NotYoursError
    if region.level not in LEVELS:
        raise SituationError.of_level()
    Region.objects.select_for_update().get(pk=region.pk)
    if SituationAnalysis.objects.filter(region=region, year=year, reopened_at__isnull=True).exists():
        raise SituationError.of_concluded()


@transaction.atomic
def note_barrier(
    *, by: User, region: Region, year: int, details: BarrierDetails, barrier: Barrier | None = None
) -> Barrier:
    """A barrier is noted, or `barrier` replaced by it; the same again is kept as it is."""
    check_noter(by, region, year)
    if details.key not in list_keys() or get_kinds(year).find(details.kind) is None:
        raise SituationError.of_choice()
    group, _slash, service = details.key.partition("/")
    values = {
        "target_group": group, "service": service, "kind": details.kind, "text": details.text.strip(),
        "evidence": details.evidence.strip(), "proposal": details.proposal.strip(), "institution": details.institution,
    }  # fmt: skip
    if not (values["text"] and values["evidence"] and values["proposal"]):
        raise ReasonError
    there = Barrier.objects.filter(region=region, year=year, ended_at__isnull=True, **values).first()
    if there is not None:
        return there
    now = timezone.now()
    if barrier is not None:
        held = Barrier.objects.get(pk=barrier.pk, region=region, year=year)
        if held.ended_at is not None:
            raise SituationError.of_ended()
        held.ended_at = now
        held.save(update_fields=["ended_at"])
    row = Barrier.objects.create(region=region, year=year, replaces=barrier, noted_by=by, noted_at=now, **values)
    record_event(
        by=by, action="programme.barrier.noted", object_kind="barrier", object_id=row.pk,
        after={"year": year, "service": details.key, "kind": details.kind, "replaces": barrier.pk if barrier else ""},
        region_id=region.pk,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_barrier(*, by: User, barrier: Barrier, reason: str) -> Barrier:
    """The barrier does not stand any more, with the reason; one that ended already is left alone."""
    check_noter(by, barrier.region, barrier.year)
    held = Barrier.objects.get(pk=barrier.pk)
    if held.ended_at is not None:
        return held
    if not reason.strip():
        raise ReasonError
    held.ended_at, held.reason = timezone.now(), reason.strip()
    held.save(update_fields=["ended_at", "reason"])
    record_event(
        by=by, action="programme.barrier.withdrawn", object_kind="barrier", object_id=held.pk,
        before={"year": held.year, "service": f"{held.target_group}/{held.service}", "kind": held.kind},
        region_id=held.region_id,
    )  # fmt: skip
    return held
