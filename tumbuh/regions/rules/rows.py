"""A list of regions, checked as a whole and compared with what is stored. No database here."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tumbuh.regions.rules.codes import Kind, Level, RegionCodeError, get_kind, get_level, get_parent_code

NAME_LENGTH = 100
MISMATCH = "Jenis “{kind}” tidak cocok dengan kode {code}; dari kodenya seharusnya {expected}."


class RegionRow(NamedTuple):
    """One region as a source gives it; `line` is its line in a file, None when it is no file."""

    code: str
    name: str
    kind: str = ""
    postal_code: str = ""
    legal_basis: str = ""
    line: int | None = None


class Problem(NamedTuple):
    """One thing that is wrong in a file: the line (None: the file as a whole) and a sentence."""

    line: int | None
    message: str

    def __str__(self) -> str:
        return f"Baris {self.line}: {self.message}" if self.line else self.message


class Counts(NamedTuple):
    """How many regions of each sort a list has; `desa` includes desa adat."""

    provinsi: int
    kabupaten: int
    kota: int
    kecamatan: int
    desa: int
    kelurahan: int


class Stored(NamedTuple):
    """What the database holds of one region, as far as a list can change it."""

    name: str
    kind: str
    postal_code: str
    legal_basis: str
    is_active: bool
    is_local: bool


@dataclass
class LoadReport:
    """What a list changes: codes, or (code, before, after) where something was replaced."""

    added: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    changed_kind: list[tuple[str, str, str]] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    deactivated: list[str] = field(default_factory=list)
    reactivated: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The same as numbers."""
        return {name: value if isinstance(value, int) else len(value) for name, value in vars(self).items()}


def list_row_problems(rows: Iterable[RegionRow], stored_codes: Collection[str] = ()) -> list[Problem]:
    """Malformed codes, kinds that contradict the code, missing names, doubled codes, and regions without a parent."""
    problems: list[Problem] = []
    seen: dict[str, int | None] = {}
    listed = list(rows)
    for row in listed:
        problems += [Problem(row.line, message) for message in find_row_problems(row)]
        if row.code in seen:
            first = f" (pertama di baris {seen[row.code]})" if seen[row.code] else ""
            problems.append(Problem(row.line, f"Kode {row.code} muncul lebih dari sekali{first}. Hapus salah satunya."))
        seen.setdefault(row.code, row.line)
    for row in listed:
        parent = row.code.rpartition(".")[0]
        if parent and parent not in seen and parent not in stored_codes:
            message = f"Wilayah {row.code} tidak punya induk: kode {parent} belum ada. Tambahkan."
            problems.append(Problem(row.line, message))
    return sorted(problems, key=lambda problem: problem.line or 0)


def find_row_problems(row: RegionRow) -> Iterator[str]:
    """What is wrong with one row by itself."""
    try:
        expected = get_kind(row.code)
    except RegionCodeError as error:
        yield str(error)
        return
    if not row.name or len(row.name) > NAME_LENGTH:
        yield f"Nama wilayah {row.code} harus diisi, paling panjang {NAME_LENGTH} huruf."
    if row.kind and row.kind != expected and (row.kind != Kind.UPT or get_level(row.code) != Level.DESA):
        yield MISMATCH.format(kind=row.kind, code=row.code, expected=expected)
    if row.postal_code and not (row.postal_code.isdigit() and len(row.postal_code) == 5):
        yield f"Kode pos “{row.postal_code}” harus lima angka."


def list_roots(codes: Collection[str]) -> list[str]:
    """The codes whose parent is not in the collection: a whole list speaks for everything below these."""
    known = set(codes)
    return sorted(code for code in known if get_parent_code(code) not in known)


def count_rows(rows: Iterable[RegionRow]) -> Counts:
    """The counts of a sound list."""
    kinds = Counter(get_kind(row.code) for row in rows)
    return Counts(
        kinds[Kind.PROVINSI], kinds[Kind.KABUPATEN], kinds[Kind.KOTA], kinds[Kind.KECAMATAN],
        kinds[Kind.DESA] + kinds[Kind.DESA_ADAT], kinds[Kind.KELURAHAN],
    )  # fmt: skip


def list_count_problems(found: Counts, expected: Counts, name: str) -> list[Problem]:
    """One sentence for each sort whose count is not the expected one."""
    return [
        Problem(None, f"{name}: {kind} ada {have}, seharusnya {want}. Periksa versi daftar wilayah.")
        for kind, have, want in zip(Counts._fields, found, expected, strict=True)
        if have != want
    ]


def compare_rows(rows: Mapping[str, RegionRow], stored: Mapping[str, Stored]) -> LoadReport:
    """What changes when the rows replace what is stored; regions that the province added itself stay."""
    report = LoadReport()
    for code, row in rows.items():
        old = stored.get(code)
        if old is None:
            report.added.append(code)
            continue
        differs = False
        if old.name != row.name:
            report.renamed.append((code, old.name, row.name))
            differs = True
        if old.kind != row.kind:
            report.changed_kind.append((code, old.kind, row.kind))
            differs = True
        if not old.is_active:
            report.reactivated.append(code)
            differs = True
        if not differs and is_same(row, old):
            report.unchanged += 1
        elif not differs:
            report.updated.append(code)
    report.deactivated = [
        code for code, old in stored.items() if old.is_active and not old.is_local and code not in rows
    ]
    return report


def is_same(row: RegionRow, old: Stored) -> bool:
    """Whether storing the row would change nothing; a source that gives no postal code or basis takes none away."""
    return row.postal_code in ("", old.postal_code) and row.legal_basis in ("", old.legal_basis) and not old.is_local
