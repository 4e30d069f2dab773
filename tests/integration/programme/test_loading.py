"""Loading: once, again, changed, wrong; with its trail and the keys that others hold on to."""

from datetime import date

import pytest

from tests.factories.programme import BENGKULU, SMALL, load_bengkulu, write_folder
from tests.unit.programme.test_folder import MISSING, OUTPUT, change
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.programme.actions import loading
from tumbuh.programme.api import (
    Institution,
    NoRegulationError,
    Output,
    Regulation,
    RegulationFolderError,
    RegulationInUseError,
    Target,
    describe_output,
    get_regulation,
    list_outputs,
    load_regulation,
)
from tumbuh.programme.models import InstitutionName, InterpretationSubject, Involvement

pytestmark = pytest.mark.django_db


def load(tmp_path, files):
    return load_regulation(by=SYSTEM, folder=write_folder(tmp_path, files))


def test_loading_twice_changes_nothing_and_leaves_one_event():
    first = load_regulation(by=SYSTEM, folder=BENGKULU)
    again = load_regulation(by=SYSTEM, folder=BENGKULU)
    assert first.difference.new["output"] == 107
    assert first.difference.new["article"] == 87
    assert not again.difference
    assert again.regulation.loaded_at == first.regulation.loaded_at
    event = Event.objects.get(action="programme.regulation.loaded")
    assert event.object_id == "bengkulu-2025-45"
    assert event.after["new"]["output"] == 107


def test_every_involvement_means_an_institution():
    load_bengkulu()
    assert Involvement.objects.filter(name__institutions=None).count() == 0
    assert InstitutionName.objects.count() == 128
    bapperida = Institution.objects.get(code="bapperida")
    assert {name.text for name in bapperida.names.all()} == {"Bapperida", "Bappeda"}


def test_a_change_keeps_the_keys(tmp_path):
    load(tmp_path, SMALL)
    key = Output.objects.get().pk
    result = load(tmp_path, change(SMALL, (*OUTPUT, "text"), "Terselenggaranya rapat besar"))
    assert result.difference.as_dict() == {"new": {}, "changed": {"output": 1}, "removed": {}}
    assert Output.objects.get().pk == key
    assert Output.objects.get().text == "Terselenggaranya rapat besar"


def test_a_name_can_be_corrected(tmp_path):
    load(tmp_path, SMALL)
    files = change(
        change(SMALL, (*OUTPUT, "responsible"), ["Dinas A"]), ("institutions.yaml", "names", 0, "text"), "Dinas A"
    )
    result = load(tmp_path, files)
    assert result.difference.removed["institutionname"] == 1
    assert describe_output(list_outputs(result.regulation).get())["responsible"] == ["Dinas A"]


def test_what_left_the_folder_leaves_the_database(tmp_path):
    load(tmp_path, SMALL)
    result = load(tmp_path, change(SMALL, (*OUTPUT, "targets"), []))
    assert result.difference.removed == {"target": 1}
    assert Target.objects.count() == 0


def test_what_others_hold_on_to_is_not_removed(tmp_path, monkeypatch):
    regulation = load(tmp_path, SMALL).regulation
    monkeypatch.setattr(loading, "merge", hold(regulation, loading.merge))
    with pytest.raises(RegulationInUseError, match="Dinas Anu"):
        load(tmp_path, SMALL)
    assert Involvement.objects.count() == 1


def hold(regulation, merge):
    """`merge` as if the folder had lost its names while the outputs still used them."""

    def merge_without_names(rows, key, wanted, difference):
        kept = merge(rows, key, wanted, difference)
        if rows.model is InstitutionName:
            difference.gone += kept.values()
        return kept

    return merge_without_names


def test_a_wrong_folder_changes_nothing(tmp_path):
    load(tmp_path, SMALL)
    events = Event.objects.count()
    with pytest.raises(RegulationFolderError):
        load(tmp_path, change(SMALL, ("regulation.yaml", "title"), MISSING))
    assert Regulation.objects.get().title == "Penurunan Stunting"
    assert Event.objects.count() == events


def test_two_provinces_stand_side_by_side(tmp_path):
    ours, theirs = load_bengkulu(), load(tmp_path, SMALL).regulation
    assert get_regulation(on=date(2026, 11, 1), province="17") == ours
    assert get_regulation(on=date(2026, 11, 1), province="91") == theirs
    assert get_regulation(on=date(2026, 11, 1)) == theirs
    assert get_regulation(code="bengkulu-2025-45") == ours
    assert list_outputs(ours).count() == 107
    assert list_outputs(theirs).count() == 1


@pytest.mark.parametrize(
    ("day", "is_valid"), [("2026-01-04", False), ("2026-01-05", True), ("2027-06-30", True), ("2027-07-01", False)]
)
def test_validity(tmp_path, day, is_valid):
    load(tmp_path, change(SMALL, ("regulation.yaml", "valid_to"), date(2027, 6, 30)))
    if is_valid:
        assert get_regulation(on=date.fromisoformat(day)).code == "anu-2026-7"
    else:
        with pytest.raises(NoRegulationError):
            get_regulation(on=date.fromisoformat(day))


def test_a_note_can_be_about_the_whole_text(tmp_path):
    load(tmp_path, SMALL)
    subjects = InterpretationSubject.objects.all()
    assert {(subject.article_id is None, subject.output_id is None) for subject in subjects} == {
        (True, True),
        (True, False),
    }
