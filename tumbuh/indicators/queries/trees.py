"""Protected figures of a province's whole tree, many indicators and months in one query, kept in memory.

Protecting one region needs the figures of all others of its month. What was protected once is kept until a cell
changes: `get_data_version` asks PostgreSQL's own count of changed rows, which lags by ten seconds at most.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection

from tumbuh.engines.disclosure.api import Figure, Protected, protect_tree
from tumbuh.indicators.queries.public import load_parameters
from tumbuh.regions.api import get_span

Pair = tuple[str, date]
Tree = dict[int, Protected]

VERSION = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables
WHERE relname IN ('indicators_cell', 'regions_region')
"""
FIGURES = """
SELECT c.indicator, c.month, c.region_id, r.parent_id, sum(c.numerator)::bigint, sum(c.denominator)::bigint
FROM indicators_cell c JOIN regions_region r ON r.id = c.region_id AND r.is_active
JOIN unnest(%(indicators)s::text[], %(months)s::date[]) AS p(indicator, month)
    ON c.indicator = p.indicator AND c.month = p.month
WHERE c.region_id BETWEEN %(low)s AND %(high)s
GROUP BY 1, 2, 3, 4
"""

MOST_KEPT = 120  # trees; one of a province with 1,650 regions takes about half a megabyte

_kept: dict[tuple[str, Pair], tuple[int, Tree]] = {}


def get_data_version() -> int:
    """A number that changes within ten seconds of every change to a cell or a region."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        return cursor.fetchone()[0]


def forget_trees() -> None:
    """Drop what is kept in memory."""
    _kept.clear()


def list_public_trees(province: str, pairs: Iterable[Pair]) -> dict[Pair, Tree]:
    """For each indicator and month: region id → the figure as it may be published. At most two queries.

    Regions without a figure are left out. Each region is protected beside all others of the province and month.
    """
    wanted = list(dict.fromkeys(pairs))
    version = get_data_version()
    kept = {pair: _kept.get((province, pair)) for pair in wanted}
    trees = {pair: held[1] for pair, held in kept.items() if held is not None and held[0] == version}
    fresh = protect_pairs(province, [pair for pair in wanted if pair not in trees])
    for pair, tree in fresh.items():
        _kept.pop((province, pair), None)
        _kept[province, pair] = (version, tree)
    for key in list(_kept)[:-MOST_KEPT]:
        _kept.pop(key, None)
    return {**trees, **fresh}


def protect_pairs(province: str, pairs: list[Pair]) -> dict[Pair, Tree]:
    """One query for all pairs (none for none), then the protection of each."""
    if not pairs:
        return {}
    span = get_span(province)
    asked = {"indicators": [pair[0] for pair in pairs], "months": [pair[1] for pair in pairs]}
    figures: dict[Pair, dict[int, Figure]] = defaultdict(dict)
    parents: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {**asked, "low": span.low, "high": span.high})
        for indicator, month, region_id, parent_id, numerator, denominator in cursor.fetchall():
            figures[indicator, month][region_id] = Figure(numerator, denominator)
            if parent_id is not None:
                parents[region_id] = parent_id
    return {pair: protect_tree(figures[pair], parents, load_parameters(pair[1])) for pair in pairs}
