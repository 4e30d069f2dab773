"""Hostile files: each is refused in time and memory, with its own code and a sentence; the caller lives."""

import random
import zipfile

import pytest

from tests.factories.workbooks import (
    MAIN,
    make_bomb,
    make_csv,
    make_long_xlsx,
    make_ods,
    make_ole,
    make_raw_xlsx,
    make_xls,
    make_xlsx,
    mutate,
    mutate_part,
)
from tests.unit.lib.reading_apart import start_reading_apart
from tumbuh.lib.spreadsheets.api import ErrorCode, SpreadsheetError, read_sheets
from tumbuh.lib.spreadsheets.errors import SENTENCES

SECONDS = 5  # of the child's processor
PATIENCE = 300  # seconds on the clock, which a busy machine may well need
MEGABYTES = 300
ROWS = [["NIK", "Nama", "Berat"], *[[f"17010152052{n:05}", f"Anak {n}", n / 10] for n in range(40)]]
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.fixture(scope="module")
def read():
    with start_reading_apart() as read_apart:
        yield read_apart


@pytest.fixture
def refuse(read):
    """Reads a file that must be refused; the child's processor time and memory are checked, not the clock's."""

    def check(path, **limits):
        found = read(path, **{"wall_seconds": PATIENCE, "cpu_seconds": SECONDS} | limits)
        assert found.code is not None
        assert found.seconds < SECONDS
        assert found.kilobytes < MEGABYTES * 1024
        assert found.message.endswith(".")
        assert "{" not in found.message
        return found

    return check


def cell(reference, value="1"):
    return f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>{value}</v></c></row>'


def far_cell(path):
    return make_raw_xlsx(path, cell("XFD1048576"))


def far_cell_lower(path):
    return make_raw_xlsx(path, cell("xfd1048576"))


def far_cell_spelt_oddly(path):
    return make_raw_xlsx(path, "<row r='1'><c r='A1'><v>1</v></c><c\n\tr =\n'XFD1048576' ><v>1</v></c></row>")


def far_cell_as_entity(path):
    return make_raw_xlsx(path, cell("&#88;FD1048576"))


def far_cell_behind_a_sign(path):
    return make_raw_xlsx(path, '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" x="/>"><v>1</v></c></row>')


def far_row(path):
    return make_raw_xlsx(path, cell("AD900000"))


def wide_and_low(path):
    return make_raw_xlsx(path, cell("ZZ99999"))


def bomb(path):
    return make_bomb(path, 2_200_000_000)


def lying_bomb(path):
    return make_bomb(path, 400_000_000, lie=True)


def laughs(path):
    return make_raw_xlsx(path, '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>', prolog=LAUGHS)


def laughs_in_workbook(path):
    return make_raw_xlsx(path, "", workbook_head=LAUGHS.removeprefix('<?xml version="1.0"?>'))


def outside_entity(path):
    return make_raw_xlsx(path, "", prolog='<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">')


def wide_letters(path):
    make_raw_xlsx(path, "", extra={"xl/styles.xml": "x"})
    sheet = (LAUGHS + f'<worksheet xmlns="{MAIN}"/>').encode("utf-16")
    return make_raw_xlsx(path, "", extra={"xl/worksheets/sheet1.xml": sheet})


def shared_count(path):
    shared = (
        f'<?xml version="1.0"?><sst xmlns="{MAIN}" count="4294967296" uniqueCount="4294967296"><si><t>a</t></si></sst>'
    )
    return make_raw_xlsx(path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared=shared)


def long_shared_text(path):
    shared = f'<?xml version="1.0"?><sst xmlns="{MAIN}"><si><t>{"ab" * 20_000}</t></si></sst>'
    return make_raw_xlsx(path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared=shared)


def many_long_texts(path):
    text = "".join(random.Random(1).choices("abcdefgh", k=500_000))
    shared = f'<?xml version="1.0"?><sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5000))
    return make_raw_xlsx(path, cells, shared=shared)


def nested(path):
    make_xlsx(path.with_suffix(".inner"), {"A": [[1]]})
    return make_raw_xlsx(path, "", extra={"xl/embeddings/a.bin": path.with_suffix(".inner").read_bytes()})


def named_zip(path):
    return make_raw_xlsx(path, "", extra={"xl/media/42.zip": "x"})


def many_sheets(path):
    return make_raw_xlsx(path, '<row r="1"><c r="A1"><v>1</v></c></row>', sheets=100_000)


def many_parts(path):
    return make_raw_xlsx(path, "", extra={f"xl/media/{n}.bin": "" for n in range(20_000)})


def locked(path):
    return make_ole(path, "EncryptedPackage")


def locked_zip(path):
    make_xlsx(path, {"A": ROWS})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    return path


def locked_xls(path):
    content = make_xls(path, {"A": ROWS}).read_bytes()
    interface, file_password = b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00"
    assert content.count(interface) == 1
    path.write_bytes(content.replace(interface, file_password))
    return path


def broken_ole(path):
    return make_ole(path, "Workbook")


def ods_repeat_cells(path):
    return make_ods(path, {"A": [["x"]]}, repeat_last_row=1_000_000, repeat_last_cell=16_000)


def ods_repeat_rows(path):
    return make_ods(path, {"A": [["x", "y"]]}, repeat_last_row=900_000)


def ods_far(path):
    return make_ods(path, {"A": [["a"], *[[None]] * 5, [*[None] * 15_000, "z"]]})


def rows_limit(path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 210_000))
    return make_raw_xlsx(path, rows)


def columns_limit(path):
    return make_csv(path, [["x"] * 1001])


def open_quote(path):
    path.write_bytes(b'a;b\r\n"' + b"x;y\r\n" * 20_000)
    return path


def write(content):
    def make(path):
        path.write_bytes(content)
        return path

    return make


HOSTILE = [
    (far_cell, ErrorCode.FAR_CELL),
    (far_cell_lower, ErrorCode.FAR_CELL),
    (far_cell_spelt_oddly, ErrorCode.FAR_CELL),
    (far_cell_as_entity, None),
    (far_cell_behind_a_sign, None),
    (far_row, ErrorCode.FAR_CELL),
    (wide_and_low, ErrorCode.FAR_CELL),
    (bomb, ErrorCode.UNZIPS_TOO_LARGE),
    (lying_bomb, ErrorCode.BROKEN),
    (laughs, ErrorCode.XML_ENTITIES),
    (laughs_in_workbook, ErrorCode.XML_ENTITIES),
    (outside_entity, ErrorCode.XML_ENTITIES),
    (wide_letters, ErrorCode.BROKEN),
    (shared_count, ErrorCode.TOO_MANY_STRINGS),
    (long_shared_text, ErrorCode.CELL_TOO_LONG),
    (many_long_texts, None),
    (nested, ErrorCode.NESTED_ARCHIVE),
    (named_zip, ErrorCode.NESTED_ARCHIVE),
    (many_sheets, ErrorCode.TOO_MANY_SHEETS),
    (many_parts, ErrorCode.TOO_MANY_PARTS),
    (locked, ErrorCode.PASSWORD),
    (locked_xls, ErrorCode.PASSWORD),
    (locked_zip, ErrorCode.PASSWORD),
    (broken_ole, None),
    (ods_repeat_cells, ErrorCode.TOO_MANY_ROWS),
    (ods_repeat_rows, ErrorCode.TOO_MANY_ROWS),
    (ods_far, ErrorCode.TOO_MANY_COLUMNS),
    (rows_limit, ErrorCode.TOO_MANY_ROWS),
    (columns_limit, ErrorCode.TOO_MANY_COLUMNS),
    (open_quote, ErrorCode.CELL_TOO_LONG),
    (write(b""), ErrorCode.EMPTY_FILE),
    (write(b"%PDF-1.7\n%\xe2\xe3\n"), ErrorCode.WRONG_KIND),
    (write(b"\x89PNG\r\n\x1a\n" + bytes(50)), ErrorCode.WRONG_KIND),
    (write(b"\r\n<html><body><table><tr><td>NIK</td></tr></table>"), ErrorCode.WRONG_KIND),
    (write(b'<?xml version="1.0"?><Workbook/>'), ErrorCode.WRONG_KIND),
    (write(bytes(range(256)) * 20), ErrorCode.NOT_A_SPREADSHEET),
    (write(bytes(4000)), ErrorCode.NOT_A_SPREADSHEET),
    (write(b"PK\x03\x04" + bytes(3000)), ErrorCode.BROKEN),
    (write(b"PK\x05\x06" + bytes(18)), ErrorCode.WRONG_KIND),
    (write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)), ErrorCode.BROKEN),
]


@pytest.mark.parametrize(("make", "code"), HOSTILE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_each_hostile_file_is_refused(tmp_path, refuse, make, code):
    error = refuse(make(tmp_path / "berkas.xlsx"))
    assert code is None or error.code is code


@pytest.mark.parametrize("make", [make_xlsx, make_xls, make_ods])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_refused(tmp_path, make, share):
    path = make(tmp_path / "a", {"Data": ROWS})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    try:
        rows = [row for chunk in read_sheets(path) for row in chunk.rows]
    except SpreadsheetError as error:
        assert error.code in {ErrorCode.BROKEN, ErrorCode.READER_DIED, ErrorCode.NOT_A_SPREADSHEET}
    else:
        assert make is make_xls  # its last sectors are padding: nothing was lost
        assert len(rows) == len(ROWS)


def test_a_word_document_is_named(tmp_path, refuse):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    error = refuse(tmp_path / "a.xlsx")
    assert error.code is ErrorCode.WRONG_KIND
    assert "Word" in error.message


def test_styled_empty_cells_far_away_are_harmless(tmp_path):
    path = make_raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576"/></row>',
    )
    assert [chunk.rows for chunk in read_sheets(path)] == [[[1]]]


def test_time_is_limited(tmp_path, refuse):
    path = make_long_xlsx(tmp_path / "a.xlsx", 3000)
    assert refuse(path, wall_seconds=0.01).code is ErrorCode.TOO_SLOW


def test_memory_is_limited(tmp_path, refuse):
    chance = random.Random(1)
    cell = '<c t="inlineStr"><is><t>{:060x}</t></is></c>'
    rows = "".join(f"<row>{cell.format(chance.getrandbits(240)) * 30}</row>" for _ in range(20_000))
    path = make_raw_xlsx(tmp_path / "a.xlsx", rows)
    error = refuse(path, memory_bytes=56_000_000, memory_per_cell=1)
    assert error.code is ErrorCode.OUT_OF_MEMORY


def test_a_killed_reader_is_an_error_and_the_next_file_reads(tmp_path):
    import os
    import signal

    from tests.unit.lib.test_spreadsheet_reading import list_children

    path = make_long_xlsx(tmp_path / "a.xlsx", 6_000)
    rows = read_sheets(path)
    next(rows)
    os.kill(int(list_children()[0]), signal.SIGKILL)
    with pytest.raises(SpreadsheetError) as caught:
        list(rows)
    assert caught.value.code is ErrorCode.OUT_OF_MEMORY
    assert len([row for chunk in read_sheets(path) for row in chunk.rows]) == 6_000


def test_every_code_has_two_sentences():
    assert set(SENTENCES) == set(ErrorCode)
    for code, (indonesian, english) in SENTENCES.items():
        assert indonesian.endswith(".") and english.endswith("."), code


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_mutated_files_give_rows_or_an_error(tmp_path, read, kind):
    make = {"xlsx": make_xlsx, "xls": make_xls, "ods": make_ods}.get(kind)
    path = tmp_path / f"a.{kind}"
    content = (make(path, {"Data": ROWS}) if make else make_csv(path, ROWS, ";")).read_bytes()
    chance = random.Random(f"tumbuh {kind}")
    outcomes = {"rows": 0, "error": 0}
    for number in range(80):
        # Checksums stop most changes of a packed file, so every other time a part inside is changed.
        change = mutate_part if number % 2 and kind in ("xlsx", "ods") else mutate
        path.write_bytes(change(content, chance, changes=1 + number % 6))
        found = read(path, wall_seconds=PATIENCE, cpu_seconds=SECONDS)
        assert found.code is not ErrorCode.TOO_SLOW
        assert found.seconds < SECONDS
        assert found.kilobytes < MEGABYTES * 1024
        outcomes["error" if found.code else "rows"] += 1
    assert sum(outcomes.values()) == 80
    assert min(outcomes.values()) > 0
