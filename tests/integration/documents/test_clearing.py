"""Uploads that nobody finished: closed after their time, their files deleted, and never a file that is wanted."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories.attachments import make_pdf, make_xlsx, make_zip
from tests.factories.documents import make_document
from tests.integration.documents.test_bulk import HEADINGS, line
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.documents.actions.bulk import clearing
from tumbuh.documents.actions.bulk.clearing import ASIDE, DAY, clear_abandoned, read_retention
from tumbuh.documents.api import Document, cancel_batch, check_batch, save_batch
from tumbuh.documents.models import StoredFile
from tumbuh.documents.rules import BatchState
from tumbuh.lib.files import get_kept_path, keep_content

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
KEPT = read_retention(TODAY)
LATE = {"today": TODAY + timedelta(days=KEPT.open_days + 1), "now": time.time() + (KEPT.open_days + 1) * DAY}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


@pytest.fixture
def batch(analyst, tmp_path, folder):
    """A checked upload of two files."""
    table = tmp_path / "tabel.xlsx"
    table.write_bytes(make_xlsx([HEADINGS, line(), line("91.01.01.2002", file="b.pdf")]))
    files = {"a.pdf": make_pdf("Rencana A"), "b.pdf": make_pdf("Rencana B")}
    return check_batch(by=analyst, archive=io.BytesIO(make_zip(files)), table=table, name="kiriman.zip")


def list_files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def count_events(action: str) -> int:
    return Event.objects.filter(action=action).count()


def test_within_its_time_an_upload_stays(batch, folder, analyst):
    before = list_files(folder)
    now = time.time() + KEPT.open_days * DAY
    assert clear_abandoned(by=SYSTEM, today=TODAY + timedelta(days=KEPT.open_days), now=now) == (0, 0)
    assert list_files(folder) == before and len(before) == 2
    assert save_batch(by=analyst, batch=batch) == (2, 0)


def test_afterwards_it_is_closed_and_its_files_are_gone(batch, folder, analyst):
    assert clear_abandoned(by=SYSTEM, **LATE) == (1, 2)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, list_files(folder)) == (BatchState.CANCELLED, [], set())
    assert Event.objects.get(action="documents.batch.cleared").after == {"lines": 2}
    assert Event.objects.get(action="documents.files.cleared").after == {"files": 2}
    assert save_batch(by=analyst, batch=batch) == (0, 0)


def test_once_more_changes_nothing(batch, folder):
    clear_abandoned(by=SYSTEM, **LATE)
    assert clear_abandoned(by=SYSTEM, **LATE) == (0, 0)
    assert (count_events("documents.batch.cleared"), count_events("documents.files.cleared")) == (1, 1)


def test_a_file_of_a_document_stays_in_all_its_versions(batch, folder, analyst, desa):
    save_batch(by=analyst, batch=batch)
    assert clear_abandoned(by=SYSTEM, **LATE) == (0, 0)
    assert list_files(folder) == set(StoredFile.objects.values_list("sha256", flat=True))


def test_a_file_of_an_abandoned_upload_that_became_a_document_otherwise_stays(batch, folder, operator, desa):
    make_document(operator, desa, "Rencana A")
    assert clear_abandoned(by=SYSTEM, **LATE) == (1, 1)
    assert list_files(folder) == {StoredFile.objects.get().sha256}


def test_the_files_of_an_upload_that_was_let_go_leave_after_their_days(batch, folder, analyst):
    cancel_batch(by=analyst, batch=batch)
    assert clear_abandoned(by=SYSTEM) == (0, 0)
    assert clear_abandoned(by=SYSTEM, now=time.time() + (KEPT.stray_days + 1) * DAY) == (0, 2)


class KilledError(Exception):
    """The worker died here."""


@pytest.mark.parametrize("step", ["rename", "unlink"])
def test_killed_in_between_it_is_finished_the_next_day(batch, folder, monkeypatch, step):
    """Killed before the first file is set aside, and before the second one is deleted."""
    calls, real = [], getattr(Path, step)

    def die(path, *args, **options):
        if path.is_relative_to(folder):
            calls.append(path)
            if len(calls) == (1 if step == "rename" else 2):
                raise KilledError
        return real(path, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, die)
        with pytest.raises(KilledError):
            clear_abandoned(by=SYSTEM, **LATE)
    left = list_files(folder)
    assert left and (step == "rename" or any(name.startswith(ASIDE) for name in left))
    assert clear_abandoned(by=SYSTEM, **LATE) == (0, len(left)) and list_files(folder) == set()


def test_what_was_set_aside_and_is_wanted_again_comes_back(folder, operator, desa):
    """Killed between setting aside and looking once more, while a document took the file."""
    document = make_document(operator, desa)
    digest = StoredFile.objects.get().sha256
    path = get_kept_path(folder, digest)
    path.rename(path.with_name(f"{ASIDE}{digest}"))
    assert clearing.remove(path.with_name(f"{ASIDE}{digest}"), LATE["now"]) is False
    assert path.exists() and list_files(folder) == {digest} and Document.objects.get() == document


def test_an_upload_of_the_same_content_at_that_moment_keeps_it(folder, monkeypatch):
    digest = keep_content(folder, b"isi")
    path = get_kept_path(folder, digest)
    os.utime(path, (1, 1))
    assert list(clearing.list_strays(time.time())) == [path]
    keep_content(folder, b"isi")  # touched before it is set aside
    assert clearing.remove(path, time.time() - DAY) is False and path.read_bytes() == b"isi"
    path.rename(path.with_name(f"{ASIDE}{digest}"))
    keep_content(folder, b"isi")  # written anew after it was
    os.utime(path.with_name(f"{ASIDE}{digest}"), (1, 1))
    assert clearing.remove(path.with_name(f"{ASIDE}{digest}"), time.time() - DAY) is True
    assert path.read_bytes() == b"isi" and list_files(folder) == {digest}


def test_drafts_leave_and_what_somebody_else_put_there_stays(folder):
    folder.mkdir(parents=True)
    for name in (".incoming-abc", "catatan.txt"):
        (folder / name).write_text("x")
        os.utime(folder / name, (1, 1))
    (folder / ".incoming-now").write_text("x")
    assert clear_abandoned(by=SYSTEM) == (0, 1)
    assert list_files(folder) == {"catatan.txt", ".incoming-now"}
