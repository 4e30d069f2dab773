"""What an official decides about obligations: another reading of a doubt, or that one does not apply to a unit."""

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import MANAGE_PROGRAMME, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.programme.actions.expanding import Expansion, expand_obligations
from tumbuh.programme.actions.recomputing import recompute
from tumbuh.programme.errors import NotYoursError, ReasonError, UnknownReadingError
from tumbuh.programme.models import Interpretation, Obligation, ReadingChoice
from tumbuh.regions.api import get_number


@transaction.atomic
def choose_reading(*, by: User, interpretation: Interpretation, alternative: str, reason: str) -> Expansion:
    """The doubt is read as the alternative from now on (empty: as we read it); obligations and achievement follow.

    Choosing again what holds already changes nothing and leaves no event.
    """
    regulation = interpretation.regulation
    check_official(by, get_number(regulation.province_code))
    if alternative and alternative not in {other["id"] for other in interpretation.alternatives}:
        raise UnknownReadingError(interpretation.code, alternative)
    if not reason.strip():
        raise ReasonError
    newest = interpretation.choices.first()
    before = newest.alternative if newest else ""
    if before == alternative:
        return Expansion()
    ReadingChoice.objects.create(interpretation=interpretation, alternative=alternative, reason=reason.strip(), by=by)
    result = expand_obligations(by=by, regulation=regulation)
    recompute(regulation)
    record_event(
        by=by, action="programme.reading.chosen", object_kind="interpretation", object_id=interpretation.code,
        before={"alternative": before}, after={"alternative": alternative, **result.count()}, reason=reason.strip(),
        region_id=get_number(regulation.province_code),
    )  # fmt: skip
    return result


@transaction.atomic
def waive_obligation(*, by: User, obligation: Obligation, reason: str) -> None:
    """The obligation does not apply to its unit, with the reason; empty `reason`: it applies again."""
    check_official(by, obligation.region_id)
    row = Obligation.objects.select_for_update().get(pk=obligation.pk)
    words, before = reason.strip(), row.waiver
    if words == before:
        return
    row.waiver = words
    row.waived_at, row.waived_by = (timezone.now(), by) if words else (None, None)
    row.save(update_fields=["waiver", "waived_at", "waived_by"])
    record_event(
        by=by, action="programme.obligation.waived" if words else "programme.obligation.restored",
        object_kind="obligation", object_id=row.key, before={"waiver": before}, reason=words, region_id=row.region_id,
    )  # fmt: skip


def check_official(by: User, region_id: int) -> None:
    """NotYoursError unless a role of the user lets them decide about obligations of the region."""
    if not get_scope(by, MANAGE_PROGRAMME).contains(region_id):
        raise NotYoursError
