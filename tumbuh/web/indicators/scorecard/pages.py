"""What the page of a scorecard shows, read once and handed to template and workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from tumbuh.engines.definitions.api import Text
from tumbuh.engines.scorecard.api import Fund, Tables, end_quarter, first_of_quarter, make_tables, read_content
from tumbuh.indicators.api import (
    Named,
    Status,
    count_named,
    list_kept,
    list_named,
)
from tumbuh.records.api import list_counting_months
from tumbuh.regions.api import Facility, Region, list_children
from tumbuh.verification.api import list_official
from tumbuh.web.indicators.pages import make_trail, say
from tumbuh.web.indicators.scorecard.asked import Asked, name_quarter, write_code
from tumbuh.web.templatetags.numbers import percent


@dataclass(frozen=True)
class Below:
    """A region below with its convergence; None where nothing is due there."""

    region: Region
    received: int
    due: int
    percent: Decimal | None


@dataclass(frozen=True)
class Choices:
    """The parts of a desa that can be asked for alone: (value, name)."""

    posyandu: list[tuple[int, str]]
    rt: list[str]
    rw: list[str]


def read_funds(region: Region, first: date) -> Sequence[Fund]:
    """Table 5. Village budgets are recorded nowhere yet: this is the one place where they will come in."""
    return ()


def read_tables(asked: Asked, people: Sequence[Named]) -> Tables:
    """The five tables: kept counts, or counted here and now for one posyandu or RT of a desa."""
    if asked.is_part:
        counts = count_named(list(people), asked.includes)
    else:
        counts = list_kept([asked.region.pk], asked.first).get(asked.region.pk, {})
    return make_tables(read_content(), counts, asked.reading.code, read_funds(asked.region, asked.first))


def read_people(asked: Asked) -> list[Named]:
    """The desa's people for those who may read them, else none."""
    if not asked.may_read_people or asked.read_on is None:
        return []
    return list_named(asked.region.pk, asked.first, asked.read_on)


def read_page(asked: Asked) -> dict[str, Any]:
    """Everything that page and workbook show; at most seven queries."""
    people = read_people(asked)
    tables = read_tables(asked, people)
    below = list_below(asked)
    return {
        "asked": asked,
        "region": asked.region,
        "tables": tables,
        "headings": tables.headings,
        "counted": [(tables.headings[1], tables.targets), (tables.headings[2], tables.mat)],
        "groups": [(group, [line for line in tables.lines if line.group == group]) for group in read_content().groups],
        "funds": list_funds(tables),
        "quarter": name_quarter(asked.first),
        "quarters": [(write_code(first), name_quarter(first)) for first, _ in asked.quarters],
        "quarter_code": write_code(asked.first),
        "readings": [(one.code, say(one.title)) for one in read_content().readings],
        "reading_text": say(asked.reading.text),
        "is_running": asked.read_on is not None and asked.read_on < end_quarter(asked.first),
        "is_waiting": is_waiting(asked),
        "status": find_status(asked),
        "sentence": tell(asked, tables),
        "choices": list_choices(people),
        "below": below,
        "sources": read_content().sources,
        "trail": [*make_trail(asked.lineage), ("", gettext("Scorecard"))],
    }


def is_waiting(asked: Asked) -> bool:
    """Whether months of the quarter count and the worker has not counted its scorecards yet."""
    return asked.read_on is None and any(first_of_quarter(month) == asked.first for month in list_counting_months())


def list_funds(tables: Tables) -> list[tuple[Text, Fund | None]]:
    """The fields of table 5, each with its money where it is known."""
    known = {fund.field: fund for fund in tables.funds}
    return [(title, known.get(code)) for code, title in read_content().fund_fields.items()]


def list_below(asked: Asked) -> list[Below]:
    """The regions directly below, in code order; two queries."""
    places = list(list_children(asked.region))
    kept = list_kept([place.pk for place in places], asked.first) if places else {}
    rows = []
    for place in places:
        total = make_tables(read_content(), kept.get(place.pk, {}), asked.reading.code).totals[-1].count
        rows.append(Below(place, total.received, total.due, total.percent))
    return rows


def list_choices(people: Sequence[Named]) -> Choices:
    """The posyandu, RT and RW that occur among the people; one query for the names."""
    ids = {named.person.posyandu_id for named in people} - {None}
    places = list(Facility.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name")) if ids else []
    return Choices(
        places,
        sorted({named.person.rt for named in people} - {""}),
        sorted({named.person.rw for named in people} - {""}),
    )


def find_status(asked: Asked) -> str:
    """Official where all three months of the quarter are."""
    months = [asked.first.replace(month=asked.first.month + number) for number in range(3)]
    official = list_official([asked.region.pk], months)
    is_official = all((asked.region.pk, month) in official for month in months)
    return (Status.OFFICIAL if is_official else Status.PROVISIONAL).value


def tell(asked: Asked, tables: Tables) -> str:
    """The one sentence at the top."""
    place, quarter = asked.region.full_name, name_quarter(asked.first)
    total = tables.totals[-1].count
    if asked.read_on is None or tables.is_empty:
        return gettext("{place}: belum ada data scorecard untuk {quarter}.").format(place=place, quarter=quarter)
    if total.percent is None:
        return gettext("{place}, {quarter}: belum ada layanan yang harus diterima.").format(
            place=place, quarter=quarter
        )
    return gettext("{place}, {quarter}: {percent} layanan yang seharusnya sudah diterima ibu dan anak.").format(
        place=place, quarter=quarter, percent=percent(total.percent)
    )
