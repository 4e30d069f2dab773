"""The scorecard as a workbook in the national layout: five tables on one sheet."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from tumbuh.engines.scorecard.api import Tables, read_content, round_percent
from tumbuh.lib.spreadsheets.api import Cell, create_workbook, write_cell
from tumbuh.web.indicators.pages import say
from tumbuh.web.indicators.scorecard.pages import list_funds
from tumbuh.web.templatetags.numbers import day, no_data

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (6, 78, 16, 16, 16)
TITLE, HEAD, BODY = "title", "head", "body"
Row = tuple[str, tuple[Cell, ...]]


def write_book(page: dict[str, Any]) -> bytes:
    """The whole scorecard; nothing in it is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scorecard.xlsx"
        with create_workbook(path) as book:
            styles = {
                TITLE: book.add_format({"bold": True, "font_size": 12}),
                HEAD: book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"}),
                BODY: book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            }
            sheet = book.add_worksheet(gettext("Scorecard"))
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            for number, (style, cells) in enumerate(list_rows(page)):
                for column, value in enumerate(cells):
                    write_cell(sheet, number, column, value, styles[style])
        return path.read_bytes()


def list_rows(page: dict[str, Any]) -> Iterator[Row]:
    """Heading, the five tables with an empty row between them, and where it comes from."""
    asked, tables = page["asked"], page["tables"]
    status = gettext("resmi") if page["status"] == "OFFICIAL" else gettext("sementara")
    yield TITLE, (gettext("Scorecard konvergensi desa"),)
    yield TITLE, (f"{asked.region.full_name} ({asked.region.code}), {page['quarter']}, {status}",)
    yield TITLE, (say(asked.reading.title),)
    yield TITLE, (gettext("Keadaan {day}").format(day=day(asked.read_on)),)
    for number, write in enumerate((write_targets, write_mat, write_lines, write_totals, write_funds), 1):
        yield TITLE, ("",)
        yield (
            TITLE,
            (gettext("Tabel {number}. {title}").format(number=number, title=say(tables.headings[number].title)),),
        )
        yield from write(tables)
    yield TITLE, ("",)
    for source in page["sources"]:
        yield (
            TITLE,
            (gettext("Sumber: {document}; {article}").format(document=source.document, article=source.article),),
        )


def write_targets(tables: Tables, first: str = "targets") -> Iterator[Row]:
    """Tables 1 and 2: number, what, how many."""
    yield HEAD, (gettext("No"), gettext("Sasaran"), gettext("Jumlah"))
    for number, (tally, people) in enumerate(getattr(tables, first), 1):
        yield BODY, (number, say(tally.title), people)


def write_mat(tables: Tables) -> Iterator[Row]:
    yield from write_targets(tables, "mat")
    for note in tables.headings[2].notes:
        yield TITLE, (say(note),)


def write_lines(tables: Tables) -> Iterator[Row]:
    """Table 3, group by group."""
    for group in read_content().groups:
        yield HEAD, ("", say(group.title), gettext("Jumlah diterima"), gettext("Seharusnya"), gettext("Persen"))
        for line in tables.lines:
            if line.group.code == group.code:
                share = write_share(line.count.percent)
                yield (
                    BODY,
                    (line.indicator.number, say(line.indicator.title), line.count.received, line.count.due, share),
                )
                for part in line.indicator.parts:
                    yield BODY, ("", say(part.title), no_data(), no_data(), no_data())


def write_totals(tables: Tables) -> Iterator[Row]:
    yield HEAD, (gettext("No"), gettext("Sasaran"), gettext("Diterima"), gettext("Seharusnya"), gettext("Persen"))
    for number, total in enumerate(tables.totals, 1):
        name = say(total.group.title) if total.group else gettext("Total tingkat konvergensi")
        share = write_share(total.count.percent)
        yield BODY, (number, name, total.count.received, total.count.due, share)


def write_funds(tables: Tables) -> Iterator[Row]:
    """Table 5; without a budget each cell says so."""
    yield (
        HEAD,
        (gettext("No"), gettext("Bidang"), gettext("Total alokasi"), gettext("Untuk stunting"), gettext("Persen")),
    )
    for number, (title, fund) in enumerate(list_funds(tables), 1):
        cells = (fund.allotted, fund.for_stunting, write_share(fund.percent)) if fund else (no_data(),) * 3
        yield BODY, (number, say(title), *cells)


def write_share(value: Decimal | None) -> Cell:
    """A percentage with two decimals, or that there is none."""
    return no_data() if value is None else round_percent(value)
