"""Survey results: published and entered, never changed, held beside the routine figure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.regions import make_province
from tumbuh.audit.api import Event
from tumbuh.engines.reconcile.api import Basis, Note
from tumbuh.indicators.api import (
    DefinitionError,
    SurveyDetails,
    SurveyError,
    list_surveys,
    read_pace,
    read_two_numbers,
    record_survey,
)
from tumbuh.indicators.models import SurveyResult
from tumbuh.indicators.queries import surveys as module
from tumbuh.indicators.queries.surveys import load_published
from tumbuh.regions.api import Population

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
DETAILS = SurveyDetails(
    source="SSGI 2024", year=2024, month=8, value=Decimal("21.50"), low=Decimal("19.00"), high=Decimal("24.00"),
    sample=None, design_effect=None, document="Laporan SSGI 2024",
)  # fmt: skip


@pytest.fixture
def regions():
    made = make_province()
    make_cells(made)
    return made


@pytest.fixture
def admin(regions):
    return make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])


def test_an_entered_result_is_told_and_the_trail_knows(regions, admin):
    row = record_survey(by=admin, region=regions["91.01"], indicator="stunting", details=DETAILS)
    (entry,) = list_surveys(regions["91.01"], "stunting")
    assert (entry.details, entry.is_current, entry.recorded_by) == (DETAILS, True, "admin")
    event = Event.objects.get(action="indicators.survey.recorded")
    assert (event.object_id, event.region_id) == (str(row.pk), regions["91.01"].pk)


def test_saying_the_same_again_adds_nothing(regions, admin):
    held = {"by": admin, "region": regions["91.01"], "indicator": "stunting", "details": DETAILS}
    assert record_survey(**held) == record_survey(**held)
    assert SurveyResult.objects.count() == Event.objects.filter(action="indicators.survey.recorded").count() == 1


def test_a_correction_is_another_row_and_the_old_one_stays(regions, admin):
    held = {"by": admin, "region": regions["91.01"], "indicator": "stunting"}
    record_survey(**held, details=DETAILS)
    record_survey(**held, details=replace(DETAILS, source=" ssgi  2024", value=Decimal("21.60")))
    told = list_surveys(regions["91.01"], "stunting")
    assert [(entry.details.value, entry.is_current) for entry in told] == [
        (Decimal("21.60"), True),
        (Decimal("21.50"), False),
    ]
    record_survey(**held, details=replace(DETAILS, note="salah baca"), is_withdrawn=True)
    assert not any(entry.is_current for entry in list_surveys(regions["91.01"], "stunting"))
    assert SurveyResult.objects.count() == 3


def test_taking_away_says_why(regions, admin):
    with pytest.raises(SurveyError, match="mengapa"):
        record_survey(
            by=admin, region=regions["91.01"], indicator="stunting", details=DETAILS, is_withdrawn=True
        )  # fmt: skip


@pytest.mark.parametrize("role", ["KABUPATEN_ANALYST", "KABUPATEN_VERIFIER", "SUPERVISOR"])
def test_others_enter_nothing(regions, role):
    user = make_user("orang", role=role, region=regions["91.01"])
    with pytest.raises(SurveyError, match="bukan bagian Anda"):
        record_survey(by=user, region=regions["91.01"], indicator="stunting", details=DETAILS)
    assert not SurveyResult.objects.exists()


def test_an_analyst_enters_within_bounds(regions):
    user = make_user("analis", role="ANALYST", region=regions["91.01"])
    record_survey(by=user, region=regions["91.01"], indicator="stunting", details=DETAILS)
    with pytest.raises(SurveyError, match="bukan bagian Anda"):
        record_survey(by=user, region=regions["91.02"], indicator="stunting", details=DETAILS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": Decimal(120)}, "0 sampai 100"), ({"high": None}, "keduanya"), ({"low": Decimal(22)}, "di dalam"),
        ({"year": 2030}, "Tahun survei"), ({"month": 13}, "Tahun survei"), ({"sample": 0}, "sampel"),
        ({"design_effect": Decimal("0.5")}, "Efek"), ({"document": " "}, "dokumen"), ({"source": ""}, "Nama survei"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_plain_words(regions, admin, change, words):
    with pytest.raises(SurveyError, match=words):
        record_survey(by=admin, region=regions["91"], indicator="stunting", details=replace(DETAILS, **change))


@pytest.mark.parametrize("words", ["UPDATE {} SET value = 1", "DELETE FROM {}"])
def test_the_database_keeps_every_row(regions, admin, words):
    record_survey(by=admin, region=regions["91"], indicator="stunting", details=DETAILS)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words.format("indicators_surveyresult"))
    assert SurveyResult.objects.get().value == DETAILS.value


@pytest.mark.parametrize("values", [{"low": 30, "high": 40}, {"low": 10}, {"high": 40}, {"value": 101}])
def test_the_database_refuses_what_cannot_be(regions, admin, values):
    plain = {
        "region": regions["91"],
        "indicator": "stunting",
        "source": "x",
        "year": 2024,
        "value": 20,
        "document": "x",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyResult.objects.create(by=admin, **{**plain, **values})


PUBLISHED = """
source: SSGI 2022
indicator: stunting
year: 2022
document: Laporan
uncertain: true
note: {id: dikutip, en: quoted}
results:
  - {region: "91.01", percent: 22.1}
"""


def publish(tmp_path, monkeypatch, text=PUBLISHED):
    (tmp_path / "ssgi.yaml").write_text(text)
    held = load_published(tmp_path)
    monkeypatch.setattr(module, "load_shipped_surveys", lambda: held)
    return held


def test_an_official_may_complete_a_published_result(regions, admin, tmp_path, monkeypatch):
    publish(tmp_path, monkeypatch)
    (entry,) = list_surveys(regions["91.01"], "stunting")
    assert (entry.is_current, entry.is_uncertain, entry.note.en) == (True, True, "quoted")
    better = replace(DETAILS, source="SSGI 2022", year=2022, month=None, value=Decimal("22.1"), low=Decimal(20))
    record_survey(by=admin, region=regions["91.01"], indicator="stunting", details=better)
    told = list_surveys(regions["91.01"], "stunting")
    assert [(entry.recorded_by, entry.is_current) for entry in told] == [("admin", True), ("", False)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year: 2022\n", "", "year is missing"), ("percent: 22.1", "percent: 220", "0 sampai 100"),
        ('"91.01"', "91.01", "needs a region"), ("[]", "[]", ""),
    ],
)  # fmt: skip
def test_a_published_list_that_is_wrong_says_where(tmp_path, old, new, words):
    (tmp_path / "ssgi.yaml").write_text(PUBLISHED.replace(old, new))
    if not words:
        assert load_published(tmp_path)
        return
    with pytest.raises(DefinitionError, match=r"ssgi\.yaml.*" + words):
        load_published(tmp_path)


def test_the_shipped_lists_are_whole():
    found = module.load_shipped_surveys()
    assert len(found) >= 11
    assert all(entry.is_uncertain for entries in found.values() for entry in entries), "none was read in its own report"


def test_the_two_numbers_of_a_region(regions, admin, django_assert_num_queries):
    record_survey(by=admin, region=regions["91.01"], indicator="stunting", details=DETAILS)
    with django_assert_num_queries(4):
        told = read_two_numbers(regions["91.01"], OCTOBER)
    routine = told.main.routine
    assert (routine.stunted, routine.measured, routine.target) == (180, 1020, 1200)
    assert told.main.survey.basis == Basis.PUBLISHED
    assert told.main.missing.value == round(0.215 * 1200) - 180
    assert (told.age_months, told.is_old) == (26, True)


def test_the_population_table_comes_first_where_it_can_be_right(regions):
    held = {"region": regions["91.01"], "year": 2025, "group": "0-59", "source": "BPS"}
    table = Population.objects.create(**held, people=1500)
    told = read_two_numbers(regions["91.01"], OCTOBER)
    assert [side.comparison.routine.target for side in told.sides] == [1500, 1200]
    assert Note.NO_SURVEY in told.main.notes
    table.people = 900
    table.save()
    told = read_two_numbers(regions["91.01"], OCTOBER)
    assert [side.comparison.routine.target for side in told.sides] == [1200, 900], "fewer than were measured"


def test_nothing_recorded_is_told_as_nothing(regions):
    told = read_two_numbers(regions["91.02"], date(2020, 1, 1))
    assert {Note.NO_SURVEY, Note.NO_TARGET, Note.NOBODY_MEASURED} <= set(told.main.notes)
    assert told.survey is None and told.age_months is None


def test_pace_needs_its_months(regions):
    targets = [(2026, Decimal("16.9")), (2029, Decimal("14.1")), (2025, Decimal("17.7"))]
    few = read_pace(regions["91"], OCTOBER, targets)
    assert (few.is_ready, few.years, len(few.months)) == (False, [], 3)
    months = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(8, 22)]
    make_cells(regions, months=[month for month in months if month < date(2026, 8, 1)])
    enough = read_pace(regions["91"], OCTOBER, targets)
    assert enough.is_ready
    assert [year.year for year in enough.years] == [2026, 2029]
    assert all(year.pace.low < year.pace.middle < year.pace.high for year in enough.years)
    assert enough.coverage_shift == pytest.approx(0)
