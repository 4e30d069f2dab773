"""The standard report of a partner: its semester, until when it is due, what it must say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tumbuh.partners.errors import ReportError

EXPIRING = timedelta(days=90)  # how long before its end an agreement is shown as ending soon


class Semester(NamedTuple):
    """Half 1 is January to June, half 2 July to December."""

    year: int
    half: int

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def label(self) -> str:
        return _("Semester %(half)s %(year)s") % {"half": self.half, "year": self.year}

    @property
    def before(self) -> "Semester":
        return Semester(self.year - 1, 2) if self.half == 1 else Semester(self.year, 1)


def get_semester(day: date) -> Semester:
    """The semester in which the day lies."""
    return Semester(day.year, 1 if day.month <= 6 else 2)


@dataclass(frozen=True)
class Section:
    """One part of the report, in both languages."""

    key: str
    label_id: str
    label_en: str
    hint_id: str = ""
    hint_en: str = ""
    is_required: bool = False

    @property
    def label(self) -> str:
        return self.label_en if is_english() else self.label_id

    @property
    def hint(self) -> str:
        return self.hint_en if is_english() else self.hint_id


@dataclass(frozen=True)
class DueRule:
    """How many days after its semester's end a report is due, from a day on; `is_certain`: an official set it."""

    days: int
    valid_from: date
    source: str
    is_certain: bool


def is_english() -> bool:
    return (get_language() or "id").startswith("en")


def find_due(rules: Sequence[DueRule], semester: Semester) -> date:
    """Until which day the report is due: by the newest rule that holds at the semester's end."""
    held = [rule for rule in rules if rule.valid_from <= semester.last_day]
    rule = max(held or rules, key=lambda one: one.valid_from)
    return semester.last_day + timedelta(days=rule.days)


def check_semester(semester: Semester, *, today: date) -> None:
    """Raises ReportError when there is no such semester or it has not begun."""
    if semester.half not in (1, 2) or semester.first_day > today:
        raise ReportError(_("Semester itu belum mulai. Pilih semester yang sudah berjalan."))


def check_sections(sections: Sequence[Section], texts: Mapping[str, str]) -> None:
    """Raises ReportError naming the required sections that are still empty."""
    missing = [one.label for one in sections if one.is_required and not texts.get(one.key, "").strip()]
    if missing:
        raise ReportError(
            _("Laporan belum dapat dikirim karena bagian ini kosong: %(sections)s. Isi, lalu kirim.")
            % {"sections": ", ".join(missing)}
        )


def make_receipt(semester: Semester, number: int) -> str:
    """The receipt's number: LM-2026-1-00012."""
    return f"LM-{semester.year}-{semester.half}-{number:05d}"
