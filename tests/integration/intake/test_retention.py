"""What an import brought is kept for the undo period and no longer; the register keeps what was saved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import fetch, preview, run
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.intake.actions.retention import clear_old_imports, read_retention
from tumbuh.intake.actions.spool import get_path
from tumbuh.intake.actions.undoing import TooLateError
from tumbuh.intake.api import State, can_undo, start_undo
from tumbuh.intake.models import KeptChunk, Row, SavedRow
from tumbuh.records.api import Measurement

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def kept():
    return read_retention(TODAY)


@pytest.fixture
def saved(user, tmp_path):
    return run(user, write_xlsx(tmp_path / "september.xlsx", [make_row(1), make_row(2, Nama="UMAR", JK="L")]))


@pytest.fixture
def waiting(user, tmp_path):
    return preview(user, write_xlsx(tmp_path / "oktober.xlsx", [make_row(3, Nama="GITA LESTARI")]))


def count_kept():
    return Row.objects.count(), SavedRow.objects.count(), KeptChunk.objects.count()


def test_within_its_time_everything_is_kept(user, saved, kept):
    before = count_kept()
    assert clear_old_imports(by=SYSTEM, today=TODAY + timedelta(days=kept.undo_days)) == 0
    assert count_kept() == before
    assert can_undo(user, saved)


def test_afterwards_the_content_is_gone_and_the_register_stays(user, saved, kept):
    assert clear_old_imports(by=SYSTEM, today=TODAY + timedelta(days=kept.undo_days + 1)) == 1
    assert count_kept() == (0, 0, 0)
    assert Measurement.objects.count() == 2
    assert fetch(saved).counts == saved.counts
    assert Event.objects.filter(action="intake.import.cleared").count() == 1
    with pytest.raises(TooLateError):
        start_undo(by=user, import_id=saved.pk, reason="salah bulan")


def test_an_import_that_nobody_finished_is_closed(waiting, kept):
    assert clear_old_imports(by=SYSTEM, today=TODAY + timedelta(days=kept.open_days + 1)) == 1
    assert fetch(waiting).state == State.CANCELLED
    assert not get_path(waiting.stored_as).exists()
    assert count_kept() == (0, 0, 0)


def test_a_second_run_finds_nothing(saved, kept):
    later = TODAY + timedelta(days=kept.undo_days + 1)
    assert [clear_old_imports(by=SYSTEM, today=later) for _ in range(2)] == [1, 0]
