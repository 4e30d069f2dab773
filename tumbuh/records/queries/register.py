"""The register of a desa as of a month that may not count yet: who is there before anything of it is saved."""

from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from tumbuh.accounts.api import Scope
from tumbuh.engines.linkage.api import fold_name
from tumbuh.records.models import Person

COUNTED, ASKED = "records_month m", "records_asked m"  # the one place in which the view takes its months
# The view's own text over one month that is asked for, so that both always say the same.
REGISTER = """
WITH records_asked AS (
    SELECT %(month)s::date AS month, (%(month)s::date + interval '1 month')::date AS next_month,
        (%(month)s::date + interval '1 month')::date - 1 AS month_end
),
person_month AS ({view})
SELECT pm.*, p.birth_date AS born_on, p.registered_on, p.left_on, p.public_id, p.name, p.posyandu_id,
    f.name AS posyandu, p.household_id, h.rt
FROM person_month pm JOIN records_person p ON p.id = pm.person_id
LEFT JOIN regions_facility f ON f.id = p.posyandu_id LEFT JOIN records_household h ON h.id = p.household_id
WHERE pm.desa_id = %(desa)s ORDER BY p.name, p.id
"""
NAMED = 12  # people that a name may bring


def list_register(scope: Scope, desa_id: int, month: date) -> list[dict[str, Any]]:
    """Everybody in the register of a desa in a month, counting or not: the view's columns and who they are.

    With the days on which they were registered and left. Nobody where the desa is outside the scope.
    """
    if not scope.contains(desa_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute(write_register(), {"desa": desa_id, "month": month.replace(day=1)})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@cache
def write_register() -> str:
    """The query; asked for once per process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_viewdef('records_person_month'::regclass)")
        view = cursor.fetchone()[0].rstrip().rstrip(";")
    if view.count(COUNTED) != 1:
        raise ValueError(COUNTED)
    return REGISTER.format(view=view.replace("%", "%%").replace(COUNTED, ASKED))


def find_named(scope: Scope, desa_id: int, name: str, *, sex: str = "", born_until: date | None = None) -> list[Person]:
    """People in the register of a desa whose name holds each word of `name`, the first few by name."""
    words = fold_name(name).split()
    people = Person.objects.filter(scope.q("desa_id"), desa_id=desa_id, left_on=None)
    for word in words:
        people = people.filter(name_key__contains=word)
    if sex:
        people = people.filter(sex=sex)
    if born_until:
        people = people.filter(birth_date__lte=born_until)
    return list(people.order_by("name", "pk")[:NAMED]) if words else []
