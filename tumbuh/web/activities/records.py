"""Writing down what happened, photos, reach and surveys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import MANAGE_ACTIVITIES, Institution, Scope, list_institutions
from tumbuh.activities.api import (
    ActivityError,
    Attendee,
    Details,
    Invitee,
    Kind,
    MissingPartsError,
    Observation,
    ParticipantLinesError,
    Record,
    Task,
    get_kind,
    parse_participants,
    read_details,
    record_held,
    write_participants,
)
from tumbuh.regions.api import Region, Span, list_children
from tumbuh.web.activities.arrivals import describe_arrivals, echo_arrivals, read_arrivals
from tumbuh.web.activities.calendar import read_day
from tumbuh.web.activities.gates import clean, get_activity_or_404, get_own_scope

ROWS = 3  # empty lines for follow-ups and findings


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The form of the record; what is wrong is said above it, and nothing that was written is lost."""
    held = get_activity_or_404(request, activity_id, MANAGE_ACTIVITIES)
    kind, owners, wrong = get_kind(held.kind), list_owners(held.region), []
    institutions = list_nearby(held.region)
    details = read_details(get_own_scope(held), held)
    if request.method == "POST":
        try:
            written = read_record(clean(request.POST), kind, owners, institutions, details.invitees)
            record_held(by=request.user, public_id=activity_id, record=written)
            messages.success(request, _("Pelaksanaan dicatat."))
            return redirect("activity", activity_id)
        except MissingPartsError as error:
            wrong = error.parts
        except ActivityError as error:
            wrong = [str(error)]
    page = {
        "activity": held, "kind": kind, "owners": owners, "wrong": wrong, "details": details, "region": held.region,
        "institutions": institutions,
        **(echo(request.POST, kind, details) if request.method == "POST" else describe(details, kind)),
    }  # fmt: skip
    return render(request, "activities/record.html", page, status=422 if wrong else 200)


def list_owners(region: Region) -> list[Region]:
    """Whose a follow-up can be: the region, those directly below and the one above."""
    return [region, *list_children(region), *([region.parent] if region.parent else [])]


def list_nearby(region: Region) -> list[Institution]:
    """The institutions of the region and of the one above it."""
    near = [region, *([region.parent] if region.parent else [])]
    return list(list_institutions(Scope(tuple(Span(each.pk, each.pk) for each in near))))


def read_record(
    values: Mapping[str, str], kind: Kind, owners: list[Region], institutions: list[Institution],
    invitees: Sequence[Invitee] = (),
) -> Record:  # fmt: skip
    """What the form says; raises ParticipantLinesError with a sentence for each line that cannot be read."""
    people, wrong = parse_participants(values.get("peserta", ""))
    arrived, faults = read_arrivals(values, invitees)
    if wrong or faults:
        raise ParticipantLinesError([*faults, *wrong])
    by_code = {owner.code: owner.pk for owner in owners}
    by_name = {one.name.casefold(): one.pk for one in institutions}
    tasks = tuple(task for _text, task in read_rows(values, by_code, by_name, "tugas"))
    findings = tuple(Observation(text, task) for text, task in read_rows(values, by_code, by_name, "temuan"))
    return Record(
        people=(*arrived, *people),
        sections={each.key: values.get(f"bagian_{each.key}", "") for each in kind.sections},
        decisions=tuple(line.strip() for line in values.get("keputusan", "").splitlines() if line.strip()),
        tasks=tasks,
        findings=findings if kind.has_findings else (),
    )


def read_rows(
    values: Mapping[str, str], owners: Mapping[str, int], institutions: Mapping[str, int], name: str
) -> Iterator[tuple[str, Task]]:
    """(finding, task) of each line that says anything; a finding without a recommendation is its own task.

    An owner who is called like an institution nearby is that institution.
    """
    for number in range(ROWS):
        row = {part: values.get(f"{name}{number}_{part}", "").strip() for part in ("temuan", "apa", "siapa", "wilayah")}
        due_on = read_day(values.get(f"{name}{number}_tenggat", ""))
        text = row["apa"] or row["temuan"]
        if text:
            institution = institutions.get(row["siapa"].casefold())
            owner = "" if institution else row["siapa"][:200]
            region = owners.get(row["wilayah"])
            yield row["temuan"][:1000] or text, Task(text[:500], owner, region, institution, due_on)


def describe(details: Details, kind: Kind) -> dict[str, Any]:
    """The record as it stands, for the form."""
    people = [
        Attendee(one.name, one.institution, one.sex, one.part, one.is_present)
        for one in details.people if not one.invitee_id
    ]  # fmt: skip
    return {
        "arrivals": describe_arrivals(details),
        "people": write_participants(people),
        "sections": [(each, details.sections.get(each.key, "")) for each in kind.sections],
        "decisions": "\n".join(each.text for each in details.decisions),
        "rows": list_empty("tugas"),
        "finding_rows": list_empty("temuan"),
    }


def list_empty(name: str) -> list[dict[str, str]]:
    return [{"name": f"{name}{number}"} for number in range(ROWS)]


def echo(values: Mapping[str, str], kind: Kind, details: Details) -> dict[str, Any]:
    """What was sent, for the form again."""

    def list_rows(name: str) -> list[dict[str, str]]:
        parts = ("temuan", "apa", "siapa", "wilayah", "tenggat")
        return [
            {"name": f"{name}{number}", **{part: values.get(f"{name}{number}_{part}", "") for part in parts}}
            for number in range(ROWS)
        ]

    return {
        "arrivals": echo_arrivals(values, details.invitees),
        "people": values.get("peserta", ""),
        "sections": [(each, values.get(f"bagian_{each.key}", "")) for each in kind.sections],
        "decisions": values.get("keputusan", ""),
        "rows": list_rows("tugas"),
        "finding_rows": list_rows("temuan"),
    }
