"""Adding, replacing, correcting, publishing, withdrawing: who may, what is kept, what happens twice."""

import stat
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.attachments import make_docx, make_pdf, make_picture, make_scan
from tests.factories.documents import make_details, make_document
from tumbuh.audit.api import Event
from tumbuh.documents.api import (
    AlreadyThereError,
    DetailsError,
    Document,
    FileError,
    NotAllowedError,
    PersonalDataError,
    RelationError,
    RelationKind,
    StateError,
    StoredFile,
    Wanted,
    add_document,
    change_details,
    choose_target,
    find_document,
    get_path,
    get_reach,
    get_text,
    list_documents,
    list_relations,
    list_versions,
    publish,
    relate,
    replace_file,
    search_documents,
    unpublish,
    unrelate,
    withdraw,
)
from tumbuh.documents.models import FilePage

pytestmark = pytest.mark.django_db
FILE = make_pdf("Rencana kerja pemerintah desa", "Anggaran untuk pencegahan stunting")


def add(by, region, content=FILE, name="rkpdes.pdf", **more):
    return add_document(by=by, details=make_details(region, **more), blocks=[content], name=name)


def list_actions(document) -> list[str]:
    events = Event.objects.filter(object_kind="document", object_id=str(document.public_id)).order_by("id")
    return [event.action.removeprefix("documents.") for event in events]


def test_a_document_with_file_and_words(operator, desa):
    document, is_new = add(operator, desa)
    file = document.files.get()
    assert is_new and not document.is_published
    assert get_path(file).read_bytes() == FILE and file.sha256 == file.sent_sha256 == document.sha256
    assert get_text(document) == "Rencana kerja pemerintah desa\nAnggaran untuk pencegahan stunting"
    assert file.text_state == "READ" and list_actions(document) == ["document.added"]
    mode = stat.S_IMODE(get_path(file).stat().st_mode), stat.S_IMODE(get_path(file).parent.stat().st_mode)
    assert mode == (0o600, 0o700)


def test_the_same_file_again_is_already_there(operator, desa):
    first, _ = add(operator, desa)
    again, is_new = add(operator, desa, title="Judul lain", name="lain.pdf")
    assert again == first and not is_new
    assert Document.objects.count() == StoredFile.objects.count() == 1 and list_actions(first) == ["document.added"]
    _, is_new = add(operator, desa, year=2027)
    assert is_new, "the same file for another year is another document"


def test_the_database_holds_what_is_unique(operator, desa):
    document, _ = add(operator, desa, kind="PERATURAN_DESA", year=None)
    document.pk, document.public_id = None, "00000000-0000-4000-8000-000000000001"
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "APA_SAJA"}, "kind"),
        ({"kind": "RKPD"}, "region"),
        ({"title": "  "}, "title"),
        ({"year": None}, "year"),
        ({"year": 26}, "year"),
        ({"number": ""}, "number"),
        ({"issued_on": None}, "issued_on"),
        ({"issued_on": date(2999, 1, 1)}, "issued_on"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "valid_to"),
        ({"institution_id": 99999}, "institution"),
    ],
)
def test_what_cannot_be_written(operator, desa, change, field):
    with pytest.raises(DetailsError) as caught:
        add(operator, desa, **change)
    assert set(caught.value.faults) == {field} and not Document.objects.exists()


def test_a_refused_file_leaves_nothing(operator, desa, tmp_path, settings):
    settings.DOCUMENTS = tmp_path
    with pytest.raises(FileError) as caught:
        add(operator, desa, b"MZ program")
    assert caught.value.code == "documents.UNKNOWN_KIND" and "lalu kirim" in str(caught.value)
    assert not Document.objects.exists()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize(
    ("role", "held_at", "is_allowed"),
    [
        ("DESA_OPERATOR", "91.01.01.2001", True),
        ("DESA_OPERATOR", "91.01.01.2002", False),
        ("KECAMATAN_VERIFIER", "91.01.01", False),
        ("KABUPATEN_VERIFIER", "91.01", False),
        ("KABUPATEN_ANALYST", "91.01", True),
        ("KABUPATEN_ANALYST", "91.02", False),
        ("PROVINSI_ADMIN", "91", True),
        ("ANALYST", "91", False),
        ("KADER", "91.01.01.2001", False),
    ],
)
def test_who_adds_a_document_of_a_desa(regions, desa, role, held_at, is_allowed):
    user = make_user(role=role, region=regions[held_at])
    if is_allowed:
        assert add(user, desa).is_new
    else:
        with pytest.raises(NotAllowedError):
            add(user, desa)


def test_who_checks_manages_the_own_level_only(regions):
    checker = make_user(role="KABUPATEN_VERIFIER", region=regions["91.01"])
    assert add(checker, regions["91.01"], kind="RKPD").is_new


def test_another_file_keeps_the_older_one(operator, desa):
    document, _ = add(operator, desa)
    publish(by=operator, document=document)
    newer = make_docx("Rencana kerja yang diperbaiki")
    document, is_new = replace_file(by=operator, document=document, blocks=[newer], name="baru.docx")
    assert is_new and not document.is_published, "what is public changes only when somebody publishes it"
    assert [(file.position, file.is_current, file.kind) for file in list_versions(document)] == [
        (2, True, "docx"), (1, False, "pdf")]  # fmt: skip
    assert get_text(document) == "Rencana kerja yang diperbaiki"
    assert get_path(list_versions(document)[1]).read_bytes() == FILE
    assert not replace_file(by=operator, document=document, blocks=[newer], name="baru.docx").is_new
    assert list_actions(document) == ["document.added", "document.published", "file.replaced"]


def test_a_file_that_another_document_holds(operator, desa):
    add(operator, desa)
    other, _ = add(operator, desa, make_pdf("Lain"))
    with pytest.raises(AlreadyThereError):
        replace_file(by=operator, document=other, blocks=[FILE], name="a.pdf")


def test_details_are_changed_once_and_words_stay_out_of_the_trail(operator, desa):
    document, _ = add(operator, desa)
    details = make_details(desa, title="RKPDes Budi", number="4/2025")
    change_details(by=operator, document=document, details=details)
    change_details(by=operator, document=document, details=details)
    event = Event.objects.filter(action="documents.details.changed").get()
    assert event.before == {"title": "…", "number": "3/2025"} and event.after == {"title": "…", "number": "4/2025"}
    with pytest.raises(DetailsError):
        change_details(by=operator, document=document, details=replace(details, number=""))


def test_a_document_is_not_moved_to_where_one_has_no_say(operator, regions, desa):
    document, _ = add(operator, desa)
    with pytest.raises(NotAllowedError):
        change_details(by=operator, document=document, details=make_details(regions["91.01.01.2002"]))


def test_publishing_asks_about_numbers_of_people(operator, desa):
    document, _ = add(operator, desa, make_pdf("Ketua tim, NIK 1705012345670001, dan 1705012345670002"))
    with pytest.raises(PersonalDataError) as caught:
        publish(by=operator, document=document)
    assert "2 angka" in str(caught.value) and "1705" not in str(caught.value)
    assert publish(by=operator, document=document, is_sure=True).is_published
    publish(by=operator, document=document)
    assert not unpublish(by=operator, document=document).is_published
    assert list_actions(document) == ["document.added", "document.published", "document.unpublished"]
    assert Event.objects.get(action="documents.document.published").after["person_numbers"] == 2


def test_a_withdrawn_document(operator, desa):
    document, _ = add(operator, desa)
    publish(by=operator, document=document)
    with pytest.raises(StateError):
        withdraw(by=operator, document=document, reason=" ")
    withdrawn = withdraw(by=operator, document=document, reason="salah unggah")
    assert not withdrawn.is_published and withdrawn.withdrawn_reason == "salah unggah"
    for step in (publish, unpublish):
        with pytest.raises(StateError):
            step(by=operator, document=document)
    assert list_documents() == []
    assert add(operator, desa).is_new, "the same file can come again as another document"


def test_who_reads(regions, desa, operator):
    document, _ = add(operator, desa)
    readers = {
        (role, code): make_user(f"{role}{code}", role=role, region=regions[code])
        for role, code in [
            ("KECAMATAN_VERIFIER", "91.01.01"), ("KECAMATAN_VERIFIER", "91.01.02"), ("SUPERVISOR", "91"),
            ("ANALYST", "91.02"), ("DESA_OPERATOR", "91.01.01.2002"), ("KADER", "91.01.01.2001"), ("TEACHER", "91"),
        ]
    }  # fmt: skip
    found = {who: find_document(get_reach(user), document.public_id) is not None for who, user in readers.items()}
    assert {who for who, is_found in found.items() if is_found} == {
        ("KECAMATAN_VERIFIER", "91.01.01"),
        ("SUPERVISOR", "91"),
    }
    publish(by=operator, document=document)
    assert all(find_document(get_reach(user), document.public_id) for user in readers.values())


def test_relations(operator, analyst, regions, desa):
    old, _ = add(operator, desa, make_pdf("lama"), kind="PERATURAN_DESA", year=None, number="1/2024", title="Lama")
    new, _ = add(operator, desa, make_pdf("baru"), kind="PERATURAN_DESA", year=None, number="2/2026", title="Baru")
    assert choose_target(by=operator, text="1/2024") == old
    assert choose_target(by=operator, text=f"https://contoh.id/dokumen/{old.public_id}") == old
    with pytest.raises(RelationError):
        choose_target(by=operator, text="9/2024")
    relation = relate(by=operator, source=new, target=old, kind=RelationKind.REVOKES)
    assert relate(by=operator, source=new, target=old, kind=RelationKind.REVOKES) == relation
    for source, target in ((old, new), (new, new)):
        with pytest.raises(RelationError):
            relate(by=operator, source=source, target=target, kind=RelationKind.REVOKES)
    reach = get_reach(operator)
    assert [one.target for one in list_relations(reach, new)[0]] == [old]
    assert [one.source for one in list_relations(reach, old)[1]] == [new]
    revoked = {document.title: document.is_revoked for document in search_documents(reach, Wanted())}
    assert revoked == {"Lama": True, "Baru": False}
    publish(by=operator, document=old)
    stranger = get_reach(make_user("asing"))
    assert list_relations(stranger, old) == ([], []), "a relation does not betray what is not published"
    unrelate(by=operator, source=new, relation_id=relation.pk)
    unrelate(by=operator, source=new, relation_id=relation.pk)
    assert not search_documents(reach, Wanted()).get(title="Lama").is_revoked
    with pytest.raises(RelationError):
        relate(by=operator, source=new, target=make_document(analyst, regions["91.01"], kind="RKPD"),
               kind=RelationKind.AMENDS)  # fmt: skip


def test_what_the_rooms_above_are_told(operator, analyst, regions, desa):
    one, _ = add(operator, desa)
    make_document(analyst, regions["91.01.01.2002"], year=2027)
    whole = make_document(analyst, regions["91.01"], kind="RKPD", title="RKPD 2026")
    assert [fact.public_id for fact in list_documents(kinds=["RKPDES"], years=[2026])] == [one.public_id]
    assert [fact.kind for fact in list_documents(spans=[regions["91.01.01"].span])] == ["RKPDES", "RKPDES"]
    assert [fact.id for fact in list_documents(ids=[whole.pk])] == [whole.pk]
    assert list_documents(ids=[]) == list_documents(spans=[]) == list_documents(only_published=True) == []
    fact = list_documents(ids=[one.pk])[0]
    assert (fact.region_id, fact.year, fact.number, fact.uploaded_by_id) == (desa.pk, 2026, "3/2025", operator.pk)


def test_a_picture_is_kept_drawn_anew(operator, desa):
    photo = make_picture(place=True)
    document, _ = add(operator, desa, photo, "foto.jpg", kind="NOTULEN")
    file = document.files.get()
    assert file.sent_sha256 != file.sha256 and b"Kamera" not in get_path(file).read_bytes()
    assert file.text_state == "EMPTY" and not add(operator, desa, photo, "foto.jpg", kind="NOTULEN").is_new


def test_a_scan_is_kept_without_words(operator, desa):
    document, _ = add(operator, desa, make_scan())
    assert document.files.get().text_state == "EMPTY" and not FilePage.objects.exists()
    with pytest.raises(PersonalDataError, match="tidak seluruhnya terbaca"):
        publish(by=operator, document=document)
    assert publish(by=operator, document=document, is_sure=True).is_published


def test_times_are_moments(operator, desa):
    document, _ = add(operator, desa)
    published = publish(by=operator, document=document).published_at
    assert timezone.now() - published < timedelta(minutes=1)
