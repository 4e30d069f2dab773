"""Evidence: reviewed by the level above, confirmed by a person; what it meets is computed anew."""

from uuid import UUID

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.programme.actions.recomputing import recompute
from tumbuh.programme.errors import UnknownClauseError
from tumbuh.programme.models import EvidenceLink, Regulation
from tumbuh.programme.queries.proofs import list_touched
from tumbuh.programme.queries.regulations import list_regulations
from tumbuh.programme.rules import SubjectKind
from tumbuh.regions.api import Region
from tumbuh.verification.api import Review, ReviewMove, review_item


@transaction.atomic
def confirm_evidence(
    *, by: User, regulation: Regulation, code: str, source: SubjectKind, subject_id: UUID, region: Region,
    passage: str = "",
) -> EvidenceLink:  # fmt: skip
    """The link, kept once; what it is evidence for is computed anew. Whether `by` may, is for the caller to check."""
    check_clause(regulation, code)
    link, is_new = EvidenceLink.objects.get_or_create(
        regulation=regulation, code=code, source=source, subject_id=subject_id,
        defaults={"region": region, "passage": passage.strip(), "by": by},
    )  # fmt: skip
    if is_new:
        recompute(regulation, codes=[code])
        record_event(
            by=by, action="programme.evidence.confirmed", object_kind=source.lower(), object_id=subject_id,
            after={"code": code}, region_id=region.pk,
        )  # fmt: skip
    return link


@transaction.atomic
def drop_evidence(
    *, by: User, regulation: Regulation, code: str, source: SubjectKind, subject_id: UUID, reason: str
) -> None:
    """The link is gone; without one, nothing happens."""
    found = EvidenceLink.objects.select_for_update().filter(
        regulation=regulation, code=code, source=source, subject_id=subject_id
    )
    link = found.first()
    if link is None:
        return
    region_id = link.region_id
    link.delete()
    recompute(regulation, codes=[code])
    record_event(
        by=by, action="programme.evidence.dropped", object_kind=source.lower(), object_id=subject_id,
        before={"code": code}, reason=reason, region_id=region_id,
    )  # fmt: skip


@transaction.atomic
def review_evidence(
    *, by: User, source: SubjectKind, kind: str, subject_id: UUID, move: ReviewMove, reason: str = "",
    version: int | None = None,
) -> Review:  # fmt: skip
    """Verified, returned or un-approved by the reviewing tier, and what it is evidence for computed anew.

    `kind`: the thing's own kind. Raises what `review_item` raises.
    """
    review = review_item(by=by, kind=source, subject_id=subject_id, move=move, reason=reason, version=version)
    refresh_evidence(source=source, kind=kind, subject_id=subject_id)
    return review


@transaction.atomic
def refresh_evidence(*, source: SubjectKind, kind: str, subject_id: UUID) -> int:
    """What the thing can serve, computed anew after it changed; how many obligations changed. Derived, no event."""
    changed = 0
    for regulation in list_regulations():
        if codes := list_touched(regulation, source, kind, subject_id):
            changed += recompute(regulation, codes=codes)
    return changed


def check_clause(regulation: Regulation, code: str) -> None:
    """UnknownClauseError unless the regulation has such an output or duty."""
    has_one = regulation.outputs.filter(code=code).exists() or regulation.duties.filter(code=code).exists()
    if not has_one:
        raise UnknownClauseError(code)
