"""The workbook of new accounts: its columns, and what is decided of each of its lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tumbuh.accounts.rules.roles import ROLES
from tumbuh.accounts.rules.serving import Serving, UnsuitedError, choose_serving, list_suited, needs_one
from tumbuh.regions.api import Level, RegionCodeError, fold_name, get_code, get_level, get_number

CODE, PLACE, ROLE, NAME, EMAIL, USERNAME, INSTITUTION = COLUMNS = (
    "Kode wilayah", "Nama wilayah", "Peran", "Nama", "Surel", "Nama akun", "Instansi"
)  # fmt: skip
REQUIRED = (CODE, ROLE, NAME)
HEADER_ROWS = 10  # the header stands in one of the first rows
MOST_LINES = 5_000
PREFIX = {Level.DESA: "desa", Level.KECAMATAN: "kecamatan", Level.KABUPATEN: "kabupaten", Level.PROVINSI: "provinsi"}


class Outcome(StrEnum):
    """What becomes of a line."""

    NEW = "NEW"
    THERE = "THERE"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class Asked:
    """A line as it was written; texts are trimmed."""

    sheet: str
    row: int
    code: str = ""
    role: str = ""
    name: str = ""
    email: str = ""
    username: str = ""
    institution: str = ""
    institution_id: int = 0  # of a line that was checked before


@dataclass(frozen=True)
class Line:
    """A checked line: `column` and `reason` say why it was refused, the others what will be made of it."""

    sheet: str
    row: int
    outcome: Outcome
    column: str = ""
    reason: str = ""
    region_id: int = 0
    role: str = ""
    name: str = ""
    email: str = ""
    username: str = ""
    institution: str = ""
    institution_id: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The line for the database; of a refused one no person's data."""
        return asdict(self)


class RefusedError(Exception):
    """A line cannot become an account: the column, and the sentence why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True)
class Known:
    """What is known when lines are checked. `places`: region ids in reach with their names; `can_give(role, region)`;
    `names`: account names in small letters → user id; `held`: (user id, role, region id) of today; `institutions`:
    those of today by region, also of the regions above."""

    places: dict[int, str]
    can_give: Callable[[str, int], bool]
    names: dict[str, int]
    held: frozenset[tuple[int, str, int]]
    institutions: Mapping[int, Sequence[Serving]] = field(default_factory=dict)


def find_header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """(position of the header row, column → its position) in the first rows of a sheet; None without one."""
    for number, row in enumerate(rows[:HEADER_ROWS]):
        folded = [fold_name(cell) if isinstance(cell, str) else "" for cell in row]
        found = {name: folded.index(fold_name(name)) for name in COLUMNS if fold_name(name) in folded}
        if all(name in found for name in REQUIRED):
            return number, found
    return None


def read_line(sheet: str, number: int, row: Sequence[Any], places: dict[str, int]) -> Asked | None:
    """The line of a row; None where nobody is named, as in the rows of the template that were left open."""

    def get(column: str) -> str:
        position = places.get(column)
        value = row[position] if position is not None and position < len(row) else None
        return "" if value is None else " ".join(str(value).split())

    asked = Asked(sheet, number, get(CODE), get(ROLE), get(NAME), get(EMAIL), get(USERNAME), get(INSTITUTION))
    return asked if asked.name or asked.email or asked.username else None


def check_lines(lines: Iterable[Asked], known: Known, check_username: Callable[[str], None]) -> list[Line]:
    """Each line with its outcome, in their order; a name that stands twice in the workbook is refused the second time.

    `check_username` raises ValidationError for what no account name can be.
    """
    seen: dict[str, Asked] = {}
    checked = []
    for asked in lines:
        try:
            checked.append(check_line(asked, known, seen, check_username))
        except RefusedError as refusal:
            checked.append(Line(asked.sheet, asked.row, Outcome.REFUSED, refusal.column, refusal.reason))
    return checked


def check_line(asked: Asked, known: Known, seen: dict[str, Asked], check_username: Callable[[str], None]) -> Line:
    """The line, new or already there; RefusedError with the column and the reason."""
    region_id = find_place(asked.code, known)
    role = find_role(asked.role, region_id, known)
    serving = find_serving(asked, role, region_id, known)
    check_name(asked.name)
    if asked.email:
        check_email(asked.email)
    username = (asked.username or propose_username(region_id)).lower()
    try:
        check_username(username)
    except ValidationError as error:
        raise RefusedError(USERNAME, _("Nama akun hanya huruf, angka, dan @ . + - _, paling banyak 150.")) from error
    if username in seen:
        words = _("Nama akun ini sudah dipakai di baris %(row)d. Tulis nama akun lain di kolom “Nama akun”.")
        raise RefusedError(USERNAME, words % {"row": seen[username].row})
    seen[username] = asked
    owner = known.names.get(username)
    if owner is not None and (owner, role, region_id) not in known.held:
        raise RefusedError(USERNAME, _("Nama akun ini sudah dipakai akun lain. Tulis yang lain."))
    outcome = Outcome.NEW if owner is None else Outcome.THERE
    held_for = (serving.names[0], serving.id) if serving else ("", 0)
    return Line(asked.sheet, asked.row, outcome, "", "", region_id, role, asked.name, asked.email, username, *held_for)


def find_place(code: str, known: Known) -> int:
    """The region's number; what is unknown and what lies outside are refused alike."""
    dotted = get_code(int(code)) if code.isascii() and code.isdecimal() and len(code) == 10 else code
    try:
        region_id = get_number(dotted)
    except RegionCodeError as error:
        raise RefusedError(CODE, str(error)) from error
    if region_id not in known.places:
        raise RefusedError(CODE, _("Wilayah ini tidak ada di bawah wilayah Anda. Periksa kodenya."))
    return region_id


def find_role(text: str, region_id: int, known: Known) -> str:
    """The code of a role written as code or label."""
    wanted = fold_name(text)
    found = next((one for one in ROLES.values() if wanted in (fold_name(one.code), fold_name(one.label))), None)
    if found is None:
        raise RefusedError(ROLE, _("Peran ini tidak dikenal. Tulis seperti di templat, misalnya “Operator desa”."))
    if get_level(get_code(region_id)) not in found.levels:
        raise RefusedError(ROLE, _("Peran ini tidak dipegang di tingkat wilayah tersebut."))
    if not known.can_give(found.code, region_id):
        raise RefusedError(ROLE, _("Peran ini tidak dapat Anda berikan di wilayah tersebut."))
    return found.code


def find_serving(asked: Asked, role: str, region_id: int, known: Known) -> Serving | None:
    """The institution of the line, where it has or needs one."""
    suited = list_suited(role, region_id, known.institutions)
    try:
        return choose_serving(asked.institution, asked.institution_id, suited, is_required=needs_one(role))
    except UnsuitedError as refusal:
        raise RefusedError(INSTITUTION, str(refusal)) from refusal


def check_name(name: str) -> None:
    if not name:
        raise RefusedError(NAME, _("Nama orangnya belum diisi."))
    if len(name) > 150 or not name.isprintable() or not any(letter.isalpha() for letter in name) or name[0] in "=+-@":
        raise RefusedError(NAME, _("Nama ini bukan nama orang: tulis paling banyak 150 huruf, tanpa rumus."))


def check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise RefusedError(EMAIL, _("Alamat surel ini tidak lengkap. Perbaiki, atau kosongkan.")) from error


def propose_username(region_id: int) -> str:
    """desa-1701012001, from the level and the digits of the region."""
    return f"{PREFIX[get_level(get_code(region_id))]}-{get_code(region_id).replace('.', '')}"
