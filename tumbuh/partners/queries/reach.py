"""What a viewer may read and write, from the roles they hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from tumbuh.accounts.api import (
    MANAGE_PARTNERS,
    READ_FIGURES,
    ROLES,
    WRITE_OWN_PARTNERSHIP,
    Assignment,
    Scope,
    User,
    join_spans,
    list_assignments,
)
from tumbuh.partners.models import Agreement, Contribution, CsrProgramme, PartnerReport, Research
from tumbuh.partners.rules import ITEM, PUBLIC_KINDS, Kind
from tumbuh.verification.api import list_verified

MODELS = {
    Kind.AGREEMENT: Agreement,
    Kind.CSR: CsrProgramme,
    Kind.RESEARCH: Research,
    Kind.CONTRIBUTION: Contribution,
    Kind.REPORT: PartnerReport,
}
NOWHERE = Scope()
# By which fields a thing belongs to an institution.
BELONGS_BY: dict[Kind, tuple[str, ...]] = {
    Kind.AGREEMENT: ("parties",),
    Kind.CSR: ("partner",),
    Kind.RESEARCH: ("lead", "institutions"),
    Kind.CONTRIBUTION: ("institution",),
    Kind.REPORT: ("institution",),
}


@dataclass(frozen=True)
class Reach:
    """`own`: for which institutions the viewer writes, each with the regions of the role. Empty for visitors."""

    manages: Scope = NOWHERE
    reads: Scope = NOWHERE
    own: dict[int, Scope] = field(default_factory=dict)


def make_reach(held: Iterable[Assignment]) -> Reach:
    """What these roles give; no query."""
    held = list(held)
    own: dict[int, Scope] = {}
    for one in held:
        if one.institution_id and WRITE_OWN_PARTNERSHIP in ROLES[one.role].permissions:
            spans = own[one.institution_id].spans if one.institution_id in own else ()
            own[one.institution_id] = Scope(join_spans([*spans, one.region.span]))
    return Reach(find_scope(held, MANAGE_PARTNERS), find_scope(held, READ_FIGURES), own)


def find_scope(held: list[Assignment], permission: str) -> Scope:
    """Where the roles give the permission."""
    return Scope(join_spans(one.region.span for one in held if permission in ROLES[one.role].permissions))


def find_reach(user: User) -> Reach:
    """What the user's roles of today give; one query."""
    return make_reach(list_assignments(user))


def is_of(kind: Kind, institutions: Iterable[int]) -> Q:
    """Things that belong to one of these institutions."""
    wanted = list(institutions)
    found = Q(pk__in=[])
    for path in BELONGS_BY[kind] if wanted else ():
        found |= Q(pk__in=MODELS[kind].objects.filter(**{f"{path}__in": wanted}).values("pk"))
    return found


def is_readable(kind: Kind, reach: Reach) -> Q:
    """Things whose every detail the viewer may read; an unfinished report only for those who may write it."""
    read = reach.reads.q("region_id")
    if kind == Kind.REPORT:
        read = (read & Q(submitted_at__isnull=False)) | reach.manages.q("region_id")
    return read | is_of(kind, reach.own)


def is_visible(kind: Kind, reach: Reach) -> Q:
    """Things of which the viewer sees at least what is public."""
    public = Q(public_id__in=list_verified(ITEM)) if kind in PUBLIC_KINDS else Q(pk__in=[])
    return Q(voided_at__isnull=True) & (is_readable(kind, reach) | public)
