"""Learning the model from lines whose truth is known: how often each level is met by each kind of pair."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import pyarrow as pa

from tumbuh.engines.linkage.batch import SCHEMA
from tumbuh.engines.linkage.comparisons import COMPARISONS, OTHER, UNKNOWN, Comparison
from tumbuh.engines.linkage.entries import Entry, prepare_all
from tumbuh.engines.linkage.model import KIN, SAME, SIBLING, STRANGER, TWIN, Model

TRUTH = pa.schema([("key", pa.int64()), ("person", pa.int64()), ("family", pa.int64()), ("born", pa.date32())])
KIND = f"""CASE WHEN l.person = r.person THEN '{SAME}' WHEN l.family <> r.family THEN '{STRANGER}'
           WHEN l.born = r.born THEN '{TWIN}' ELSE '{SIBLING}' END"""
# Strangers: each line beside so many others that a hash picks, the same in every run.
BESIDE = 12
RELATED = "truth l JOIN truth r ON l.family = r.family AND l.key < r.key"
DRAWN = f"""CREATE TABLE drawn AS SELECT t.place, (hash(t.place, n) % (SELECT count(*) FROM truth))::bigint AS beside
    FROM truth t, range({BESIDE}) g(n)"""
STRANGERS = "drawn d JOIN truth l ON l.place = d.place JOIN truth r ON r.place = d.beside"
Counts = dict[tuple[str, str], dict[str, int]]  # by kind of pair and comparison: how often each level


def train(
    entries: Iterable[Entry], truth: Mapping[int, tuple[int, int, date]], training: dict[str, str | int]
) -> Model:
    """The model of these lines; truth by key: (person, family, day of birth). The same lines give the same model."""
    columns = prepare_all(entries)
    keys = columns["key"]
    persons, families, births = zip(*(truth[key] for key in keys), strict=True)
    known = {"key": keys, "person": list(persons), "family": list(families), "born": list(births)}
    connection = duckdb.connect()
    try:
        connection.register("lines", pa.table(columns, schema=SCHEMA))
        connection.register("known", pa.table(known, schema=TRUTH))
        connection.execute(
            "CREATE TABLE truth AS SELECT *, row_number() OVER (ORDER BY key) - 1 AS place FROM lines "
            "JOIN known USING (key)"
        )
        connection.execute(DRAWN)
        counts = count_levels(connection, STRANGERS) | count_levels(connection, RELATED)
    finally:
        connection.close()
    chances = {kind: {c.code: smooth(counts[kind, c.code], c) for c in COMPARISONS} for kind in (SAME, *KIN, STRANGER)}
    rates = {kind: round(sum(counts[kind, "sex"].values()) / len(keys), 6) for kind in (SAME, *KIN)}
    return Model(chances, rates, training)


def count_levels(connection: duckdb.DuckDBPyConnection, pairs: str) -> Counts:
    """How often each level of each comparison is met among the pairs, by kind."""
    columns = ", ".join(f"{write_case(comparison)} AS {comparison.code}" for comparison in COMPARISONS)
    sides = ", ".join(f"{side}.{name} AS {name}_{side}" for side in "lr" for name in SCHEMA.names)
    connection.execute(
        f"CREATE OR REPLACE TABLE levels AS SELECT kind, {columns} FROM (SELECT {KIND} AS kind, {sides} FROM {pairs})"
    )
    counts: Counts = {}
    for comparison in COMPARISONS:
        rows = connection.execute(
            f"SELECT kind, {comparison.code}, count(*) FROM levels GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        for kind, level, number in rows:
            counts.setdefault((kind, comparison.code), {})[level] = number
    return counts


def write_case(comparison: Comparison) -> str:
    """The level as one SQL expression."""
    whens = "".join(f" WHEN {level.sql} THEN '{level.code}'" for level in comparison.levels)
    column = comparison.column
    return f"CASE WHEN {column}_l IS NULL OR {column}_r IS NULL THEN '{UNKNOWN}'{whens} ELSE '{OTHER}' END"


def smooth(counts: Mapping[str, int], comparison: Comparison) -> dict[str, float]:
    """Shares of the levels where both sides are known; half a pair more each, so that nothing is impossible."""
    codes = [*(level.code for level in comparison.levels), OTHER]
    total = sum(counts.get(code, 0) for code in codes) + 0.5 * len(codes)
    return {code: round((counts.get(code, 0) + 0.5) / total, 9) for code in codes}
