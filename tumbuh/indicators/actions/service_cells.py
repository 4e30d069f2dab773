"""The cells of services: who was due and received what in a desa and month, by target group and stratum."""

from functools import cache

from tumbuh.engines.convergence.api import COLUMNS, SEASONS, read_content
from tumbuh.indicators.actions.rollups import RollUp
from tumbuh.indicators.rules.coverage import COUNTS, compile_coverage, list_keys, put_tables
from tumbuh.indicators.rules.values import STRATA
from tumbuh.records.api import list_service_months

PEOPLE = """
SELECT {columns} FROM records_person_month WHERE desa_id = ANY(%(regions)s) AND month = ANY(%(months)s)
"""
# Person by person, so that each table is asked by its own index, and without those of nobody's windows.
RECEIPTS = """
SELECT r.person_id, r.code, r.received_on, r.quantity FROM (SELECT DISTINCT person_id FROM person_months) p
CROSS JOIN LATERAL (SELECT * FROM records_receipt r WHERE r.person_id = p.person_id OFFSET 0) r
"""
DESA = """
SELECT s.desa_id AS region_id, s.month, v.target_group, v.service, {arrays}
FROM ({counted}) s CROSS JOIN LATERAL (VALUES {keys}) AS v(target_group, service, {counts})
GROUP BY s.desa_id, s.month, v.target_group, v.service HAVING sum(v.due) > 0
"""


@cache
def write_query() -> str:
    """For all services, compiled once per process."""
    columns = ["person_id", "desa_id", "month", "month_end", *(name for name in COLUMNS if name not in SEASONS)]
    return write_cells_query(person_months=PEOPLE.format(columns=", ".join(columns)), receipts=RECEIPTS)


def write_cells_query(dialect: str = "postgres", **tables: str) -> str:
    """The cells of desa from `person_months` and `receipts`; `tables` are queries for them where they are no tables."""
    content = read_content()
    counted = compile_coverage(content, dialect)
    if tables:
        counted = put_tables(counted.replace("%", "%%"), **tables)
    keys = [
        f"('{group}', '{service}', {', '.join(f's.{name}_{number}' for name in COUNTS)})"
        for number, (group, service) in enumerate(list_keys(content))
    ]
    arrays = [f"ARRAY[{write_strata(name)}]::integer[] AS {name}" for name in COUNTS]
    return DESA.format(counted=counted, keys=", ".join(keys), counts=", ".join(COUNTS), arrays=", ".join(arrays))


def write_strata(name: str) -> str:
    """The sum of each stratum, in their order; 0 where there is nobody."""
    return ", ".join(
        f"coalesce(sum(v.{name}) FILTER (WHERE s.sex = '{sex}' AND s.poverty = '{poverty}'), 0)"
        for sex, poverty in STRATA
    )


SERVICES = RollUp(
    table="indicators_servicecell",
    keys=("target_group", "service"),
    arrays=COUNTS,
    length=len(STRATA),
    write_desa_query=write_query,
    list_open_months=list_service_months,
    opens_late=True,
)
