"""What goes into the sheets that leave: people in the viewer's scope, and counts of them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from tumbuh.accounts.api import Scope
from tumbuh.engines.convergence.api import read_content
from tumbuh.indicators.api import list_values
from tumbuh.intake.sheets.children import Place, list_headings, write_visit
from tumbuh.intake.sheets.counts import CountLine, count_people, load_sheet
from tumbuh.intake.sheets.pregnant import write_woman
from tumbuh.intake.sources.api import find_source
from tumbuh.records.api import LOST_DAYS, Measurement, Person, Pregnancy, ServiceReceived, decrypt_nik
from tumbuh.regions.api import Level, Region, list_ancestors, list_regions

MONTH_ROWS = "SELECT * FROM records_person_month WHERE month = %s AND desa_id BETWEEN %s AND %s ORDER BY desa_id"
Table = Iterator[list[Any]]


def list_children_sheet(scope: Scope, desa: Region, month: date) -> Table:
    """e-PPGBM: the visits of a desa in a month, headings first."""
    yield list_headings()
    visits = Measurement.objects.filter(scope.q("desa_id"), desa=desa, month=month)
    related = ("person__household", "person__posyandu")
    names = {region.level: region.name for region in list_ancestors(desa)}
    place = Place(names[Level.PROVINSI], names[Level.KABUPATEN], names[Level.KECAMATAN], desa.name)
    ordered = visits.select_related(*related).order_by("person__name", "person_id", "measured_on")
    for number, visit in enumerate(ordered, 1):
        yield write_visit(number, visit, read_nik(visit.person), place)


def list_pregnant_sheet(scope: Scope, desa: Region, month: date) -> Table:
    """KPM form 2A: the women of a desa who were pregnant or gave birth in a month, headings first."""
    source = find_source("kpm_pregnant")
    assert source is not None
    yield [field.label for field in source.fields]
    rows = {row["person_id"]: row for row in list_month_rows(desa, month)} if scope.contains(desa.pk) else {}
    received: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    services = ServiceReceived.objects.filter(month=month, person_id__in=rows)
    for person_id, code, quantity in services.values_list("person_id", "code", "quantity"):
        received[person_id][code] += quantity
    pregnancies = {one.mother_id: one for one in list_pregnancies(list(rows), month)}
    women = Person.objects.filter(scope.q("desa_id"), pk__in=pregnancies)
    ordered = women.select_related("household", "posyandu", "desa").order_by("name", "pk")
    for number, woman in enumerate(ordered, 1):
        mine = received[woman.pk]
        yield write_woman(number, woman, pregnancies[woman.pk], rows[woman.pk], mine, read_nik(woman), source)


def list_pregnancies(people: list[int], month: date) -> list[Pregnancy]:
    """The pregnancies of these women that went on in the month, the latest of each last."""
    following = (month + timedelta(days=31)).replace(day=1)
    going = Q(ended_on=None, started_on__gte=month - timedelta(days=LOST_DAYS)) | Q(ended_on__gte=month)
    found = Pregnancy.objects.filter(going, mother_id__in=people, started_on__lt=following)
    return list(found.order_by("started_on"))


def list_targets_sheet(scope: Scope, desa: Region, month: date) -> Table:
    """KPM form 1: a line for each count of a desa."""
    sheet = load_sheet("kpm-1")
    yield ["Uraian", "Jumlah"]
    rows = list_month_rows(desa, month) if scope.contains(desa.pk) else iter(())
    for line, count in zip(sheet.lines, count_people(sheet.lines, rows, read_content()), strict=True):
        yield [line.label, count]


def list_action_sheet(scope: Scope, region: Region, month: date) -> Table:
    """Aksi Bangda: a line for each desa of the region in scope."""
    lines = load_sheet("aksi-bangda").lines
    yield [line.label for line in lines]
    figures = {side: read_figures(side, region, month) for side in {*list_indicators(lines)}}
    by_desa: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in list_month_rows(region, month):
        by_desa[row["desa_id"]].append(row)
    for desa in list_regions(within=region.code, level=Level.DESA).select_related("parent").order_by("pk"):
        if scope.contains(desa.pk):
            counts = count_people(lines, by_desa[desa.pk], read_content())
            yield [write_figure(line, desa, count, figures) for line, count in zip(lines, counts, strict=True)]


def list_indicators(lines: tuple[CountLine, ...]) -> Iterator[str]:
    for line in lines:
        yield from (name for name in (line.indicator, line.minus) if name)


def read_figures(indicator: str, region: Region, month: date) -> dict[int, Any]:
    values = list_values(indicator=indicator, month=month, level=Level.DESA, within=region.code)
    return {value.region_id: value for value in values}


def write_figure(line: CountLine, desa: Region, count: int, figures: dict[str, dict[int, Any]]) -> Any:
    if line.place:
        return {"code": desa.code, "kecamatan": desa.parent.name, "desa": desa.name}[line.place]
    if not line.indicator:
        return count
    value = getattr(figures[line.indicator][desa.pk], line.side)
    return value - getattr(figures[line.minus][desa.pk], line.side) if line.minus else value


def list_month_rows(region: Region, month: date) -> Iterator[dict[str, Any]]:
    """Who everybody of the region is in the month."""
    with connection.cursor() as cursor:
        cursor.execute(MONTH_ROWS, [month, region.span.low, region.span.high])
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))


def read_nik(person: Person) -> str:
    return decrypt_nik(bytes(person.nik_encrypted)) if person.nik_encrypted else ""
