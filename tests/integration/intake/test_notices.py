"""What the uploader is told of their file."""

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import run, undo
from tumbuh.notifications.api import describe, find_notices

pytestmark = pytest.mark.django_db


def list_told(user):
    return [(line.notice.kind, line.link, line.text) for line in map(describe, find_notices(user))]


def test_saved(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1), make_row(2, Nama="UMAR", JK="L")]))
    [(kind, link, text)] = list_told(user)
    assert (kind, link) == ("import.finished", f"/data-masuk/{taken.pk}")
    assert "(2 baris)" in text and "UMAR" not in text


def test_something_needs_a_look(user, tmp_path):
    run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1)]))
    late = make_row(2, Nama="AISYA PUTRI", Tanggal_Pengukuran="11/04/2026")
    taken = run(user, write_xlsx(tmp_path / "b.xlsx", [late]))
    assert taken.counts["needs_review"] == 1
    kind, link, _text = list_told(user)[0]
    assert (kind, link) == ("import.needs_review", f"/data-masuk/{taken.pk}/tinjau")


def test_undone_by_somebody_else(user, regions, tmp_path):
    colleague = make_user("rekan", role="PROVINSI_ADMIN", region=regions["91"])
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1)]))
    undo(colleague, taken)
    assert [kind for kind, _link, _text in list_told(user)] == ["import.undone", "import.finished"]
    assert list_told(colleague) == []


def test_nobody_is_told_of_their_own_undo(user, tmp_path):
    undo(user, run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1)])))
    assert [kind for kind, _link, _text in list_told(user)] == ["import.finished"]
