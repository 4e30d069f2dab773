"""Imports as their jobs run them: each in the scope of its user, what is known elsewhere told by verdict alone."""

import contextvars
from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import fetch, tell
from tumbuh.accounts.api import Assignment, acting_as
from tumbuh.intake import tasks
from tumbuh.intake.api import State, confirm_columns, create_import, decide_rows, read_blocks, start_commit, start_undo
from tumbuh.lib.row_scope import NOTHING, reaching
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"
OWN, OTHER = "91.01.01.2001", "91.01.01.2002"


@pytest.fixture
def midwife(regions):
    return make_user("bidan", role="DESA_OPERATOR", region=regions[OWN])


@pytest.fixture
def neighbour(regions):
    return make_user("tetangga", role="DESA_OPERATOR", region=regions[OTHER])


def work(task, taken) -> None:
    """The job as a worker runs it: it was told nothing of anybody's scope."""
    with reaching(NOTHING):
        contextvars.copy_context().run(task, str(taken.pk))


def look(user, path):
    """Up to the preview."""
    with acting_as(user):
        taken = create_import(by=user, blocks=read_blocks(path), file_name=path.name)
        work(tasks.read, taken)
        confirm_columns(by=user, import_id=taken.pk)
        work(tasks.check, taken)
        return fetch(taken)


def save(user, taken):
    with acting_as(user):
        start_commit(by=user, import_id=taken.pk)
        work(tasks.commit, taken)
        return fetch(taken)


def test_a_whole_import_in_one_desa(midwife, tmp_path):
    taken = save(midwife, look(midwife, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)])))
    assert taken.state == State.COMMITTED and taken.counts["children_new"] == Person.objects.count() == 1
    assert Measurement.objects.get().desa.code == OWN


def test_a_nik_of_another_desa_is_found_and_the_child_not_shown(midwife, neighbour, tmp_path):
    """The row waits; after the decision the child moves with its visits, and back when the import is undone."""
    save(midwife, look(midwife, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)])))
    child = Person.objects.get()
    row = make_row(NIK=NIK, Desa_Kel="TALANG BARU", Tanggal_Pengukuran="11/05/2026")
    taken = look(neighbour, write_xlsx(tmp_path / "b.xlsx", [row]))
    assert tell(taken)[0][1:] == ("needs_review", ("NIK_OTHER_DESA",))
    with acting_as(neighbour):
        assert not Person.objects.filter(pk=child.pk).exists()
        decide_rows(by=neighbour, import_id=taken.pk, decisions={taken.rows.get().pk: "SAME"})
    taken = save(neighbour, taken)
    assert (taken.state, taken.error_code) == (State.COMMITTED, "")
    with acting_as(neighbour):
        assert Person.objects.get(pk=child.pk).measurements.count() == 2
    with acting_as(midwife):
        assert not Person.objects.filter(pk=child.pk).exists()
    with acting_as(neighbour):
        start_undo(by=neighbour, import_id=taken.pk, reason="salah berkas")
        work(tasks.undo, taken)
    with acting_as(midwife):
        assert Person.objects.get(pk=child.pk).measurements.count() == 1


def test_a_role_that_ended_before_the_save_saves_nothing(midwife, tmp_path):
    taken = look(midwife, write_xlsx(tmp_path / "a.xlsx", [make_row(NIK=NIK)]))
    with acting_as(midwife):
        start_commit(by=midwife, import_id=taken.pk)
    Assignment.objects.filter(user=midwife).update(valid_to=date(2025, 6, 1))
    work(tasks.commit, taken)
    taken = fetch(taken)
    assert (taken.state, Person.objects.count()) == (State.PREVIEW, 0)
    assert taken.error_message
