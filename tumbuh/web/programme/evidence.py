"""Evidence as the pages show it: what proves an output or duty, and the pieces that there are."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import READ_ACTIVITIES, READ_DOCUMENTS
from tumbuh.activities.api import read_kinds as read_activity_kinds
from tumbuh.documents.api import name_kind as name_document
from tumbuh.partners.api import Kind
from tumbuh.programme.api import (
    Duty,
    EvidenceRule,
    Output,
    Proof,
    Regulation,
    SubjectKind,
    System,
    get_checklist,
    list_clause_proofs,
    read_rule,
)
from tumbuh.regions.api import Region, get_code
from tumbuh.web.site.viewer import may

SHOWN = 20


@dataclass(frozen=True)
class Piece:
    """A piece of evidence on a page; `href` empty where the viewer may not read the thing itself."""

    title: str
    href: str
    place: str
    year: int
    is_verified: bool
    is_confirmed: bool


def describe_evidence(
    request: HttpRequest,
    regulation: Regulation,
    region: Region,
    output: Output | None,
    duty: Duty | None,
    *,
    known: Collection[Region] = (),
) -> dict[str, Any]:
    """What proves it, and the newest pieces of the region and all below it; `known`: regions at hand."""
    rules = [read_rule(entry) for entry in (output.evidence if output else [duty.evidence if duty else {}])]
    code = output.code if output else duty.code if duty else ""
    found = list_clause_proofs(regulation, code, rules, region)
    found.sort(key=lambda proof: (-proof.year, proof.region_id))
    return {
        "proving": list(dict.fromkeys(name for rule in rules for name in name_kinds(rule))),
        "needs_confirming": any(rule.confirmed for rule in rules),
        "proofs": describe_pieces(request, found[:SHOWN], known),
        "proof_count": len(found),
    }


def name_kinds(rule: EvidenceRule) -> list[str]:
    """The kinds and systems that a rule names, in words."""
    names = [name_kind(source, kind) for source, kinds in rule.kinds.items() for kind in sorted(kinds)]
    return [*names, *([str(System(rule.system).label)] if rule.system else [])]


def name_kind(source: SubjectKind, kind: str) -> str:
    """A kind's name in the reader's language."""
    return NAMES[source](kind)


def name_activity(kind: str) -> str:
    found = read_activity_kinds().get(kind)
    return found.label if found else kind


def name_convergence(kind: str) -> str:
    """The action by its code, as the newest checklist calls it."""
    found = get_checklist(timezone.localdate().year).actions
    return next((action.name for action in found if action.code == kind), kind)


def name_partnership(kind: str) -> str:
    """The kind, and whether several did it together."""
    label = str(Kind(kind.removeprefix("JOINT_")).label)
    return _("%(kind)s bersama") % {"kind": label} if kind.startswith("JOINT_") else label


NAMES: dict[SubjectKind, Callable[[str], str]] = {
    SubjectKind.ACTIVITY: name_activity,
    SubjectKind.CHECKLIST: name_convergence,
    SubjectKind.DOCUMENT: name_document,
    SubjectKind.PARTNER: name_partnership,
}
READING = {SubjectKind.ACTIVITY: READ_ACTIVITIES, SubjectKind.DOCUMENT: READ_DOCUMENTS}


def describe_pieces(request: HttpRequest, proofs: list[Proof], known: Collection[Region] = ()) -> list[Piece]:
    """Titles only for those who may read the thing; everybody else reads its kind. A query for regions not known."""
    places = {region.pk: region.full_name for region in known}
    if missing := {proof.region_id for proof in proofs} - places.keys():
        places |= {region.pk: region.full_name for region in Region.objects.filter(pk__in=missing)}
    return [describe_piece(request, proof, places) for proof in proofs]


def describe_piece(request: HttpRequest, proof: Proof, places: dict[int, str]) -> Piece:
    if proof.source == SubjectKind.CHECKLIST:  # public, as every status is
        href = reverse("programme_checklist", args=[get_code(proof.region_id), proof.year])
        return Piece(name_kind(proof.source, proof.kind), href, places.get(proof.region_id, ""), proof.year,
                     proof.is_verified, is_confirmed=False)  # fmt: skip
    if proof.source == SubjectKind.PARTNER:  # what was verified is public, what waits is for those at work
        is_open = proof.is_verified or request.user.is_authenticated
        href = reverse("partner-entry", args=[proof.subject_id]) if request.user.is_authenticated else ""
        title = proof.title if is_open else name_kind(proof.source, proof.kind)
        return Piece(title, href, places.get(proof.region_id, ""), proof.year, proof.is_verified, is_confirmed=False)
    may_read = may(request, READING[proof.source], proof.region_id)
    href = reverse("evidence_piece", args=[proof.source.lower(), proof.subject_id]) if may_read else ""
    title = proof.title if may_read else name_kind(proof.source, proof.kind)
    return Piece(title, href, places.get(proof.region_id, ""), proof.year, proof.is_verified, bool(proof.confirmed))
