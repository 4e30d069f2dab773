"""Analyses of the situation: barriers noted, changed and withdrawn; concluded, reopened, put under a plan."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.programme import load_here
from tests.factories.regions import make_province
from tests.factories.service_cells import make_service_cell
from tumbuh.audit.models import Event
from tumbuh.indicators.models import ServiceCell
from tumbuh.programme.api import (
    BarrierDetails,
    NotYoursError,
    PlanError,
    ReasonError,
    SituationError,
    attach_analysis,
    conclude_analysis,
    list_analyses,
    list_barriers,
    make_demo_situations,
    note_barrier,
    read_picture,
    reopen_analysis,
    withdraw_barrier,
    write_plan,
)

pytestmark = pytest.mark.django_db
KABUPATEN, KECAMATAN, OTHER, DESA = "91.01", "91.01.01", "91.01.02", "91.01.01.2001"
MONTH, BEFORE, YEAR = date(2026, 10, 1), date(2025, 10, 1), 2026
IRON, VISIT = "pregnancy_iron_tablets", "pregnancy_check"
KEY = f"PREGNANT/{IRON}"
WORDS = BarrierDetails(KEY, "SUPPLY", "Tablet habis pada triwulan ketiga.", "Rapat Oktober", "Ajukan lebih awal.")


def fill(region, service, received, due, month=MONTH):
    return make_service_cell(region, "PREGNANT", service, {("F", "POOR"): (received, due)}, month)


@pytest.fixture
def regions():
    found = make_province()
    for code, numbers in {"91": (400, 600), KABUPATEN: (60, 100), KECAMATAN: (10, 40), OTHER: (50, 60)}.items():
        fill(found[code], IRON, *numbers)
    fill(found[KABUPATEN], IRON, 30, 90, BEFORE)
    fill(found[KABUPATEN], VISIT, 99, 100)
    make_service_cell(found[KABUPATEN], "*", "*", {("F", "POOR"): (55, 100)}, MONTH)
    make_service_cell(found[KECAMATAN], "*", "*", {("F", "POOR"): (20, 40)}, MONTH)
    return found


@pytest.fixture
def analyst(regions):
    return make_user("pengelola", role="KABUPATEN_ANALYST", region=regions[KABUPATEN])


@pytest.fixture
def officer(regions):
    return make_user("dinas", role="OPD_OFFICER", region=regions[KABUPATEN])


def count_events(action: str) -> int:
    return Event.objects.filter(action=f"programme.{action}").count()


def test_gaps_stand_beside_the_level_above_the_year_before_and_the_units_where_most_miss_it(regions):
    first, second, whole = read_picture(regions[KABUPATEN], MONTH)["gaps"]
    assert (first["key"], first["rank"], first["missing"], first["above"], first["before"]) == (
        KEY, 1, 40, [400, 600], [30, 90])  # fmt: skip
    assert [(one["code"], one["missing"]) for one in first["worst"]] == [(KECAMATAN, 30), (OTHER, 10)]
    assert (second["key"], second["rank"], second["missing"]) == (f"PREGNANT/{VISIT}", 2, 1)
    assert second["above"] is None and second["before"] is None and second["worst"] == []
    assert (whole["key"], whole["rank"], whole["missing"]) == ("*/*", 1, 45)


def test_a_month_without_anything_has_no_gaps_and_its_units_are_not_known(regions):
    picture = read_picture(regions[KECAMATAN], date(2024, 1, 1))
    assert picture["gaps"] == [] and picture["is_official"] is False
    assert {one["missing"] for one in picture["units"]} == {None}


def test_a_barrier_is_noted_once_changed_and_withdrawn_and_all_of_it_is_kept(regions, officer):
    region = regions[KABUPATEN]
    one = note_barrier(by=officer, region=region, year=YEAR, details=WORDS)
    assert note_barrier(by=officer, region=region, year=YEAR, details=WORDS) == one
    assert count_events("barrier.noted") == 1
    other = BarrierDetails(KEY, "ACCESS", "Jembatan putus.", "Kunjungan", "Antar lewat posyandu.")
    changed = note_barrier(by=officer, region=region, year=YEAR, details=other, barrier=one)
    with pytest.raises(SituationError):
        note_barrier(by=officer, region=region, year=YEAR, details=WORDS, barrier=one)
    with pytest.raises(ReasonError):
        withdraw_barrier(by=officer, barrier=changed, reason=" ")
    withdraw_barrier(by=officer, barrier=changed, reason="Jembatan sudah dibuka.")
    withdraw_barrier(by=officer, barrier=changed, reason="Lagi.")
    kept = list_barriers(region, YEAR)
    assert [(row.kind, row.ended_at is None, row.reason) for row in kept] == [
        ("SUPPLY", False, ""), ("ACCESS", False, "Jembatan sudah dibuka.")]  # fmt: skip
    assert kept[1].replaces == kept[0] and count_events("barrier.withdrawn") == 1


@pytest.mark.parametrize(("key", "kind"), [("PREGNANT/none", "SUPPLY"), (KEY, "NONE")])
def test_services_and_kinds_are_those_of_the_definitions(regions, officer, key, kind):
    with pytest.raises(SituationError):
        note_barrier(by=officer, region=regions[KABUPATEN], year=YEAR, details=BarrierDetails(key, kind, "a", "b", "c"))


def test_who_may_note_and_conclude_and_where(regions, officer, analyst):
    for code, who in (("91.02", officer), (KABUPATEN, make_user("kader", role="KADER", region=regions[DESA]))):
        with pytest.raises(NotYoursError):
            note_barrier(by=who, region=regions[code], year=YEAR, details=WORDS)
    with pytest.raises(SituationError):
        note_barrier(by=analyst, region=regions[DESA], year=YEAR, details=WORDS)
    with pytest.raises(NotYoursError):
        conclude_analysis(by=officer, region=regions[KABUPATEN], year=YEAR)


def test_what_is_concluded_stays_as_it_was_seen_until_it_is_reopened(regions, officer, analyst):
    region = regions[KABUPATEN]
    with pytest.raises(SituationError):
        conclude_analysis(by=analyst, region=region, year=YEAR)
    noted = note_barrier(by=officer, region=region, year=YEAR, details=WORDS)
    with pytest.raises(SituationError):
        conclude_analysis(by=analyst, region=region, year=2020)
    made = conclude_analysis(by=analyst, region=region, year=YEAR)
    assert conclude_analysis(by=analyst, region=region, year=YEAR) == made and count_events("situation.concluded") == 1
    ServiceCell.objects.filter(region=region, month=MONTH, service=IRON).delete()
    fill(region, IRON, 90, 100)
    kept = list_analyses(region)[0]
    assert (kept.content["gaps"][0]["missing"], kept.is_official) == (40, False)
    assert kept.content["barriers"][0]["text"] == WORDS.text
    with pytest.raises(SituationError):
        withdraw_barrier(by=officer, barrier=noted, reason="Sudah ada.")
    with pytest.raises(ReasonError):
        reopen_analysis(by=analyst, analysis=made, reason="")
    reopen_analysis(by=analyst, analysis=made, reason="Angka dikoreksi.")
    reopen_analysis(by=analyst, analysis=made, reason="Lagi.")
    again = conclude_analysis(by=analyst, region=region, year=YEAR)
    assert [(one.pk, one.content["gaps"][0]["missing"], one.reason) for one in list_analyses(region)] == [
        (again.pk, 10, ""), (made.pk, 40, "Angka dikoreksi.")]  # fmt: skip
    assert count_events("situation.reopened") == 1


def test_a_draft_plan_rests_on_an_analysis_of_its_region(regions, officer, analyst):
    region = regions[KABUPATEN]
    note_barrier(by=officer, region=region, year=YEAR, details=WORDS)
    made = conclude_analysis(by=analyst, region=region, year=YEAR)
    plan = write_plan(by=analyst, region=region, first_year=2026, last_year=2029, situation="Lihat analisis.")
    attach_analysis(by=analyst, plan=plan, analysis=made)
    assert attach_analysis(by=analyst, plan=plan, analysis=made).analysis == made
    assert count_events("plan.analysis_attached") == 1
    earlier = write_plan(by=analyst, region=region, first_year=2022, last_year=2025, situation="Dahulu.")
    elsewhere = write_plan(by=analyst, region=regions[KECAMATAN], first_year=2026, last_year=2029, situation="Lain.")
    for other in (earlier, elsewhere):
        with pytest.raises((SituationError, PlanError)):
            attach_analysis(by=analyst, plan=other, analysis=made)


def test_the_demo_has_a_concluded_analysis_with_barriers_once(regions):
    regulation, keeper = load_here(), make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    assert make_demo_situations(by=keeper, regulation=regulation) == 2
    assert make_demo_situations(by=keeper, regulation=regulation) == 0
    for code in (KABUPATEN, KECAMATAN):
        (made,) = list_analyses(regions[code])
        assert made.content["barriers"] and all("(contoh)" in one["text"] for one in made.content["barriers"])
