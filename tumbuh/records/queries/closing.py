"""What stands in the way of a write: months that were sent for verification."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.formats import date_format

from tumbuh.records.errors import MonthsClosedError
from tumbuh.records.models import Person

CLOSED = """
SELECT t.month FROM unnest(%(months)s::date[]) AS t(month)
WHERE verification_closed(%(desa)s, t.month, %(data_set)s) ORDER BY 1
"""
# Months in which leaving on another day changes whether somebody is counted; measurements count up to 60 months.
LEFT = """
SELECT DISTINCT p.month FROM verification_package p
WHERE p.region_id = %(desa)s AND NOT p.is_whole_open AND p.month >= %(first)s
    AND (%(last)s::date IS NULL OR p.month < %(last)s) AND p.month + interval '1 month' > %(since)s
    AND (p.data_set <> 'growth' OR p.month < %(born)s::date + 1827)
ORDER BY 1
"""

OPEN_DAY = """
SELECT greatest(%(day)s::date, max(p.month + interval '1 month')::date) FROM verification_package p
WHERE p.region_id = %(desa)s AND NOT p.is_whole_open AND p.month + interval '1 month' > %(day)s
"""


def find_open_day(desa_id: int, day: date) -> date:
    """The day, or the first one after it with no month of the desa from it on that was sent."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_DAY, {"desa": desa_id, "day": day})
        found: date = cursor.fetchone()[0]
        return found


def check_open(desa_id: int, months: Iterable[date], data_set: str) -> None:
    """MonthsClosedError where a month of the desa was sent; open ones stay open until the transaction ends."""
    values = {"desa": desa_id, "months": sorted({month.replace(day=1) for month in months}), "data_set": data_set}
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_share_months(ARRAY[%(desa)s::bigint], %(months)s::date[])", values)
        cursor.execute(CLOSED, values)
        refuse([month for (month,) in cursor.fetchall()])


def check_leaving(person: Person, left_on: date | None) -> None:
    """MonthsClosedError where another day of leaving changes who was counted in a month that was sent."""
    days = {person.left_on, left_on}
    if len(days) == 1:
        return
    first = min(day for day in days if day)
    last = None if None in days else max(day for day in days if day)
    values = {"desa": person.desa_id, "first": first, "last": last, "since": person.registered_on,
              "born": person.birth_date}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LEFT, values)
        refuse([month for (month,) in cursor.fetchall()])


def refuse(closed: list[date]) -> None:
    if closed:
        raise MonthsClosedError([date_format(month, "F Y") for month in closed])
