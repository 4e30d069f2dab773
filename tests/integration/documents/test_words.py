"""Words are read by a job when the file is large, found by their stem, and shown where they stand."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.documents import make_document
from tumbuh.documents.actions import files, text
from tumbuh.documents.api import MARKS, Wanted, find_passages, get_reach, get_text, read_text_job, search_documents

pytestmark = pytest.mark.django_db


def find(user, words):
    return [document.title for document in search_documents(get_reach(user), Wanted(words))]


def test_words_of_a_large_file_are_read_by_a_job(operator, desa, monkeypatch):
    monkeypatch.setattr(files, "READ_AT_ONCE_BYTES", 10)
    document = make_document(operator, desa, "Rembuk stunting desa")
    file = document.files.get()
    job = ProcrastinateJob.objects.get(task_name="documents.read_text")
    assert file.text_state == "WAITING" and job.args == {"file_id": file.pk} and job.queue_name == text.QUEUE
    for _ in range(2):
        read_text_job(file.pk)
        file.refresh_from_db()
        assert file.text_state == "READ" and get_text(document) == "Rembuk stunting desa"


def test_a_file_whose_reading_dies_is_kept_without_words(operator, desa, monkeypatch):
    monkeypatch.setattr(files, "READ_AT_ONCE_BYTES", 10)
    document = make_document(operator, desa, "Rembuk stunting desa")
    monkeypatch.setattr(text, "read_words", lambda *_: ([], files.TextState.FAILED))
    read_text_job(document.files.get().pk)
    assert document.files.get().text_state == "FAILED" and get_text(document) == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("anggaran", True),
        ("penganggaran", True),
        ("ANGGARAN stunting", True),
        ('"pencegahan stunting"', True),
        ('"stunting pencegahan"', False),
        ("anggaran jembatan", False),
        ("anggaran -jembatan", True),
        ("rencana", True),
        ("3/2025", True),
        ("4/2025", False),
        ("' or 1=1 --", False),
        ("%", False),
    ],
)
def test_words_are_found(operator, desa, words, found):
    make_document(operator, desa, "Halaman pertama", "Dianggarkan dana bagi anggaran pencegahan stunting",
                  title="Rencana kerja desa")  # fmt: skip
    assert find(operator, words) == (["Rencana kerja desa"] if found else [])


def test_the_passage_shows_where(operator, desa):
    document = make_document(operator, desa, "Halaman pertama", "Dana desa bagi pencegahan stunting tahun ini")
    passage = find_passages([document], "stunting")[document.pk]
    assert passage.page == 2 and passage.text == "Dana desa bagi pencegahan {}stunting{} tahun ini".format(*MARKS)
    assert find_passages([document], "") == find_passages([], "stunting") == find_passages([document], "jalan") == {}


def test_filters(operator, analyst, regions, desa):
    make_document(operator, desa, title="A")
    make_document(analyst, regions["91.01.02.1001"], title="B", year=2027)
    make_document(analyst, regions["91.01"], kind="RKPD", title="C")
    reach = get_reach(analyst)

    def names(**wanted):
        return {document.title for document in search_documents(reach, Wanted(**wanted))}

    assert names() == {"A", "B", "C"}
    assert names(kind="RKPDES") == {"A", "B"}
    assert names(year=2027) == {"B"}
    assert names(span=regions["91.01.01"].span) == {"A"}
    assert names(published=True) == set() and names(published=False) == {"A", "B", "C"}
