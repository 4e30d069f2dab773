"""Reading a pasted list of participants: one person a line, `name; institution; sex; part; tidak hadir`."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from tumbuh.activities.rules.states import Part, Sex

One = TypeVar("One", bound=Hashable)
MOST = 500
LONGEST = 120
NUMBER = re.compile(r"\d{8,}")
SEXES = {
    "l": Sex.MALE, "lk": Sex.MALE, "laki-laki": Sex.MALE, "laki laki": Sex.MALE, "pria": Sex.MALE,
    "p": Sex.FEMALE, "pr": Sex.FEMALE, "perempuan": Sex.FEMALE, "wanita": Sex.FEMALE,
}  # fmt: skip
PARTS = {
    "": Part.PARTICIPANT, "peserta": Part.PARTICIPANT, "pimpinan": Part.CHAIR, "ketua": Part.CHAIR,
    "pemimpin": Part.CHAIR, "moderator": Part.CHAIR, "narasumber": Part.SPEAKER, "pengajar": Part.SPEAKER,
    "pembicara": Part.SPEAKER, "notulis": Part.NOTE_TAKER, "notulen": Part.NOTE_TAKER,
}  # fmt: skip
LETTERS: dict[str, str] = {Sex.MALE: "L", Sex.FEMALE: "P", "": ""}
WORDS: dict[str, str] = {
    Part.CHAIR: "pimpinan", Part.SPEAKER: "narasumber", Part.NOTE_TAKER: "notulis", Part.PARTICIPANT: "",
}  # fmt: skip
ABSENT = {"tidak hadir", "absen"}


@dataclass(frozen=True)
class Attendee:
    """One line of the list."""

    name: str
    institution: str
    sex: Sex
    part: Part = Part.PARTICIPANT
    is_present: bool = True
    invitee_id: int | None = None


def parse_participants(text: str) -> tuple[list[Attendee], list[str]]:
    """The people of the list, each once, and a sentence for every line that cannot be read."""
    return read_lines(text, parse_line)


def read_lines(text: str, read: Callable[[str], One | str]) -> tuple[list[One], list[str]]:
    """What `read` makes of each line, each once, and a sentence for every line that it cannot read."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        words = _("Daftar ini berisi %(count)d baris, paling banyak %(most)d. Bagi kegiatannya menjadi beberapa sesi.")
        return [], [words % {"count": len(lines), "most": MOST}]
    found: dict[One, None] = {}
    wrong = []
    for number, line in lines:
        person = read(line)
        if isinstance(person, str):
            wrong.append(_("Baris %(number)d: %(problem)s") % {"number": number, "problem": person})
        else:
            found.setdefault(person)
    return list(found), wrong


def parse_line(line: str) -> Attendee | str:
    """The person of a line, or what is wrong with it and what to do; never repeats what the line says."""
    name, institution, sex, part, presence, *more = split_cells(line)
    if not sex:
        return _("jenis kelamin belum ada. Tulis: nama; lembaga; L atau P.")
    if not name:
        return _("nama belum ada. Tulis: nama; lembaga; L atau P.")
    if fault := find_fault(name, institution):
        return fault
    if sex.lower() not in SEXES:
        return _("jenis kelamin tidak dikenal. Tulis L atau P pada kolom ketiga.")
    if any(more):
        return _("ada lebih dari lima kolom. Tulis: nama; lembaga; L atau P; peran.")
    is_present = not {part.lower(), presence.lower()} & ABSENT
    part = "" if part.lower() in ABSENT else part
    if part.lower() not in PARTS or (presence and presence.lower() not in ABSENT | {"hadir"}):
        return _("peran tidak dikenal. Tulis pimpinan, narasumber, notulis, atau peserta.")
    return Attendee(name, institution, SEXES[sex.lower()], PARTS[part.lower()], is_present)


def split_cells(line: str) -> list[str]:
    """The cells of a line, at least five, without blanks around them."""
    return [" ".join(cell.split()) for cell in [*re.split(r"[;\t]", line), "", "", "", ""]]


def find_fault(name: str, institution: str) -> str:
    """What speaks against these two, whoever is meant; empty when nothing does."""
    if NUMBER.search(name) or NUMBER.search(institution):
        return _("ada nomor panjang seperti NIK atau telepon. Tulis nama dan lembaga saja.")
    if len(name) > LONGEST or len(institution) > LONGEST:
        return _("nama atau lembaga lebih dari 120 huruf. Singkatkan.")
    return ""


def write_participants(people: list[Attendee]) -> str:
    """The list as it is pasted, so that it can be corrected and read again."""
    lines = []
    for one in people:
        cells = [one.name, one.institution, LETTERS[one.sex], WORDS[one.part], "" if one.is_present else "tidak hadir"]
        lines.append("; ".join(cells).rstrip("; "))
    return "\n".join(lines)
