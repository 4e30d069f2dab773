"""Lists of other systems: each written, read, saved, sent again, taken back."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories.imports import save, tell, undo
from tests.factories.lists import DESA, preview_list, run_list, write_list
from tumbuh.accounts.api import whole_country
from tumbuh.intake.api import State, find_source, list_sources, write_template
from tumbuh.records.api import Household, Person, PersonRow, create_batch, enrol_people, index_nik
from tumbuh.records.models import Couple, HealthCheck, Measurement, Pregnancy, ServiceReceived, Statement

pytestmark = pytest.mark.django_db
WOMEN = ("", "SITI AMINAH", "RINI", "DEWI LESTARI", "WATI")
NAMES = [source.name for source in list_sources() if source.figures is None]  # counts: test_counts.py
MOTHER = {"nik": "9101014107950001", "name": "SITI AMINAH", "birth_date": "01/07/1995"}
CHILD = {"nik": "9101014503250001", "name": "AISYAH PUTRI", "sex": "P", "birth_date": "05/03/2025"}
LINES = {
    "opensid_pregnant": {**MOTHER, "status": "KEK", "due_on": "05/08/2026", "check": "v", "iron": "v", "tablets": 30,
                         "counselling": "v", "home_visit": "v", "water": "v", "latrine": "x", "insurance": "v",
                         "rt": "1"},
    "opensid_child": {**CHILD, "date": "10/03/2026", "weight_kg": "8,9", "lenhei_cm": "74,5", "measles": "Sudah",
                      "counselling_mother": "v", "home_visit": "x", "birth_certificate": "v", "water": "v"},
    "opensid_preschool": {**CHILD, "birth_date": "05/03/2022", "nik": "", "januari": "v", "februari": "x",
                          "desember": "-"},
    "kpm_pregnant": {**MOTHER, "status": "Normal", "pregnancy_months": 4, "check": "v", "iron": "v", "tablets": 30},
    "elisimil_couple": {"nik": "9101014107990001", "name": "RINI", "birth_date": "01/07/1999", "partner_name": "BUDI",
                        "partner_nik": "9101010107970001", "partner_birth_date": "01/07/1997", "date": "10/03/2026",
                        "planned_on": "20/06/2026", "muac_cm": "22,9", "hb_g_dl": "11,8", "smoke": "Ya", "tablets": 30,
                        "guidance": "Ya"},
    "elisimil_pregnant": {**MOTHER, "started_on": "29/10/2025", "date": "10/03/2026", "muac_cm": "22,4",
                          "hb_g_dl": "10,6", "gravida": 2, "home_visit": "Ya"},
    "family_risk": {**MOTHER, "kk": "9101010101200001", "decile": 3, "water": "Ya", "latrine": "Tidak",
                    "accompaniment": "Ya"},
    "dtsen": {"kk": "9101010101200009", "decile": 2},
    "immunisation": {**CHILD, "hb0": "05/03/2025", "bcg": "02/04/2025", "mr1": "10-12-2025", "vitamin_a": "2026-02-10"},
}  # fmt: skip
TABLES = (
    "records_household", "records_person", "records_measurement", "records_pregnancy", "records_couple",
    "records_healthcheck", "records_servicereceived", "records_statement", "indicators_cell",
    "indicators_servicecell",
)  # fmt: skip


@pytest.fixture(autouse=True)
def register(user):
    """A family that is there before any list comes, with a card."""
    with whole_country("a test"):
        batch = create_batch(by=user, kind="form", name="awal")
        card = PersonRow(DESA, "NENEK", "F", date(1960, 1, 1), date(2026, 1, 1), kk="9101010101200009")
        enrol_people(by=user, batch=batch, rows=[card])
        yield


def read_tables() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            minus = " - 'id'" if table == "indicators_cell" else ""
            cursor.execute(f"SELECT (to_jsonb(t){minus})::text FROM {table} t ORDER BY 1")
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_template_is_read_when_it_is_no_example_any_more(user, tmp_path, name):
    path = tmp_path / "templat.xlsx"
    write_template(find_source(name), path)
    taken = preview_list(user, path, name)
    assert (taken.rows.count(), taken.counts["skipped"]["contoh"]) == (0, 1)
    example = {**find_source(name).example, "number": "1"}
    taken = preview_list(user, write_list(tmp_path / "isi.xlsx", name, [example]))
    assert taken.source == name, "the headings of a template tell whose it is"
    assert [outcome for _, outcome, _ in tell(taken)] == ["refused" if name == "dtsen" else "new"], tell(taken)


@pytest.mark.parametrize("name", NAMES)
def test_saved_sent_again_and_taken_back(user, tmp_path, name):
    before = read_tables()
    path = write_list(tmp_path / "daftar.xlsx", name, [LINES[name]])
    if name == "opensid_preschool":
        child = PersonRow(DESA, CHILD["name"], "F", date(2022, 3, 5), date(2025, 1, 1))
        enrol_people(by=user, batch=create_batch(by=user, kind="form", name="awal"), rows=[child])
        before = read_tables()
    shown = preview_list(user, path)
    assert read_tables() == before, "a preview leaves nothing"
    assert (shown.state, shown.source) == (State.PREVIEW, name)
    taken = save(user, shown)
    outcome = "changed" if name == "dtsen" else "new"
    assert [(line[1]) for line in tell(taken)] == [outcome] == [line[1] for line in tell(shown)]
    after = read_tables()
    assert after != before
    again = run_list(user, path)
    assert [line[1] for line in tell(again)] == ["already_there"] and read_tables() == after
    undo(user, again)
    assert read_tables() == after
    assert undo(user, taken).state == State.UNDONE
    assert read_tables() == before


def test_what_a_pregnant_woman_s_line_writes(user, tmp_path):
    run_list(user, write_list(tmp_path / "a.xlsx", "opensid_pregnant", [LINES["opensid_pregnant"]]))
    mother = Person.objects.get(nik_index=index_nik(MOTHER["nik"]))
    found = Pregnancy.objects.get()
    assert (found.mother_id, found.started_on) == (mother.pk, date(2025, 10, 29))
    assert (found.is_risky, found.risks) == (True, ["KEK"])
    services = dict(ServiceReceived.objects.values_list("code", "quantity"))
    assert services == {"pregnancy_check": 1, "iron_tablets": 30, "nutrition_counselling": 1, "home_visit": 1}
    homes = dict(Statement.objects.filter(household=mother.household).values_list("code", "value"))
    own = dict(Statement.objects.filter(person=mother).values_list("code", "value"))
    assert (homes, own) == ({"water": True, "latrine": False}, {"insurance": True})


def test_what_a_child_s_line_writes(user, tmp_path):
    run_list(user, write_list(tmp_path / "a.xlsx", "opensid_child", [LINES["opensid_child"]]))
    visit = Measurement.objects.get()
    assert (visit.weight_kg, visit.lenhei_cm, visit.measured_on) == (Decimal("8.9"), Decimal("74.5"), date(2026, 3, 10))
    assert set(ServiceReceived.objects.values_list("code", flat=True)) == {"mr1", "nutrition_counselling"}


MEASLES = [("Belum", False), ("Sudah", True), (1, False), (2, True), ("-", False), ("v", True)]


@pytest.mark.parametrize(("cell", "is_given"), MEASLES)
def test_measles_in_opensid_is_one_for_not_yet_and_two_for_done(user, tmp_path, cell, is_given):
    line = {**CHILD, "date": "10/03/2026", "measles": cell, "home_visit": "v"}
    run_list(user, write_list(tmp_path / "a.xlsx", "opensid_child", [line]))
    assert ServiceReceived.objects.filter(code="mr1").exists() is is_given


def test_what_a_couple_s_line_writes(user, tmp_path):
    run_list(user, write_list(tmp_path / "a.xlsx", "elisimil_couple", [LINES["elisimil_couple"]]))
    couple = Couple.objects.select_related("bride", "groom").get()
    assert (couple.bride.name, couple.groom.name, couple.planned_on) == ("RINI", "BUDI", date(2026, 6, 20))
    check = HealthCheck.objects.get(person=couple.bride)
    assert (check.muac_cm, check.hb_g_dl, check.smoke) == (Decimal("22.9"), Decimal("11.8"), True)


def test_deciles_reach_only_families_that_are_there(user, tmp_path):
    lines = [LINES["dtsen"], {"kk": "9101010101200008", "decile": 1}]
    taken = run_list(user, write_list(tmp_path / "a.xlsx", "dtsen", lines))
    assert tell(taken) == [(2, "changed", ()), (3, "refused", ("HOME_UNKNOWN",))]
    assert list(Household.objects.values_list("decile", flat=True)) == [2]


def test_an_immunisation_without_a_day_is_said_and_left_out(user, tmp_path):
    line = {**CHILD, "hb0": "v", "bcg": "02/04/2025", "penta1": "01/01/2020", "mr1": "x"}
    taken = run_list(user, write_list(tmp_path / "a.xlsx", "immunisation", [line]))
    assert tell(taken) == [(2, "refused", ("DAY_OF_SERVICE_MISSING", "DAY_BEFORE_BIRTH"))]


def test_two_lists_of_one_pregnancy_are_one(user, tmp_path):
    run_list(user, write_list(tmp_path / "a.xlsx", "elisimil_pregnant", [LINES["elisimil_pregnant"]]))
    late = {**MOTHER, "pregnancy_months": 5, "check": "v", "status": "Risti", "delivered_on": ""}
    taken = run_list(user, write_list(tmp_path / "b.xlsx", "kpm_pregnant", [late]))
    found = Pregnancy.objects.get()
    assert (found.started_on, found.number, found.is_risky) == (date(2025, 10, 29), 2, True)
    undo(user, taken)
    assert Pregnancy.objects.get().is_risky is False


def test_somebody_known_only_by_name_is_looked_up(user, tmp_path):
    lines = [{"name": name, "status": "Normal", "check": "v"} for name in ("NENEK", "FULANI")]
    taken = preview_list(user, write_list(tmp_path / "a.xlsx", "opensid_pregnant", lines, fields=["iron", "latrine"]))
    assert tell(taken) == [(2, "new", ("PREGNANCY_START_MISSING",)), (3, "refused", ("PERSON_UNKNOWN",))]


def test_who_is_not_certain_waits_for_a_person(user, tmp_path):
    known = {**MOTHER, "nik": "", "due_on": "05/08/2026", "check": "v"}
    run_list(user, write_list(tmp_path / "a.xlsx", "kpm_pregnant", [known]))
    near = {**known, "name": "SITI AMINA"}
    lines = [near, {**near, "name": "SITI AMINNAH"}]
    shown = preview_list(user, write_list(tmp_path / "b.xlsx", "kpm_pregnant", lines))
    assert tell(shown) == [(2, "needs_review", ("PERSON_NEAR_NAME",)), (3, "needs_review", ("PERSON_NEAR_NAME",))]
    same, other = shown.rows.order_by("id")
    type(same).objects.filter(pk=same.pk).update(decision="SAME")
    type(same).objects.filter(pk=other.pk).update(decision="OTHER")
    taken = save(user, shown)
    assert [line[1] for line in tell(taken)] == ["already_there", "new"]
    assert sorted(Person.objects.filter(name__startswith="SITI").values_list("name", flat=True)) == [
        "SITI AMINAH", "SITI AMINNAH"]  # fmt: skip


def test_rows_of_one_file_that_look_alike_are_joined_by_decision(user, tmp_path):
    lines = [{**MOTHER, "nik": "", "due_on": "05/08/2026", "check": "v"}]
    lines.append({**lines[0], "name": "SITI AMINA", "home_visit": "v"})
    shown = preview_list(user, write_list(tmp_path / "a.xlsx", "kpm_pregnant", lines))
    assert [line[1] for line in tell(shown)] == ["new", "needs_review"]
    first, second = shown.rows.order_by("id")
    assert second.same_as == first.pk
    type(first).objects.filter(pk=second.pk).update(decision="SAME")
    taken = save(user, shown)
    assert [line[1] for line in tell(taken)] == ["new", "new"]
    assert Person.objects.filter(name__startswith="SITI").count() == 1 and ServiceReceived.objects.count() == 2
    undo(user, taken)
    assert not Person.objects.filter(name__startswith="SITI").exists()


def make_lines(chance: random.Random, name: str) -> list[dict]:
    """A few lines of a list about a small village, so that lists often speak of the same people."""
    lines = []
    for number in chance.sample(range(1, 5), chance.randint(1, 4)):
        born = f"0{number}/07/1995"
        woman = {"name": WOMEN[number], "birth_date": born}
        if chance.random() < 0.7:
            woman["nik"] = f"910101{40 + number}07950001"
        if chance.random() < 0.5:
            woman |= {"kk": f"910101010120000{number}", "rt": "1", "address": "Jl. Kebun"}
        told = {
            "kpm_pregnant": {"due_on": f"0{chance.randint(1, 9)}/08/2026", "status": chance.choice(["KEK", "Normal"]),
                             "check": chance.choice("vx"), "water": chance.choice("vx")},
            "elisimil_pregnant": {"started_on": "29/10/2025", "date": f"1{chance.randint(0, 2)}/03/2026",
                                  "muac_cm": f"2{chance.randint(1, 4)},5", "tablets": chance.choice([30, 60, ""])},
            "family_risk": {"kk": f"910101010120000{number}", "decile": chance.randint(1, 9), "water": "v"},
        }  # fmt: skip
        lines.append({**woman, **told[name]})
    return lines


@pytest.mark.parametrize("seed", range(6))
def test_random_lists_taken_back_in_any_order_leave_what_was_there(user, tmp_path, seed):
    chance = random.Random(seed)
    before = read_tables()
    taken = []
    for number in range(4):
        name = chance.choice(["kpm_pregnant", "elisimil_pregnant", "family_risk"])
        path = write_list(tmp_path / f"{number}.xlsx", name, make_lines(chance, name))
        shown = preview_list(user, path, name)
        promised = tell(shown)
        taken.append(save(user, shown))
        assert [line[:2] for line in tell(taken[-1])] == [line[:2] for line in promised], "the preview keeps its word"
        after = read_tables()
        again = run_list(user, path, name)
        assert {line[1] for line in tell(again)} <= {"already_there", "needs_review", "refused"}
        assert read_tables() == after
    for job in chance.sample(taken, len(taken)):
        undo(user, job)
    assert read_tables() == before
