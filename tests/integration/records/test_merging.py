"""Two entries of one person become one and two again: nothing lost, nothing doubled, everything as it was."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck as Check
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import make_user
from tests.factories.merging import give_everything, make_pair, read_register
from tests.factories.packages import submit
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import assign_role, whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.records.actions.relations import list_relations
from tumbuh.records.api import (
    MergeBirthError,
    MergeKinError,
    MergeOverlaidError,
    MonthsClosedError,
    ReasonMissingError,
    merge_people,
    open_undoing,
    undo_batch,
    unmerge_people,
)
from tumbuh.records.models import HealthCheck, Measurement, Person, PersonMerge
from tumbuh.verification.api import SERVICES
from tumbuh.verification.models import Contribution

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def desa():
    return make_province()["91.01.01.2001"]


@pytest.fixture
def operator(desa):
    return make_user("operator", role="DESA_OPERATOR", region=desa)


@pytest.fixture
def pair(desa):
    return make_pair(desa)


def merge(operator, kept, absorbed, reason="satu anak"):
    return merge_people(by=operator, kept=kept, absorbed=absorbed, reason=reason)


def part(operator, joined, reason="ternyata dua anak"):
    return unmerge_people(by=operator, merge=joined.merge, reason=reason)


def test_measurements_of_both_are_the_one_persons(operator, pair, desa):
    kept, absorbed = pair
    Person.objects.filter(pk=absorbed.pk).update(birth_weight_kg=Decimal("2.9"))
    before = set(Measurement.objects.values_list("pk", flat=True))
    joined = merge(operator, kept, absorbed)
    person = Person.objects.get()
    assert (person.pk, person.birth_weight_kg, person.mother_name) == (kept.pk, Decimal("2.9"), kept.mother_name)
    assert set(person.measurements.values_list("pk", flat=True)) == before
    assert (desa.pk, MARCH) in joined.desa_months
    event = Event.objects.get(action="records.people.merged")
    assert event.after == {"moved": 1, "set_aside": 0} and kept.name not in str(event.after)
    assert Contribution.objects.filter(user=operator, month=MARCH).exists()


def test_parting_gives_everything_back(operator, pair):
    kept, absorbed = pair
    for person, day in ((kept, 1), (absorbed, 2), (absorbed, 3)):
        give_everything(person, date(2026, 2, day))
    before = read_register()
    joined = merge(operator, kept, absorbed)
    assert read_register() != before
    tables = {entry["table"] for entry in joined.merge.content["moved"]}
    assert tables >= {"records_couple", "records_healthcheck", "records_measurement", "records_pregnancy"}
    part(operator, joined)
    assert read_register() == before


def test_every_table_that_moves_is_tried_here():
    tried = {"records_couple", "records_healthcheck", "records_measurement", "records_person", "records_pregnancy",
             "records_servicereceived", "records_statement"}  # fmt: skip
    assert {relation.table for relation in list_relations()} == tried, "give the new table a row in give_everything"


def test_measured_twice_on_one_day_fills_blanks_and_keeps_the_other_row(operator, desa):
    kept, absorbed = make_pair(desa, (10,), (12,))
    values = {"weight_kg": Decimal("11.9"), "muac_cm": Decimal("14.5"), "mother_name": "SITI AISA"}
    save_rows(make_staged("AISAH", measured_on=date(2026, 3, 10), **values))
    before = read_register()
    joined = merge(operator, kept, absorbed)
    visit = kept.measurements.get(measured_on=date(2026, 3, 10))
    assert (visit.weight_kg, visit.muac_cm, visit.muacz is not None) == (Decimal("11.2"), Decimal("14.5"), True)
    assert kept.measurements.count() == 2
    assert len(joined.merge.content["aside"]) == 1 and "11.9" in joined.merge.content["aside"][0]["row"]
    part(operator, joined)
    assert read_register() == before


def test_the_way_of_measuring_comes_only_with_its_length(operator, desa):
    kept, absorbed = make_pair(desa, (10,), (10,))
    Measurement.objects.filter(person=kept).update(mode="")
    Measurement.objects.filter(person=absorbed).update(lenhei_cm=Decimal("86"), mode="L")
    merge(operator, kept, absorbed)
    assert kept.measurements.get().mode == ""


def test_what_was_written_since_stays_where_it_was_written(operator, desa, pair):
    kept, absorbed = pair
    joined = merge(operator, kept, absorbed)
    save_rows(make_staged("AISYAH PUTRI", measured_on=date(2026, 3, 20), mother_name="SITI AISY"))
    Person.objects.filter(pk=kept.pk).update(name="Aisyah P.", left_on=date(2026, 3, 30))
    part(operator, joined)
    kept.refresh_from_db()
    assert (kept.name, kept.left_on) == ("Aisyah P.", date(2026, 3, 30))
    assert sorted(kept.measurements.values_list("measured_on", flat=True)) == [date(2026, 3, 10), date(2026, 3, 20)]
    assert Person.objects.get(pk=absorbed.pk).measurements.count() == 1


def test_a_nik_goes_along_and_comes_back(operator, desa):
    save_rows(make_staged("AISYAH PUTRI"), make_staged("AISAH", nik="9101014503240001", birth_date=date(2024, 3, 6)))
    kept, absorbed = Person.objects.order_by("-name")
    before = read_register()
    joined = merge(operator, kept, absorbed)
    assert bytes(Person.objects.get().nik_index) == bytes(absorbed.nik_index)
    part(operator, joined)
    assert read_register() == before


def test_births_of_two_dates_are_measured_by_the_one_that_stays(operator, desa):
    kept, _other = make_pair(desa)
    born = date(2024, 1, 5)
    save_rows(make_staged("AISAH B", birth_date=born, measured_on=date(2026, 3, 15)))
    third = Person.objects.get(name="AISAH B")
    before = read_register()
    joined = merge(operator, kept, third)
    moved = kept.measurements.get(measured_on=date(2026, 3, 15))
    assert moved.birth_date == kept.birth_date and moved.age_days == (date(2026, 3, 15) - kept.birth_date).days
    assert moved.haz is not None
    part(operator, joined)
    assert read_register() == before


def test_refusals_leave_everything_as_it_was(operator, pair, desa):
    kept, absorbed = pair
    before = read_register()
    with pytest.raises(ReasonMissingError):
        merge(operator, kept, absorbed, reason="  ")
    with pytest.raises(Person.DoesNotExist):
        merge(operator, kept, kept)
    late = Person.objects.create(
        desa=desa, name="BARU", name_key="baru", sex="F", birth_date=date(2026, 3, 11), registered_on=date(2026, 3, 11),
        batch=kept.batch,
    )  # fmt: skip
    with pytest.raises(MergeBirthError):
        merge(operator, late, kept)
    late.mother = kept
    late.save()
    with pytest.raises(MergeKinError):
        merge(operator, kept, late)
    late.delete()
    assert read_register() == before


@pytest.mark.parametrize(("role", "place"), [("DESA_OPERATOR", "91.02.01.2001"), ("KECAMATAN_VERIFIER", "91.01.01"),
                                             ("KADER", "91.01.01.2001")])  # fmt: skip
def test_who_may_not_merge_finds_nobody(pair, role, place):
    from tumbuh.regions.api import get_region

    stranger = make_user("lain", role=role, region=get_region(place))
    with pytest.raises(Person.DoesNotExist):
        merge(stranger, *pair)


def test_both_must_be_within_reach(operator, pair, desa):
    kept, absorbed = pair
    Person.objects.filter(pk=absorbed.pk).update(desa_id=9101012002)
    with pytest.raises(Person.DoesNotExist):
        merge(operator, kept, absorbed)


def test_closed_months_refuse_and_name_themselves(operator, pair, desa):
    kept, absorbed = pair
    submit(operator, desa, MARCH)
    before = read_register()
    with pytest.raises(MonthsClosedError, match="Maret 2026"):
        merge(operator, kept, absorbed)
    assert read_register() == before


def test_months_closed_since_refuse_to_be_taken_back(operator, pair, desa):
    joined = merge(operator, *pair)
    submit(operator, desa, MARCH)
    before = read_register()
    with pytest.raises(MonthsClosedError, match="Maret 2026"):
        part(operator, joined)
    assert read_register() == before and PersonMerge.objects.get().undone_at is None


def test_a_child_counted_but_not_measured_in_a_closed_month_is_refused_too(operator, desa):
    kept, absorbed = make_pair(desa)
    save_rows(make_staged("LAIN", measured_on=date(2026, 4, 10)))
    submit(operator, desa, date(2026, 4, 1))
    with pytest.raises(MonthsClosedError, match="April 2026"):
        merge(operator, kept, absorbed)


def test_closed_months_of_services_refuse_too(operator, pair, desa):
    kept, absorbed = pair
    give_everything(absorbed, date(2026, 3, 2))
    submit(operator, desa, MARCH, SERVICES)
    before = read_register()
    with pytest.raises(MonthsClosedError, match="Maret 2026"):
        merge(operator, kept, absorbed)
    assert read_register() == before


def test_services_closed_since_refuse_to_be_taken_back(operator, pair, desa):
    kept, absorbed = pair
    give_everything(absorbed, date(2026, 3, 2))
    joined = merge(operator, kept, absorbed)
    assert Contribution.objects.filter(user=operator, month=MARCH, data_set=SERVICES).exists()
    submit(operator, desa, MARCH, SERVICES)
    with pytest.raises(MonthsClosedError, match="Maret 2026"):
        part(operator, joined)


def test_the_later_merge_is_taken_back_first(operator, desa):
    kept, absorbed = make_pair(desa)
    save_rows(make_staged("AISYAH B", measured_on=date(2026, 3, 15)))
    third = Person.objects.get(name="AISYAH B")
    before = read_register()
    first = merge(operator, kept, absorbed)
    between = read_register()
    second = merge(operator, third, kept)
    with pytest.raises(MergeOverlaidError):
        part(operator, first)
    part(operator, second)
    assert read_register() == between
    part(operator, first)
    assert read_register() == before


def test_saying_it_again_changes_nothing(operator, pair):
    joined = merge(operator, *pair)
    part(operator, joined)
    before, events = read_register(), Event.objects.count()
    assert part(operator, joined).desa_months == []
    assert (read_register(), Event.objects.count()) == (before, events)


def test_a_source_is_taken_back_after_the_merge(operator, pair, desa):
    """The absorbed child's rows follow it: what its batch measured goes, and un-merging does not bring it back."""
    kept, absorbed = pair
    joined = merge(operator, kept, absorbed)
    visit = Measurement.objects.get(batch_id=absorbed.batch_id)
    from django.db import connection

    with whole_country("undo"):
        open_undoing()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO records_undone VALUES (1, %s, %s, NULL)", [absorbed.pk, visit.pk])
        undo_batch(by=SYSTEM, batch=absorbed.batch, reason="salah berkas")
    assert list(Person.objects.all()) == [kept] and kept.measurements.count() == 1
    part(operator, joined)
    assert Measurement.objects.count() == 1


DAYS = st.lists(st.integers(1, 28), min_size=1, max_size=4, unique=True).map(tuple)


@pytest.mark.slow
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[Check.function_scoped_fixture, Check.too_slow],
)
@given(first=DAYS, second=DAYS, third=DAYS, order=st.permutations([0, 1, 2]), checks=st.booleans())
def test_merging_and_parting_is_nothing(operator, desa, first, second, third, order, checks):
    """Any days, any order of merges: together every value is there once, apart everything is as it was."""
    from django.db import transaction

    with transaction.atomic():
        people = list(make_pair(desa, first, second))
        save_rows(*(make_staged("AISYAH B", measured_on=date(2026, 3, day), mode="L") for day in third))
        people.append(Person.objects.get(name="AISYAH B"))
        if checks:
            for person in people:
                give_everything(person, date(2026, 2, 2))
        a, b, c = (people[place] for place in order)
        before = read_register()
        one = merge(operator, a, b)
        two = merge(operator, c, a)
        assert list(Person.objects.all()) == [c]
        assert sorted(c.measurements.values_list("measured_on", flat=True)) == sorted(
            date(2026, 3, day) for day in {*first, *second, *third}
        )
        aside = [entry for joined in (one, two) for entry in joined.merge.content["aside"]]
        measured = [entry for entry in aside if entry["table"] == "records_measurement"]
        assert len(measured) + c.measurements.count() == len(first) + len(second) + len(third)
        assert HealthCheck.objects.count() == (1 if checks else 0)
        part(operator, two)
        part(operator, one)
        assert read_register() == before
        transaction.set_rollback(True)


def test_a_role_for_the_kabupaten_merges_across_desa(pair, desa):
    from tumbuh.regions.api import get_region

    kept, absorbed = pair
    Person.objects.filter(pk=absorbed.pk).update(desa_id=9101012002)
    analyst = make_user("analis", role="KABUPATEN_ANALYST", region=get_region("91.01"))
    assign_role(by=SYSTEM, user=analyst, role="KABUPATEN_ANALYST", region=get_region("91.01"), valid_from=MARCH)
    joined = merge(analyst, kept, absorbed)
    assert {desa_id for desa_id, _month in joined.desa_months} >= {desa.pk, 9101012002}
