"""Files that people attach, honest ones and hostile ones, as bytes."""

import io
import zipfile
from collections.abc import Iterable

import docx
import pypdf
import xlsxwriter
from odf.opendocument import OpenDocumentText
from odf.text import P
from PIL import Image
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject


def make_writer(*pages: str) -> pypdf.PdfWriter:
    """A PDF with one page for each text."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    for text in pages or ("Halaman",):
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        lines = text.split("\n")
        shown = " T* ".join(f"({escape(line)}) Tj" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    return writer


def escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def write(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_pdf(*pages: str) -> bytes:
    return write(make_writer(*pages))


def make_scan() -> bytes:
    """A PDF without a word, as a scanner makes it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    return write(writer)


def make_locked_pdf(password: str = "rahasia") -> bytes:
    writer = make_writer("Rahasia")
    writer.encrypt(password)
    return write(writer)


def make_script_pdf() -> bytes:
    writer = make_writer("Formulir")
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app")})
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return write(writer)


def make_launch_pdf() -> bytes:
    """A page's remark that starts a program, its name written so that a plain search does not find it."""
    writer = make_writer("Klik di sini")
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
    writer._root_object[NameObject("/OpenAction")] = action
    return write(writer).replace(b"/Launch", b"/L#61unch")


def make_carrying_pdf() -> bytes:
    writer = make_writer("Lampiran")
    writer.add_attachment("gaji.exe", b"MZ")
    return write(writer)


def make_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs or ("Isi",):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_xlsx(rows: Iterable[Iterable[object]] = (("Isi",),)) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def make_odt(*paragraphs: str) -> bytes:
    document = OpenDocumentText()
    for text in paragraphs or ("Isi",):
        document.text.addElement(P(text=text))
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def make_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, place: bool = False) -> bytes:
    """A picture; with `place` it says where it was taken."""
    picture = Image.new("RGB", size, (200, 64, 47))
    out = io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Kamera Desa"
        exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 47.0, 30.0), 3: "E", 4: (102.0, 15.0, 30.0)})
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def add_part(archive: bytes, name: str, content: bytes) -> bytes:
    """The zipped file with one part more, or with another content of that part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def make_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
