"""Writing down what happened: people, minutes, decisions, findings and follow-ups, all of it or nothing."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User, acting_for_scope
from tumbuh.activities.actions.gates import check_move, lock_activity
from tumbuh.activities.actions.reviews import check_open
from tumbuh.activities.actions.telling import tell_owners
from tumbuh.activities.errors import StateError
from tumbuh.activities.models import Activity, Decision, Finding, FollowUp, Minutes, Participant
from tumbuh.activities.queries.definitions import get_kind
from tumbuh.activities.rules import (
    Attendee,
    FollowUpState,
    Kind,
    Move,
    Record,
    Sex,
    State,
    Task,
    check_record,
    count_present,
)
from tumbuh.audit.api import record_event


@transaction.atomic
def record_held(*, by: User, public_id: UUID, record: Record) -> Activity:
    """The activity as held, with this record in place of the former one; follow-ups that were there stay.

    The same record once more changes nothing. Raises MissingPartsError when the kind asks for more.
    """
    activity, scope = lock_activity(by, public_id)
    check_move(activity, Move.HOLD)
    check_open(activity)
    kind = get_kind(activity.kind)
    with acting_for_scope(scope):
        check_whole(activity, kind, record)
        changed = [
            write_people(activity, record),
            write_minutes(activity, kind, record, by),
            write_decisions(activity, record),
            *[write_task(activity, task)[1] for task in record.tasks],
            write_findings(activity, record),
        ]
    if activity.state == State.HELD and not any(changed):
        return activity
    activity.state, activity.state_reason = State.HELD, ""
    activity.attended = count_present(record)
    activity.attended_women = sum(one.is_present and one.sex == Sex.FEMALE for one in record.people)
    activity.save()
    tell_owners(by=by, activity=activity, tasks=[*activity.follow_ups.select_related("owner_region")])
    record_event(
        by=by, action="activities.held", object_kind="activity", object_id=public_id, region_id=activity.region_id,
        after={"attended": activity.attended, "decisions": len(record.decisions), "follow_ups": len(record.tasks)},
    )  # fmt: skip
    return activity


def check_whole(activity: Activity, kind: Kind, record: Record) -> None:
    """Raises MissingPartsError when the record, with what is there already, lacks something."""
    check_invited(activity, record)
    texts = {task.text for task in record.tasks}
    there = [text for text in activity.follow_ups.values_list("text", flat=True) if text not in texts]
    check_record(
        kind, record, starts_at=activity.starts_at, now=timezone.now(), follow_ups=len(there),
        photos=activity.photos.count(), reach=len(activity.reach),
    )  # fmt: skip


def check_invited(activity: Activity, record: Record) -> None:
    """Raises StateError when somebody came upon an invitation that is not on the list, or two upon one."""
    used = [one.invitee_id for one in record.people if one.invitee_id]
    if len(set(used)) != len(used) or activity.invitees.filter(pk__in=used).count() != len(used):
        raise StateError(_("Daftar undangan berubah sesudah halaman ini dibuka. Muat ulang, lalu catat lagi."))


def write_people(activity: Activity, record: Record) -> bool:
    """The list of participants in place of the former one; whether it differs."""
    rows = activity.participants.order_by("id").values_list(
        "name", "institution", "sex", "part", "is_present", "invitee_id"
    )
    if [Attendee(*row) for row in rows] == list(record.people):
        return False
    activity.participants.all().delete()
    Participant.objects.bulk_create(
        Participant(
            activity=activity, name=one.name, institution=one.institution, sex=one.sex, part=one.part,
            is_present=one.is_present, invitee_id=one.invitee_id,
        )
        for one in record.people
    )  # fmt: skip
    return True


def write_minutes(activity: Activity, kind: Kind, record: Record, by: User) -> bool:
    """A new version of the minutes; whether the texts differ from the newest."""
    texts = {section.key: record.sections.get(section.key, "").strip() for section in kind.sections}
    newest = activity.minutes.order_by("-version").first()
    if (newest.sections if newest else dict.fromkeys(texts, "")) == texts:
        return False
    version = newest.version + 1 if newest else 1
    Minutes.objects.create(activity=activity, version=version, sections=texts, written_by=by)
    return True


def write_decisions(activity: Activity, record: Record) -> bool:
    """The decisions in place of the former ones; whether they differ."""
    if list(activity.decisions.values_list("text", flat=True)) == list(record.decisions):
        return False
    activity.decisions.all().delete()
    Decision.objects.bulk_create(
        Decision(activity=activity, number=number, text=text) for number, text in enumerate(record.decisions, 1)
    )
    return True


def write_task(activity: Activity, task: Task) -> tuple[FollowUp, bool]:
    """The follow-up with these words, made or, while it is open, with owner and day as given; whether it differs."""
    values = {
        "owner_name": task.owner_name.strip(), "owner_region_id": task.owner_region_id,
        "owner_institution_id": task.owner_institution_id, "due_on": task.due_on,
    }  # fmt: skip
    found, is_new = FollowUp.objects.get_or_create(activity=activity, text=task.text.strip(), defaults=values)
    differs = any(getattr(found, name) != value for name, value in values.items())
    if not is_new and differs and found.state == FollowUpState.OPEN:
        FollowUp.objects.filter(pk=found.pk).update(**values)
    return found, is_new or (differs and found.state == FollowUpState.OPEN)


def write_findings(activity: Activity, record: Record) -> bool:
    """The findings that are new, each with its recommendation as a follow-up; whether there were any."""
    changed = False
    for observation in record.findings:
        follow_up, is_new = write_task(activity, observation.task)
        _finding, is_first = Finding.objects.get_or_create(
            activity=activity, text=observation.text.strip(), defaults={"follow_up": follow_up}
        )
        changed |= is_new or is_first
    return changed
