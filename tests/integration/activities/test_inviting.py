"""Invited before the activity is held, and at holding: who came, in whose stead, who did not, who came uninvited."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.factories.activities import make_held, make_people, make_plan, make_record
from tumbuh.accounts.api import READ_ACTIVITIES, acting_for_scope, get_scope
from tumbuh.activities.api import (
    Attendee,
    ClosedError,
    Guest,
    NotYoursError,
    PlanError,
    Sex,
    Standing,
    StateError,
    invite,
    list_invitees,
    plan_activity,
    read_attendance,
    read_details,
    record_held,
    reopen,
    submit_activity,
)
from tumbuh.activities.models import Activity, Invitee, Participant
from tumbuh.audit.api import Event

pytestmark = pytest.mark.django_db
GUESTS = (Guest("Camat"), Guest("Ani", "PKK", Sex.FEMALE), Guest("", "Puskesmas Hulu"))


@pytest.fixture
def invited(operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    return invite(by=operator, public_id=planned.public_id, guests=GUESTS, version=planned.version)


def read(user, activity):
    return read_details(get_scope(user, READ_ACTIVITIES), activity)


def come(invitee: Invitee, name: str = "", sex: Sex = Sex.FEMALE) -> Attendee:
    return Attendee(name or invitee.name, invitee.institution, sex, invitee.part, True, invitee.pk)


def hold(user, activity, people):
    return record_held(by=user, public_id=activity.public_id, record=make_record(people=tuple(people)))


def test_the_list_is_kept_in_order_and_the_trail_has_no_names(operator, invited):
    assert [Guest(one.name, one.institution, one.sex) for one in read(operator, invited).invitees] == list(GUESTS)
    event = Event.objects.get(action="activities.invited")
    assert event.after == {"invited": 3, "version": 1} and "Ani" not in str(event.after)


def test_the_same_list_once_more_changes_nothing(operator, invited):
    keys = list(Invitee.objects.values_list("pk", flat=True))
    assert invite(by=operator, public_id=invited.public_id, guests=GUESTS).version == invited.version
    assert list(Invitee.objects.values_list("pk", flat=True)) == keys
    assert Event.objects.filter(action="activities.invited").count() == 1


def test_another_list_keeps_those_who_stay_on_it(operator, invited):
    ani = Invitee.objects.get(name="Ani").pk
    changed = (Guest("", "Puskesmas Hulu"), Guest("Ani", "PKK", Sex.FEMALE), Guest("Budi"))
    invite(by=operator, public_id=invited.public_id, guests=changed)
    found = list_invitees(get_scope(operator, READ_ACTIVITIES), invited)
    assert [one.name or one.institution for one in found] == ["Puskesmas Hulu", "Ani", "Budi"] and found[1].pk == ani


def test_two_who_write_the_list_at_once(operator, invited):
    with pytest.raises(StateError):
        invite(by=operator, public_id=invited.public_id, guests=GUESTS[:1], version=invited.version - 1)
    assert Invitee.objects.count() == 3


@pytest.mark.parametrize("guests", [(Guest(" ", " "),), tuple(Guest(f"Tamu {number}") for number in range(501))])
def test_an_invitation_to_nobody_and_too_long_a_list_are_refused(operator, invited, guests):
    with pytest.raises(PlanError):
        invite(by=operator, public_id=invited.public_id, guests=guests)


def test_others_do_not_invite(staff, invited):
    with pytest.raises(NotYoursError):
        invite(by=staff["ANALYST"], public_id=invited.public_id, guests=GUESTS[:1])


def test_before_it_is_held_nobody_has_a_standing(operator, invited):
    found = read_attendance(read(operator, invited), is_held=False)
    assert [line.standing for line in found.lines] == [None, None, None]
    assert (found.turnout.invited, found.turnout.came, found.turnout.uninvited) == (3, 0, 0)


def test_the_list_becomes_attendance(operator, invited):
    camat, _ani, puskesmas = read(operator, invited).invitees
    people = [come(camat, "Sekretaris camat", Sex.MALE), come(puskesmas, "Bidan Eka"), *make_people(3)]
    held = hold(operator, invited, people)
    assert (held.attended, held.attended_women) == (5, 3)
    found = read_attendance(read(operator, held), is_held=True)
    assert [(line.name, line.standing, line.instead_of) for line in found.lines[:3]] == [
        ("Sekretaris camat", Standing.PRESENT, "Camat"), ("Ani", Standing.ABSENT, ""),
        ("Bidan Eka", Standing.PRESENT, ""),
    ]  # fmt: skip
    assert [line.standing for line in found.lines[3:]] == [Standing.UNINVITED] * 3
    assert (found.turnout.invited, found.turnout.came, found.turnout.uninvited) == (3, 2, 3)
    assert hold(operator, held, people).changed_at == Activity.objects.get().changed_at


def test_without_a_list_nobody_came_uninvited(operator, desa):
    held = make_held(operator, desa)
    found = read_attendance(read(operator, held), is_held=True)
    assert {line.standing for line in found.lines} == {Standing.PRESENT} and found.turnout.invited == 0


def test_nobody_comes_twice_nor_upon_the_invitation_of_another_activity(operator, desa, invited):
    other = plan_activity(by=operator, region=desa, plan=make_plan())
    camat = read(operator, invited).invitees[0]
    for activity, people in ((invited, [come(camat), come(camat, "Wakil")]), (other, [come(camat)])):
        with pytest.raises(StateError):
            hold(operator, activity, [*people, *make_people()])
    assert Participant.objects.count() == 0


def test_once_held_the_list_changes_only_after_going_back_to_the_plan(operator, invited):
    camat, ani, _puskesmas = read(operator, invited).invitees
    held = hold(operator, invited, [come(camat), come(ani), *make_people(3)])
    with pytest.raises(StateError):
        invite(by=operator, public_id=held.public_id, guests=GUESTS[:1])
    reopen(by=operator, public_id=held.public_id, reason="ejaan nama")
    invite(by=operator, public_id=held.public_id, guests=(GUESTS[0], Guest("Anni", "PKK")))
    people = {one.name: one.invitee_id for one in Participant.objects.all()}
    assert people["Camat"] == camat.pk and people["Ani"] is None and len(people) == 5


def test_put_forward_it_is_closed_for_actions_and_for_the_database(operator, invited):
    camat = read(operator, invited).invitees[0]
    held = hold(operator, invited, [come(camat), *make_people(4)])
    submit_activity(by=operator, public_id=held.public_id)
    with pytest.raises((ClosedError, StateError)):
        invite(by=operator, public_id=held.public_id, guests=GUESTS[:1])
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitee.objects.filter(pk=camat.pk).update(name="diganti di belakang")
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitee.objects.filter(name="Ani").delete()


def test_the_database_shows_those_invited_to_their_scope_only(operator, staff, province, invited):
    for user, number in ((operator, 3), (staff["KABUPATEN_ANALYST"], 3), (staff["ANALYST"], 0)):
        with acting_for_scope(get_scope(user, READ_ACTIVITIES)):
            assert Invitee.objects.count() == number
    assert list_invitees(get_scope(staff["ANALYST"], READ_ACTIVITIES), invited) == []


def test_the_migration_keeps_what_was_written_before(operator, desa):
    """Back to the tables without invitations and forward again: attendance is the same, nobody counts as invited."""
    absent = replace(make_people(7)[6], is_present=False)
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    hold(operator, planned, [*make_people(6), absent])
    fields = ("pk", "name", "institution", "sex", "part", "is_present")
    before = list(Participant.objects.values_list(*fields))
    connection.check_constraints()  # nothing waits for the end of the transaction
    executor = MigrationExecutor(connection)
    names = sorted(name for app, name in executor.loader.disk_migrations if app == "activities")
    executor.migrate([("activities", "0003_closed_records")])
    executor = MigrationExecutor(connection)
    executor.migrate([("activities", names[-1])])
    assert list(Participant.objects.values_list(*fields)) == before
    found = read_attendance(read(operator, planned), is_held=True)
    assert (found.turnout.invited, [line.standing for line in found.lines].count(Standing.ABSENT)) == (0, 1)
