"""What happened: written down whole, corrected, closed by the review; people and photos are kept apart."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from tests.factories.activities import make_held, make_people, make_photo, make_plan, make_record
from tumbuh.accounts.api import READ_ACTIVITIES, acting_for_scope, get_scope
from tumbuh.activities.api import (
    ITEM,
    Attendee,
    ClosedError,
    FollowUpError,
    MissingPartsError,
    NotYoursError,
    Observation,
    PhotoError,
    Sex,
    State,
    StateError,
    Task,
    add_photo,
    change_follow_up,
    list_held,
    plan_activity,
    read_details,
    record_held,
    remove_photo,
    reopen,
    submit_activity,
    withdraw_activity,
)
from tumbuh.activities.models import FollowUp, Minutes, Participant, Photo
from tumbuh.audit.api import Event
from tumbuh.notifications.api import Notice
from tumbuh.regions.api import get_span
from tumbuh.verification.api import ReviewMove, ReviewState, review_item

pytestmark = pytest.mark.django_db


def count_events() -> int:
    return Event.objects.filter(action__startswith="activities.").count()


def test_held_with_all_its_parts(operator, desa):
    held = make_held(operator, desa)
    assert (held.state, held.attended, held.attended_women) == (State.HELD, 6, 3)
    details = read_details(get_scope(operator, READ_ACTIVITIES), held)
    assert [len(details.people), len(details.decisions), len(details.follow_ups)] == [6, 1, 1]
    assert details.sections["agreement"] == "Isi agreement"
    event = Event.objects.get(action="activities.held")
    assert "Peserta" not in str(event.after) and event.after["attended"] == 6


def test_the_same_record_once_more_changes_nothing(operator, desa):
    held = make_held(operator, desa)
    people, events = list(Participant.objects.values_list("pk", flat=True)), count_events()
    record_held(by=operator, public_id=held.public_id, record=make_record())
    assert list(Participant.objects.values_list("pk", flat=True)) == people
    assert count_events() == events and Minutes.objects.count() == 1 and FollowUp.objects.count() == 1


def test_a_correction_is_a_new_version_and_keeps_follow_ups(operator, desa):
    held = make_held(operator, desa)
    sections = {**make_record().sections, "proposals": "PMT lokal"}
    later = Task("Menyusun RAB PMT", owner_name="Kaur keuangan", due_on=date(2030, 2, 1))
    record = make_record(sections=sections, people=make_people(5), tasks=(later,))
    assert record_held(by=operator, public_id=held.public_id, record=record).attended == 5
    assert list(Minutes.objects.values_list("version", flat=True)) == [2, 1]
    assert FollowUp.objects.get().owner_name == "Kaur keuangan"
    record_held(by=operator, public_id=held.public_id, record=replace(record, tasks=()))
    assert FollowUp.objects.count() == 1


def test_those_who_did_not_come_are_not_counted(operator, desa):
    absent = Attendee("Tidak Datang", "BPD", Sex.FEMALE, is_present=False)
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    held = record_held(by=operator, public_id=planned.public_id, record=make_record(people=(*make_people(), absent)))
    assert (held.attended, held.attended_women, Participant.objects.count()) == (6, 3, 7)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": make_people(4)}, "Peserta hadir baru 4, paling sedikit 5."),
        ({"decisions": ()}, "Keputusan belum ditulis."),
        ({"sections": {"situation": "ada", "agreement": " "}}, "“Kesepakatan dan komitmen bersama” kosong."),
    ],
)
def test_without_a_part_it_does_not_count_as_held(operator, desa, changes, words):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    with pytest.raises(MissingPartsError) as caught:
        record_held(by=operator, public_id=planned.public_id, record=make_record(**changes))
    assert words in str(caught.value) and len(caught.value.parts) == 1
    planned.refresh_from_db()
    assert planned.state == State.PLANNED and Participant.objects.count() == 0


def test_not_before_it_began_nor_without_owner_and_day(operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan(after=timedelta(days=3)))
    with pytest.raises(MissingPartsError):
        record_held(by=operator, public_id=planned.public_id, record=make_record())
    past = plan_activity(by=operator, region=desa, plan=make_plan())
    for task in (Task("x", due_on=date(2030, 1, 1)), Task("x", owner_name="y"), Task(" ", "y", due_on=date.max)):
        with pytest.raises(FollowUpError):
            record_held(by=operator, public_id=past.public_id, record=make_record(tasks=(task,)))


def test_a_finding_becomes_a_follow_up(staff, province):
    admin = staff["PROVINSI_ADMIN"]
    task = Task("Kalibrasi alat ukur", owner_region_id=province["91.01.01"].pk, due_on=date(2030, 1, 1))
    record = make_record("PEMBINAAN", tasks=(), findings=(Observation("Antropometri kit rusak", task),))
    planned = plan_activity(by=admin, region=province["91.01"], plan=make_plan("PEMBINAAN"))
    for _twice in range(2):
        record_held(by=admin, public_id=planned.public_id, record=record)
    found = FollowUp.objects.get()
    assert found.finding.text == "Antropometri kit rusak" and found.owner_region == province["91.01.01"]


def test_the_owner_below_closes_what_was_agreed_above(staff, province, operator, desa):
    task = Task("Mendata balita", owner_region_id=desa.pk, due_on=date(2026, 1, 1))
    planned = plan_activity(by=staff["KABUPATEN_ANALYST"], region=province["91.01"], plan=make_plan("RAPAT_KOORDINASI"))
    record_held(
        by=staff["KABUPATEN_ANALYST"], public_id=planned.public_id,
        record=make_record("RAPAT_KOORDINASI", tasks=(task, Task("Rapat lagi", "PMD", due_on=date(2026, 1, 1)))),
    )  # fmt: skip
    mine, other = FollowUp.objects.get(text="Mendata balita"), FollowUp.objects.get(text="Rapat lagi")
    with pytest.raises(FollowUpError):
        change_follow_up(by=operator, public_id=mine.public_id, state="DONE", outcome=" ")
    done = change_follow_up(by=operator, public_id=mine.public_id, state="DONE", outcome="42 balita terdata")
    assert done.closed_on and count_events() == 3
    change_follow_up(by=operator, public_id=mine.public_id, state="DONE", outcome="42 balita terdata")
    assert count_events() == 3
    with pytest.raises(FollowUpError):
        change_follow_up(by=operator, public_id=mine.public_id, state="DROPPED", outcome="x")
    with pytest.raises(NotYoursError):
        change_follow_up(by=operator, public_id=other.public_id, state="DONE", outcome="x")
    opened = change_follow_up(by=operator, public_id=mine.public_id, state="OPEN", outcome="data belum lengkap")
    assert opened.closed_on is None


def test_photos_are_drawn_anew_and_kept_once(operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan("KUNJUNGAN_LAPANGAN"))
    data = make_photo((3000, 1000))
    assert b"KAMERA-RAHASIA" in data
    photo = add_photo(by=operator, public_id=planned.public_id, data=data, caption="Peninjauan posyandu")
    assert add_photo(by=operator, public_id=planned.public_id, data=data, caption="lagi") == photo
    with photo.image.open() as file:
        kept = file.read()
    assert b"KAMERA-RAHASIA" not in kept and (photo.width, photo.height) == (1600, 533)
    assert dict(Image.open(BytesIO(kept)).getexif()) == {}
    assert (
        record_held(by=operator, public_id=planned.public_id, record=make_record("KUNJUNGAN_LAPANGAN")).state
        == State.HELD
    )


def test_what_is_no_photo_is_refused_with_words(operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    wide = BytesIO()
    Image.new("1", (60000, 1000)).save(wide, "PNG")
    for data in (b"", b"%PDF-1.7", make_photo()[:200], b"GIF89a" + bytes(50), bytes(12_000_001), wide.getvalue()):
        with pytest.raises(PhotoError):
            add_photo(by=operator, public_id=planned.public_id, data=data, caption="foto")
    with pytest.raises(PhotoError):
        add_photo(by=operator, public_id=planned.public_id, data=make_photo(), caption=" ")
    assert Photo.objects.count() == 0


def test_a_photo_is_taken_out_with_its_file(operator, desa, django_capture_on_commit_callbacks):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    photo = add_photo(by=operator, public_id=planned.public_id, data=make_photo(), caption="foto")
    wish = {"by": operator, "public_id": planned.public_id, "photo_id": photo.public_id}
    with pytest.raises(PhotoError):
        remove_photo(**wish, reason="")
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(**wish, reason="seorang tidak berkenan")
    assert Photo.objects.count() == 0 and not photo.image.storage.exists(photo.image.name)
    remove_photo(**wish, reason="lagi")


def test_verified_by_the_level_above_and_closed(operator, staff, desa):
    held = make_held(operator, desa)
    review = submit_activity(by=operator, public_id=held.public_id)
    assert review.state == ReviewState.SUBMITTED and operator.pk in review.makers
    for refused in (
        lambda: record_held(by=operator, public_id=held.public_id, record=make_record(decisions=("lain",))),
        lambda: add_photo(by=operator, public_id=held.public_id, data=make_photo(), caption="foto"),
        lambda: reopen(by=operator, public_id=held.public_id, reason="x"),
    ):
        with pytest.raises(ClosedError):
            refused()
    assert not list_held()[0].is_verified
    review_item(by=staff["KECAMATAN_VERIFIER"], kind=ITEM, subject_id=held.public_id, move=ReviewMove.VERIFY)
    assert list_held()[0].is_verified
    with pytest.raises(DatabaseError), transaction.atomic():
        held.decisions.update(text="diganti di belakang")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(held).objects.filter(pk=held.pk).update(attended=900)
    follow_up = FollowUp.objects.get()  # what was agreed goes on
    assert change_follow_up(by=operator, public_id=follow_up.public_id, state="DONE", outcome="selesai").closed_on


def test_sent_back_it_can_be_corrected_and_put_forward_again(operator, staff, desa):
    held = make_held(operator, desa)
    submit_activity(by=operator, public_id=held.public_id)
    review_item(
        by=staff["KECAMATAN_VERIFIER"], kind=ITEM, subject_id=held.public_id, move=ReviewMove.RETURN, reason="foto?"
    )
    record_held(by=operator, public_id=held.public_id, record=make_record(decisions=("a", "b")))
    assert submit_activity(by=operator, public_id=held.public_id).state == ReviewState.SUBMITTED
    withdraw_activity(by=operator, public_id=held.public_id)
    record_held(by=operator, public_id=held.public_id, record=make_record(decisions=("c",)))


def test_only_what_was_held_is_put_forward_and_only_ones_own(operator, staff, province, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    with pytest.raises(StateError):
        submit_activity(by=operator, public_id=planned.public_id)
    other = make_held(staff["PROVINSI_ADMIN"], province["91.02.01.2001"])
    with pytest.raises(NotYoursError):
        submit_activity(by=operator, public_id=other.public_id)


def test_the_database_shows_people_of_the_scope_only(operator, staff, province, desa):
    make_held(operator, desa)
    make_held(staff["PROVINSI_ADMIN"], province["91.02.01.2001"])
    for user, number in ((operator, 6), (staff["KABUPATEN_ANALYST"], 6), (staff["PROVINSI_ADMIN"], 12)):
        with acting_for_scope(get_scope(user, READ_ACTIVITIES)):
            assert Participant.objects.count() == number
    with acting_for_scope(get_scope(staff["ANALYST"], READ_ACTIVITIES)):
        assert (Participant.objects.count(), Minutes.objects.count()) == (0, 0)


def test_evidence_for_the_room_above(operator, staff, province, desa, django_assert_num_queries):
    held = make_held(operator, desa)
    make_held(staff["PROVINSI_ADMIN"], province["91.02.01.2001"])
    plan_activity(by=operator, region=desa, plan=make_plan())
    with django_assert_num_queries(1):
        found = list_held({"REMBUK_STUNTING"}, within=get_span("91.01"))
    assert [(one.public_id, one.attended, one.is_verified) for one in found] == [(held.public_id, 6, False)]
    assert len(list_held()) == 2 and list_held({"RAKOR"}) == []
    assert list_held(since=found[0].held_on, until=found[0].held_on) == list_held()
    assert list_held(since=found[0].held_on + timedelta(days=1)) == []


def test_the_owner_below_is_told_once(staff, province, operator, desa):
    analyst = staff["KABUPATEN_ANALYST"]
    tasks = (
        Task("Mendata balita", owner_region_id=desa.pk, due_on=date(2030, 1, 1)),
        Task("Rapat", "PMD", due_on=date.max),
    )
    planned = plan_activity(by=analyst, region=province["91.01"], plan=make_plan("RAPAT_KOORDINASI"))
    for decisions in (("a",), ("b",), ("b",)):
        record = make_record("RAPAT_KOORDINASI", tasks=tasks, decisions=decisions)
        record_held(by=analyst, public_id=planned.public_id, record=record)
    found = [(one.user, one.kind, one.places) for one in Notice.objects.all()]
    assert found == [(operator, "follow_up.given", {"place": "Kabupaten Hulu"})]
