"""All doubles among many lines at once: splink finds and weighs the pairs on DuckDB, then kin are told apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from tumbuh.engines.linkage.comparisons import BLOCKING, COMPARISONS, OTHER, Comparison
from tumbuh.engines.linkage.entries import Entry, prepare_all
from tumbuh.engines.linkage.model import KIN, SAME, STRANGER, Levels, Model, combine, read_model

SCHEMA = pa.schema(
    [
        ("key", pa.int64()), ("name", pa.string()), ("sound", pa.string()), ("words", pa.list_(pa.string())),
        ("first", pa.string()), ("last", pa.string()), ("sex", pa.string()), ("birth", pa.date32()),
        ("swapped", pa.date32()), ("mother", pa.string()), ("mother_sound", pa.string()),
        ("mother_words", pa.list_(pa.string())), ("nik", pa.string()), ("household", pa.int64()), ("desa", pa.int64()),
        ("posyandu", pa.int64()), ("birth_order", pa.int64()), ("grams", pa.int64()),
    ]
)  # fmt: skip
LEAST = 0.001  # pairs that splink alone gives less are not looked at further: kin only makes them less likely


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines by key, the smaller first; how sure it is that they are one person, and the level of each."""

    one: int
    other: int
    probability: float
    levels: Levels


def find_pairs(entries: Iterable[Entry], threshold: float, model: Model | None = None) -> list[Pair]:
    """Pairs at or above the threshold, by key. The same lines in any order give the same pairs."""
    model = model or read_model()
    columns = prepare_all(entries)
    lines = len(columns.get("key", ()))
    if lines < 2:
        return []
    pairs = []
    for one, other, weight, levels in predict(columns, model, LEAST):
        probability = combine(weight, [model.get_bits(kind, levels) for kind in KIN])
        if probability >= threshold:
            pairs.append(Pair(one, other, round(probability, 6), levels))
    return sorted(pairs, key=lambda pair: (pair.one, pair.other))


def predict(columns: dict[str, list[Any]], model: Model, least: float) -> list[tuple[int, int, float, Levels]]:
    """(one, other, splink's match weight, levels) of every pair that the blocking rules let through."""
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    try:
        database = DuckDBAPI(connection=connection)
        connection.register("entries", pa.table(columns, schema=SCHEMA))
        settings = SettingsCreator(**describe(model, len(columns["key"])))
        linker = Linker(database.register("entries"), settings, log_level="ERROR")
        found = linker.inference.predict(threshold_match_probability=least)
        gammas = ", ".join(f"gamma_{comparison.code}" for comparison in COMPARISONS)
        rows = connection.execute(
            f"SELECT key_l, key_r, match_weight, {gammas} FROM {found.physical_name} ORDER BY 1, 2"
        ).fetchall()
    finally:
        connection.close()
    codes = [list_codes(comparison) for comparison in COMPARISONS]
    return [
        (
            min(row[:2]), max(row[:2]), row[2],
            {c.code: code[gamma] for c, code, gamma in zip(COMPARISONS, codes, row[3:], strict=True)},
        )
        for row in rows
    ]  # fmt: skip


def list_codes(comparison: Comparison) -> dict[int, str]:
    """Level by splink's number of it: the closest has the highest, everything else 0, unknown -1."""
    count = len(comparison.levels)
    return {-1: "unknown", 0: OTHER} | {count - at: level.code for at, level in enumerate(comparison.levels)}


def describe(model: Model, lines: int) -> dict[str, Any]:
    """Splink's settings for so many lines."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "key",
        "probability_two_random_records_match": model.get_prior(lines),
        "comparisons": [describe_comparison(comparison, model) for comparison in COMPARISONS],
        "blocking_rules_to_generate_predictions": list(BLOCKING),
        "retain_matching_columns": True,  # the levels come with them
    }


def describe_comparison(comparison: Comparison, model: Model) -> dict[str, Any]:
    """One comparison as splink reads it."""
    column = comparison.column
    null = {
        "sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL",
        "is_null_level": True,
        "label_for_charts": "?",
    }
    levels = [null]
    for level in (*((level.code, level.sql) for level in comparison.levels), (OTHER, "ELSE")):
        code, sql = level
        entry = {
            "sql_condition": sql,
            "label_for_charts": code,
            "m_probability": model.chances[SAME][comparison.code][code],
            "u_probability": model.chances[STRANGER][comparison.code][code],
        }
        if comparison.is_weighed and code == "same":
            entry["tf_adjustment_column"] = "name"
        levels.append(entry)
    return {"output_column_name": comparison.code, "comparison_levels": levels}
