"""Protected figures of a province's whole tree: many indicators and months in one query, kept while they are current.

Protecting one region needs the figures of all others of its month. Regions that are no longer active are protected
beside the others, for their children still count in the regions above: pages name the active ones only.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np
from django.db import connection

from tumbuh.engines.disclosure.api import Tree, protect_column
from tumbuh.indicators.queries.definitions import get_definition
from tumbuh.indicators.queries.kept import Kept, read_versions
from tumbuh.indicators.queries.parameters import load_parameters
from tumbuh.regions.api import Region, get_span

Pair = tuple[str, date]

FIGURES = """
SELECT c.indicator, c.month, c.region_id, c.numerator, c.denominator
FROM unnest(%(indicators)s::text[], %(months)s::date[]) AS p(indicator, month)
JOIN indicators_cell c ON c.indicator = p.indicator AND c.month = p.month AND c.level = ANY(ARRAY[1, 2, 3, 4])
WHERE c.region_id BETWEEN %(low)s AND %(high)s
"""

_kept: Kept[tuple[str, str, date], Tree] = Kept()


def list_public_trees(province: str, pairs: Iterable[Pair]) -> dict[Pair, Tree]:
    """For each indicator and month: region id → the figure as it may be published. One query, three when cells changed.

    Regions without a figure are left out, all of them where the indicator is not public. Each region is protected
    beside all others of the province and month.
    """
    asked = list(dict.fromkeys(pairs))
    wanted = [(province, *pair) for pair in asked if get_definition(pair[0]).is_public]
    versions = read_versions(month for _, _, month in wanted)
    trees = _kept.fetch(wanted, lambda key: versions[key[2]], lambda keys: protect_pairs(province, keys))
    return {pair: trees.get((province, *pair), {}) for pair in asked}


def protect_pairs(province: str, keys: list[tuple[str, str, date]]) -> dict[tuple[str, str, date], Tree]:
    """One query for all pairs, then the protection of each."""
    span = get_span(province)
    asked = {"indicators": [key[1] for key in keys], "months": [key[2] for key in keys]}
    rows: dict[Pair, list[tuple[int, int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {**asked, "low": span.low, "high": span.high})
        for indicator, month, *row in cursor.fetchall():
            rows[indicator, month].append(row)
    places = Region.objects.filter(pk__range=tuple(span), parent__isnull=False)
    parents = dict(places.values_list("pk", "parent_id"))
    trees = {}
    for key in keys:
        table = np.array(sorted(rows[key[1:]]), dtype=np.int64).reshape(-1, 3)
        trees[key] = protect_column(*table.T, parents, load_parameters(key[2]))
    return trees
