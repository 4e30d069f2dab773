"""The things that can be evidence, whatever room keeps them, as the person in front of the page may see them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from tumbuh.accounts.api import MANAGE_ACTIVITIES, READ_ACTIVITIES
from tumbuh.activities.api import State, find_activity, get_kind, list_held
from tumbuh.documents.api import find_document, get_text, list_documents, make_reach, name_kind
from tumbuh.partners.api import list_titles as list_partner_titles
from tumbuh.programme.api import SubjectKind
from tumbuh.regions.api import Region
from tumbuh.web.site.viewer import list_held as list_assignments
from tumbuh.web.site.viewer import may


@dataclass(frozen=True)
class Thing:
    """Something that can be evidence. `is_mine`: the viewer may put it forward. `makers`: users who made it."""

    source: SubjectKind
    subject_id: UUID
    kind: str
    kind_name: str
    title: str
    region: Region
    href: str
    is_mine: bool
    is_ready: bool
    makers: frozenset[int]
    text: str = ""


def find_document_thing(request: HttpRequest, subject_id: UUID) -> Thing | None:
    reach = make_reach(list_assignments(request))
    found = find_document(reach, subject_id)
    if found is None:
        return None
    return Thing(
        SubjectKind.DOCUMENT, subject_id, found.kind, name_kind(found.kind), found.title, found.region,
        reverse("document", args=[subject_id]), reach.may_manage(found.region_id), found.withdrawn_at is None,
        frozenset({found.uploaded_by_id}), f"{found.title}\n{get_text(found)}",
    )  # fmt: skip


def find_activity_thing(request: HttpRequest, subject_id: UUID) -> Thing | None:
    found = find_activity(subject_id)
    if found is None or not may(request, READ_ACTIVITIES, found.region_id):
        return None
    return Thing(
        SubjectKind.ACTIVITY, subject_id, found.kind, get_kind(found.kind).label, found.title, found.region,
        reverse("activity", args=[subject_id]), may(request, MANAGE_ACTIVITIES, found.region_id),
        found.state == State.HELD, frozenset({found.planned_by_id}), found.title,
    )  # fmt: skip


FINDERS: dict[SubjectKind, Callable[[HttpRequest, UUID], Thing | None]] = {
    SubjectKind.DOCUMENT: find_document_thing,
    SubjectKind.ACTIVITY: find_activity_thing,
}


def get_thing_or_404(request: HttpRequest, source: str, subject_id: UUID) -> Thing:
    """The thing, for those who may read it; absent and not theirs look the same."""
    find = FINDERS.get(SubjectKind(source.upper())) if source.upper() in SubjectKind.values else None
    found = find(request, subject_id) if find and request.user.is_authenticated else None
    if found is None:
        raise Http404
    return found


def list_titles(wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, tuple[str, str]]:
    """Public number → (title, kind in words); one query for each source. For reviewers, who may read them."""
    by_source: dict[str, list[UUID]] = {}
    for source, subject_id in wanted:
        by_source.setdefault(source, []).append(subject_id)
    titles: dict[UUID, tuple[str, str]] = {}
    if documents := by_source.get(SubjectKind.DOCUMENT):
        for one in list_documents(kinds=(), or_ids=documents):
            titles[one.public_id] = (one.title, name_kind(one.kind))
    if activities := by_source.get(SubjectKind.ACTIVITY):
        for held in list_held(or_ids=activities):
            titles[held.public_id] = (held.title, get_kind(held.kind).label)
    if partnerships := by_source.get(SubjectKind.PARTNER):
        titles |= list_partner_titles(partnerships)
    return titles


def get_page(source: str, subject_id: UUID) -> str:
    """Where the thing is reviewed: partnerships on their own page, everything else on the page of evidence."""
    if source == SubjectKind.PARTNER:
        return reverse("partner-entry", args=[subject_id])
    return reverse("evidence_piece", args=[source.lower(), subject_id])
