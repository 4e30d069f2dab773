"""What a page of a scorecard was asked for: region, quarter, reading, and part of a desa."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from tumbuh.accounts.api import READ_FIGURES, READ_PEOPLE
from tumbuh.engines.scorecard.api import Reading, first_of_quarter, read_content
from tumbuh.indicators.api import list_quarters
from tumbuh.records.api import QuarterPerson
from tumbuh.regions.api import Level, Region, list_lineage
from tumbuh.web.site.viewer import may

ROMAN = ("I", "II", "III", "IV")
MOST_QUARTERS = 12


@dataclass(frozen=True)
class Asked:
    """`quarters` are (first day, day read on), newest first; `read_on` is None where nothing is kept of the quarter."""

    lineage: list[Region]
    quarters: list[tuple[date, date]]
    first: date
    read_on: date | None
    reading: Reading
    posyandu: int | None
    rt: str
    rw: str
    may_read_people: bool

    @property
    def region(self) -> Region:
        return self.lineage[-1]

    @property
    def is_part(self) -> bool:
        """Only one posyandu or RT of the desa is asked for."""
        return self.posyandu is not None or bool(self.rt or self.rw)

    @property
    def query(self) -> str:
        """The address's question, to go on with."""
        part = {"posyandu": self.posyandu, "rt": self.rt, "rw": self.rw}
        values = {"triwulan": write_code(self.first), "bacaan": self.reading.code, **part}
        return urlencode({key: value for key, value in values.items() if value})

    def includes(self, person: QuarterPerson) -> bool:
        """Is the person of the part asked for?"""
        wanted = [(self.posyandu, person.posyandu_id), (self.rt, person.rt), (self.rw, person.rw)]
        return all(value == found for value, found in wanted if value)


def read_asked(request: HttpRequest, code: str) -> Asked:
    """Http404 for a region, quarter or reading that is not there, and for whoever may not see exact figures there."""
    lineage = list_lineage(code)
    if not lineage or not may(request, READ_FIGURES, lineage[-1].pk):
        raise Http404
    region, query, quarters = lineage[-1], request.GET, list_quarters()[:MOST_QUARTERS]
    newest = quarters[0][0] if quarters else first_of_quarter(timezone.localdate())
    first = read_code(query["triwulan"]) if query.get("triwulan") else newest
    is_open = region.level == Level.DESA and may(request, READ_PEOPLE, region.pk)
    posyandu = query.get("posyandu", "") if is_open else ""
    return Asked(
        lineage=lineage,
        quarters=quarters,
        first=first,
        read_on=dict(quarters).get(first),
        reading=choose_reading(query.get("bacaan", "")),
        posyandu=int(posyandu) if posyandu.isascii() and posyandu.isdigit() and len(posyandu) < 10 else None,
        rt=query.get("rt", "")[:5] if is_open else "",
        rw=query.get("rw", "")[:5] if is_open else "",
        may_read_people=is_open,
    )


def choose_reading(code: str) -> Reading:
    """The reading asked for, the first for none."""
    readings = read_content().readings
    chosen = next((one for one in readings if one.code == code), None) if code else readings[0]
    if chosen is None:
        raise Http404
    return chosen


def read_code(code: str) -> date:
    """`2026-Q1` → 1 January 2026."""
    year, _, quarter = code.partition("-Q")
    if not (
        year.isascii() and year.isdigit() and len(year) == 4 and year >= "1900" and quarter in ("1", "2", "3", "4")
    ):
        raise Http404
    return date(int(year), int(quarter) * 3 - 2, 1)


def write_code(first: date) -> str:
    return f"{first.year}-Q{(first.month + 2) // 3}"


def name_quarter(first: date) -> str:
    """“Triwulan I 2026”."""
    return gettext("Triwulan {number} {year}").format(number=ROMAN[first.month // 3], year=first.year)
