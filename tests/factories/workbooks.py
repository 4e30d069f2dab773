"""Workbooks made on the spot: honest ones of each format, and hostile ones. Nothing binary is committed."""

import csv
import io
import struct
import zipfile
import zlib

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
ROOT_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">
<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""


def make_xlsx(path, sheets, **options):
    """A workbook as Excel writes it: {name: rows}; dates as dates, texts as texts."""
    with xlsxwriter.Workbook(
        str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, **options}
    ) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def make_xls(path, sheets):
    """The old binary format."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if hasattr(value, "isoformat"):
                    sheet.write(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    book.save(str(path))
    return path


def make_ods(path, sheets, repeat_last_row=1, repeat_last_cell=1):
    """OpenDocument, as LibreOffice writes it, with an endless empty tail."""
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for number, row in enumerate(rows):
            is_last = number == len(rows) - 1
            line = TableRow(numberrowsrepeated=repeat_last_row) if is_last and repeat_last_row > 1 else TableRow()
            for column, value in enumerate(row):
                last_cell = is_last and column == len(row) - 1 and repeat_last_cell > 1
                line.addElement(make_ods_cell(value, repeat_last_cell if last_cell else 1))
            line.addElement(TableCell(numbercolumnsrepeated=16000))
            table.addElement(line)
        tail = TableRow(numberrowsrepeated=1_000_000)
        tail.addElement(TableCell(numbercolumnsrepeated=16384))
        table.addElement(tail)
        book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def make_ods_cell(value, repeat):
    more = {"numbercolumnsrepeated": repeat} if repeat > 1 else {}
    if value is None:
        return TableCell(**more)
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue="true" if value else "false", **more)
    if isinstance(value, (int, float)):
        return TableCell(valuetype="float", value=value, **more)
    if hasattr(value, "isoformat"):
        return TableCell(valuetype="date", datevalue=value.isoformat(), **more)
    cell = TableCell(valuetype="string", **more)
    cell.addElement(P(text=value))
    return cell


def make_csv(path, rows, separator=",", encoding="utf-8", newline="\r\n"):
    """Delimited text; None is empty."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=newline).writerows(
        [["" if value is None else value for value in row] for row in rows]
    )
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def make_raw_xlsx(
    path, sheet_data, *, shared=None, sheets=1, prolog='<?xml version="1.0"?>', extra=None, workbook_head=""
):
    """A minimal workbook whose sheet XML is given word for word."""
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, sheets + 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{min(n, 1)}.xml"/>'
        for n in range(1, sheets + 1)
    )
    if shared is not None:
        links += f'<Relationship Id="s1" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": f'<?xml version="1.0"?>{workbook_head}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData>'
        "</worksheet>",
    }
    if shared is not None:
        parts["xl/sharedStrings.xml"] = shared
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(extra or {})}.items():
            archive.writestr(name, content)
    return path


def make_long_xlsx(path, rows):
    """A workbook of that many rows and 30 columns of numbers, written as text: far faster than by a library."""
    return make_raw_xlsx(path, "".join(f"<row>{f'<c><v>{row}</v></c>' * 30}</row>" for row in range(rows)))


def make_bomb(path, unzipped_bytes, *, lie=False):
    """A workbook whose sheet unfolds to that many bytes of blanks, made without holding them.

    With `lie` the table of contents claims that the part is small.
    """
    make_raw_xlsx(path, "")
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    # A fully flushed block stands alone, so that it can be repeated as it is.
    block = machine.compress(b" " * (1 << 20)) + machine.flush(zlib.Z_FULL_FLUSH)
    data = block * (unzipped_bytes >> 20) + machine.flush()
    claimed = 1000 if lie else (unzipped_bytes >> 20) << 20
    crc = zlib.crc32(b" " * 1000)
    name = b"xl/worksheets/sheet9.xml"
    content = path.read_bytes()
    end = content.rfind(b"PK\x05\x06")
    count, length, start = struct.unpack("<HLL", content[end + 10 : end + 20])
    directory = content[start : start + length]
    fields = (20, 0, 8, 0, 33, crc, len(data), claimed, len(name))
    local = b"PK\x03\x04" + struct.pack("<5H3LHH", *fields, 0) + name + data
    entry = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, *fields[:-1], len(name), 0, 0, 0, 0, 0, start) + name
    new_directory = directory + entry
    tail = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, count + 1, count + 1, len(new_directory), start + len(local), 0)
    path.write_bytes(content[:start] + local + new_directory + tail)
    return path


def make_ole(path, stream):
    """A compound file whose directory names one stream: enough to be recognised, nothing to be read."""
    sector = 512
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(sector - 8))
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<7L", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0)
    struct.pack_into("<109L", header, 76, 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128L", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    entries = b"".join(make_ole_entry(name, kind) for name, kind in (("Root Entry", 5), (stream, 2)))
    path.write_bytes(bytes(header) + table + entries.ljust(sector, b"\0"))
    return path


def make_ole_entry(name, kind):
    encoded = (name + "\0").encode("utf-16-le")
    entry = bytearray(encoded.ljust(64, b"\0") + bytes(64))
    struct.pack_into("<HBB3L", entry, 64, len(encoded), kind, 1, *([0xFFFFFFFF] * 3))
    struct.pack_into("<LQ", entry, 116, 0xFFFFFFFE, 0)
    return bytes(entry)


def mutate(content: bytes, random, *, changes: int) -> bytes:
    """The bytes with that many places overwritten, cut, doubled or removed."""
    data = bytearray(content)
    for _ in range(changes):
        at = random.randrange(len(data))
        match random.randrange(5):
            case 0:
                data[at] = random.randrange(256)
            case 1:
                data[at] ^= 1 << random.randrange(8)
            case 2:
                del data[at : at + random.randrange(1, 40)]
            case 3:
                data[at:at] = data[at : at + random.randrange(1, 40)]
            case 4:
                data[at : at + 4] = struct.pack(
                    "<L", random.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, random.getrandbits(32)))
                )
        if not data:
            return b"\0"
    return bytes(data)


def mutate_part(content: bytes, random, *, changes: int) -> bytes:
    """The zip with one of its parts mutated and packed anew, so that its checksum is right."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if old.getinfo(name).file_size]
        chosen = random.choice([name for name in names if "sheet1" in name or "content" in name] * 3 + names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mutate(part, random, changes=changes) if name == chosen else part)
    return target.getvalue()
