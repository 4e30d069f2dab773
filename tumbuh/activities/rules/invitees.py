"""Who is invited before an activity is held, one a line (`name; institution; sex; part`), and who came."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumbuh.activities.errors import PlanError
from tumbuh.activities.rules.participants import (
    LETTERS,
    MOST,
    PARTS,
    SEXES,
    WORDS,
    find_fault,
    read_lines,
    split_cells,
)
from tumbuh.activities.rules.states import Part


@dataclass(frozen=True)
class Guest:
    """Whom an invitation is for: a person or an office by name, an institution, or both; the sex may stay open."""

    name: str
    institution: str = ""
    sex: str = ""
    part: str = Part.PARTICIPANT


@dataclass(frozen=True)
class Turnout:
    """How many were invited, how many of those came, how many came without an invitation."""

    invited: int
    came: int
    uninvited: int


def parse_guests(text: str) -> tuple[list[Guest], list[str]]:
    """Those invited, each once, and a sentence for every line that cannot be read."""
    found, wrong = read_lines(text, parse_guest)
    return keep_first(found), wrong


def keep_first(guests: Iterable[Guest]) -> list[Guest]:
    """Each name of an institution once, as it was written first."""
    found: dict[tuple[str, str], Guest] = {}
    for guest in guests:
        found.setdefault((guest.name, guest.institution), guest)
    return list(found.values())


def parse_guest(line: str) -> Guest | str:
    """The invitation of a line, or what is wrong with it and what to do; never repeats what the line says."""
    name, institution, sex, part, *more = split_cells(line)
    if not name and not institution:
        return _("nama, jabatan, atau lembaga belum ada. Tulis: nama atau jabatan; lembaga.")
    if fault := find_fault(name, institution):
        return fault
    if sex and sex.lower() not in SEXES:
        return _("jenis kelamin tidak dikenal. Tulis L atau P pada kolom ketiga, atau kosongkan.")
    if any(more):
        return _("ada lebih dari empat kolom. Tulis: nama atau jabatan; lembaga; L atau P; peran.")
    if part.lower() not in PARTS:
        return _("peran tidak dikenal. Tulis pimpinan, narasumber, notulis, atau peserta.")
    return Guest(name, institution, SEXES[sex.lower()] if sex else "", PARTS[part.lower()])


def write_guests(guests: Iterable[Guest]) -> str:
    """The list as it is pasted, so that it can be corrected and read again."""
    lines = [[one.name, one.institution, LETTERS[one.sex], WORDS[one.part]] for one in guests]
    return "\n".join("; ".join(cells).rstrip("; ") for cells in lines)


def check_guests(guests: Collection[Guest]) -> None:
    """Raises PlanError for an invitation to nobody, and for more than a list may have."""
    if any(not (guest.name.strip() or guest.institution.strip()) for guest in guests):
        raise PlanError(_("Satu undangan tidak menyebut siapa pun. Tulis nama, jabatan, atau lembaganya."))
    if len(guests) > MOST:
        words = _("Daftar ini berisi %(count)d baris, paling banyak %(most)d. Bagi kegiatannya menjadi beberapa sesi.")
        raise PlanError(words % {"count": len(guests), "most": MOST})


def count_turnout(invited: Collection[int], present: Iterable[int | None]) -> Turnout:
    """`invited`: the numbers of the invitations; `present`: of each person present, the one they came upon, or None."""
    came = list(present)
    known = set(invited)
    return Turnout(len(known), len(known & {one for one in came if one}), sum(one not in known for one in came))
