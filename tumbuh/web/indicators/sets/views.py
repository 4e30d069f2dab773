"""The official sets of indicators of any region: page, workbook, CSV."""

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.lib.spreadsheets.api import create_workbook, inert, write_cell
from tumbuh.web.indicators.sets.pages import AskedSet, list_head, list_rows, read_asked, read_page
from tumbuh.web.indicators.sets.reported import describe_reported

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, code: str, chosen: str) -> HttpResponse:
    """Every indicator of the set in a month."""
    asked = read_asked(request, code, chosen)
    figure, today = request.GET.get("angka", ""), timezone.localdate()
    reported = describe_reported(asked.region, asked.chosen, asked.month or today, figure)
    return render(request, "indicators/sets/page.html", read_page(asked) | reported)


@never_cache
@login_required
@require_safe
def download_book(request: HttpRequest, code: str, chosen: str) -> HttpResponse:
    asked = read_asked(request, code, chosen)
    return HttpResponse(write_book(read_page(asked)), content_type=XLSX, headers=name_file(asked, "xlsx"))


@never_cache
@login_required
@require_safe
def download_csv(request: HttpRequest, code: str, chosen: str) -> HttpResponse:
    asked = read_asked(request, code, chosen)
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers=name_file(asked, "csv"))
    writer = csv.writer(answer, lineterminator="\r\n")
    writer.writerow(list_head())
    writer.writerows([inert(cell) for cell in row] for row in list_rows(read_page(asked)))
    return answer


def name_file(asked: AskedSet, ending: str) -> dict[str, str]:
    month = f"-{asked.month:%Y-%m}" if asked.month else ""
    name = f"{asked.chosen.code}-{asked.region.code}{month}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def write_book(page: dict[str, Any]) -> bytes:
    """One sheet, its header in sight; nothing in it is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "indikator.xlsx"
        with create_workbook(path) as book:
            sheet = book.add_worksheet("Indikator")
            sheet.freeze_panes(1, 3)
            sheet.set_column(2, 2, 70)
            bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
            for column, text in enumerate(list_head()):
                write_cell(sheet, 0, column, text, bold)
            for number, row in enumerate(list_rows(page), 1):
                for column, value in enumerate(row):
                    write_cell(sheet, number, column, value)
        return path.read_bytes()
