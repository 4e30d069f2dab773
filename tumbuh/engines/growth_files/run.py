"""Compute the z-scores of a whole file in little memory."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.api import INDICATORS, MISSING, AgeRule, RowError, ZScores, compute_zscores
from tumbuh.engines.growth_files.columns import KERNEL_COLUMNS, KNOWN, MEASURES, TEXTS, Batch, read_batch
from tumbuh.engines.growth_files.errors import CANNOT_HOLD, COLUMN_TWICE, COLUMNS_LACK, GrowthFileError
from tumbuh.engines.growth_files.formats import Source, Target, explain_unreadable, open_source, open_target

ERRORS_KEPT = 1000
BOTH = frozenset({"weight_kg", "lenhei_cm"})
NEEDS: dict[str, Set[str]] = {
    "haz": {"lenhei_cm"},
    "waz": {"weight_kg"},
    "whz": BOTH,
    "baz": BOTH,
    "headz": {"head_cm"},
    "muacz": {"muac_cm"},
}
ADDED = (*INDICATORS, *(f"{name}_flag" for name in INDICATORS))


@dataclass
class Summary:
    """What came of a file. `errors` holds the first ERRORS_KEPT as (row, column, message), rows counted from 1."""

    source: str
    target: str
    age_rule: str
    rows: int = 0
    rows_with_errors: int = 0
    errors_by_column: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    values: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def compute_file(
    source_path: Path,
    target_path: Path,
    age_rule: str = AgeRule.DAYS,
    report: Callable[[int], None] | None = None,
) -> Summary:
    """Read, compute, write; `report` is told the rows done so far. Raises GrowthFileError with one plain sentence."""
    started = time.perf_counter()
    source = open_source(source_path)
    names = find_columns(source, source_path)
    summary = Summary(str(source_path), str(target_path), AgeRule(age_rule).value)
    with open_target(target_path, source.delimiter) as target, ThreadPoolExecutor(1) as writer:
        writing: Future[None] | None = None  # one batch is written while the next is computed
        for batch in read_batches(source, source_path):
            computed = compute_batch(batch, names, summary, target)
            if writing:
                writing.result()
            writing = writer.submit(write_batch, target, computed, target_path)
            if report:
                report(summary.rows)
        if writing:
            writing.result()
    summary.seconds = round(time.perf_counter() - started, 3)
    return summary


def write_batch(target: Target, batch: Any, path: Path) -> None:
    """Raises GrowthFileError where a column's type does not fit the format."""
    try:
        target.write(batch)
    except pa.ArrowException as error:
        kinds = ", ".join(f"{f.name} ({f.type})" for f in batch.schema if pa.types.is_nested(f.type)) or "?"
        raise GrowthFileError(CANNOT_HOLD, path=path, kinds=kinds) from error


def read_batches(source: Source, path: Path) -> Iterator[Any]:
    """The batches; at least an empty one, so that a file without rows gives one with columns."""
    is_any = False
    try:
        for batch in source.batches:
            is_any = True
            yield batch
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise explain_unreadable(path, error) from error
    if not is_any:
        yield pa.RecordBatch.from_pylist([], schema=source.schema)


def find_columns(source: Source, path: Path) -> dict[str, str]:
    """Our name → the file's name, letter case and blanks aside. Raises GrowthFileError where one lacks or is double."""
    names: dict[str, str] = {}
    for name in source.names:
        ours = name.strip().lower()
        if ours in KNOWN and ours in names:
            raise GrowthFileError(COLUMN_TWICE, path=path, column=ours)
        names[ours] = name
    names = {ours: name for ours, name in names.items() if ours in KNOWN}
    missing = [] if "sex" in names else ["sex"]
    if "age_days" not in names and not {"birth_date", "measured_on"} <= names.keys():
        missing.append("age_days (birth_date, measured_on)")
    if not names.keys() & set(MEASURES):
        missing.append(" / ".join(MEASURES))
    if missing:
        found = ", ".join(source.names[:20])
        raise GrowthFileError(COLUMNS_LACK, path=path, missing="; ".join(missing), found=found)
    return names


def compute_batch(batch: Any, names: dict[str, str], summary: Summary, target: Target) -> Any:
    """The batch with its results beside it; what is wrong with its rows goes into the summary."""
    read = read_batch(batch, names)
    asked = [name for name in INDICATORS if NEEDS[name] <= names.keys()]
    scores = compute_zscores(**read.arguments, indicators=asked, age_rule=summary.age_rule)
    add_errors(summary, read, scores, names)
    kept = [i for i, name in enumerate(batch.schema.names) if name.strip().lower() not in ADDED]
    columns = [batch.column(i) for i in kept]
    for name in INDICATORS:
        columns.append(write_z(scores.get_z(name), target.is_text, name in asked))
        summary.values[name] += int((scores.get_z(name) != MISSING).sum())
    for name in INDICATORS:
        columns.append(pa.array(scores.get_flag(name).astype(np.int8)))
        summary.flagged[name] += int(scores.get_flag(name).sum())
    summary.rows += batch.num_rows
    return pa.RecordBatch.from_arrays(columns, names=[*(batch.schema.names[i] for i in kept), *ADDED])


@lru_cache(maxsize=1)
def list_z_texts() -> Any:
    """The text of every int16 of hundredths, from MISSING up."""
    return pa.array([None, *(f"{h / 100:.2f}" for h in range(MISSING + 1, -MISSING))], pa.string())


def write_z(hundredths: NDArray[np.int16], as_text: bool, is_any: bool) -> Any:
    """z with two decimals, null where missing: text for CSV, float64 for Parquet."""
    if not is_any:
        return pa.nulls(len(hundredths), pa.string() if as_text else pa.float64())
    if as_text:
        return list_z_texts().take(pa.array(hundredths.astype(np.int32) - MISSING))
    return pa.array(hundredths / 100, mask=hundredths == MISSING)


def add_errors(summary: Summary, read: Batch, scores: ZScores, names: dict[str, str]) -> None:
    """Name each bad cell once: by what the file holds where it cannot be read, else by what the kernel found."""
    bad = dict(read.unreadable)
    for error, column in KERNEL_COLUMNS.items():
        where = (scores.errors & np.uint8(error)) != 0
        bad[column] = where | bad[column] if column in bad else where
    age = (scores.errors & np.uint8(RowError.AGE)) != 0
    for column in ("age_days", "birth_date", "measured_on"):
        age &= ~bad.get(column, np.False_)
    column = "age_days" if "age_days" in names else "measured_on"
    bad[column] = age | bad[column] if column in bad else age
    any_bad = np.zeros(len(scores.errors), np.bool_)
    for column, where in bad.items():
        if count := int(where.sum()):
            summary.errors_by_column[column] += count
            any_bad |= where
    if not any_bad.any():
        return
    summary.rows_with_errors += int(any_bad.sum())
    room = ERRORS_KEPT - len(summary.errors)
    for row in np.flatnonzero(any_bad)[: max(room, 0)]:
        summary.errors += [(summary.rows + int(row) + 1, c, TEXTS[c]) for c, where in bad.items() if where[row]]
