"""z-scores and weight-gain status of the staged rows, by the growth engine, for each child's whole series."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection

from tumbuh.engines.anthropometry.api import INDICATORS, MISSING, ZScores, compute_zscores, weight_gain_statuses

STORED = """
SELECT NULL::bigint, m.id, m.person_id, p.sex = 'M', m.age_days, m.measured_on - DATE 'epoch',
       m.weight_kg::float8, NULL::float8, '', false, NULL::float8, NULL::float8, m.waz, m.weight_gain
FROM records_measurement m JOIN records_person p ON p.id = m.person_id
WHERE m.person_id IN ({people})
ORDER BY 3, 6
"""
# The staged rows and the stored measurements of the same children that are not being replaced, child by child.
SERIES = f"""
SELECT g.row_id, g.measurement_id, g.person_id, g.sex = 'M', g.measured_on - g.birth_date,
       g.measured_on - DATE 'epoch',
       g.weight_kg::float8, g.lenhei_cm::float8, g.mode, g.oedema, g.head_cm::float8, g.muac_cm::float8,
       NULL::smallint, ''
FROM records_merged g
UNION ALL
SELECT * FROM ({STORED.format(people="SELECT person_id FROM records_merged")}) s
WHERE id NOT IN (SELECT measurement_id FROM records_merged WHERE measurement_id IS NOT NULL)
ORDER BY 3, 6
"""
ROW, MEASUREMENT, PERSON, MALE, AGE, DAY, WEIGHT, LENHEI, MODE, OEDEMA, HEAD, MUAC, WAZ, GAIN = range(14)
MODES = {"": 0, "L": 1, "H": 2}
RESULTS = """
DROP TABLE IF EXISTS records_results;
CREATE TEMPORARY TABLE records_results (
    row_id bigint, haz smallint, waz smallint, whz smallint, baz smallint, headz smallint, muacz smallint,
    haz_flag boolean, waz_flag boolean, whz_flag boolean, baz_flag boolean, headz_flag boolean, muacz_flag boolean,
    lenhei_corrected_cm numeric(5, 2), weight_gain text
)
"""
UPDATE_GAINS = """
UPDATE records_measurement m SET weight_gain = g.gain
FROM unnest(%s::bigint[], %s::text[]) AS g(id, gain) WHERE g.id = m.id
"""
LINE = "\t".join(["%d"] * 7 + ["%d"] * 6 + ["%s", "%s"]) + "\n"


def compute_staged() -> None:
    """Fill records_results for records_merged, and correct the weight gain of stored measurements beside them."""
    with connection.cursor() as cursor:
        cursor.execute(RESULTS)
        cursor.execute(SERIES)
        series = cursor.fetchall()
        is_staged = np.array([row[ROW] is not None for row in series], dtype=bool)
        staged = [row for row in series if row[ROW] is not None]
        scores = compute_rows(staged)
        waz = np.array([MISSING if row[WAZ] is None else row[WAZ] for row in series], dtype=np.int64)
        waz[is_staged] = scores.waz
        gains = compute_gains(series, waz)
        write_results(cursor, staged, scores, [gain for gain, new in zip(gains, is_staged, strict=True) if new])
        write_gains(cursor, [(row, gain) for row, gain in zip(series, gains, strict=True) if row[ROW] is None])


def recompute_gains(people: str) -> None:
    """Correct the weight-gain status of all measurements of the people whom the query (of person ids) names."""
    with connection.cursor() as cursor:
        cursor.execute(STORED.format(people=people))
        series = cursor.fetchall()
        waz = np.array([MISSING if row[WAZ] is None else row[WAZ] for row in series], dtype=np.int64)
        write_gains(cursor, list(zip(series, compute_gains(series, waz), strict=True)))


def compute_gains(series: list[tuple[Any, ...]], waz: Any) -> list[str]:
    """Weight-gain status of each row of SERIES."""
    if not series:
        return []
    columns = list(zip(*series, strict=True))
    statuses = weight_gain_statuses(
        np.array(columns[PERSON], dtype=np.int64),
        np.array(columns[DAY], dtype=np.int64).astype("datetime64[D]"),
        np.array(columns[AGE], dtype=np.float64),
        np.array(columns[WEIGHT], dtype=np.float64),
        waz,
    )
    return statuses.tolist()


def write_gains(cursor, rows: list[tuple[tuple[Any, ...], str]]) -> None:
    """Store the statuses that differ from what is stored."""
    changed = [(row[MEASUREMENT], gain) for row, gain in rows if row[GAIN] != gain]
    if changed:
        cursor.execute(UPDATE_GAINS, [[key for key, _ in changed], [gain for _, gain in changed]])


def compute_rows(rows: list[tuple[Any, ...]]) -> ZScores:
    """z-scores of rows of SERIES."""
    columns = list(zip(*rows, strict=True)) if rows else [[] for _ in range(14)]
    return compute_zscores(
        np.where(np.array(columns[MALE], dtype=bool), 1, 2).astype(np.int8),
        np.array(columns[AGE], dtype=np.float64),
        np.array(columns[WEIGHT], dtype=np.float64),
        np.array(columns[LENHEI], dtype=np.float64),
        np.array([MODES[mode] for mode in columns[MODE]], dtype=np.int8),
        np.array(columns[OEDEMA], dtype=bool),
        np.array(columns[HEAD], dtype=np.float64),
        np.array(columns[MUAC], dtype=np.float64),
    )


def write_results(cursor, staged: list[tuple[Any, ...]], scores: ZScores, gains: list[str]) -> None:
    """COPY the z-scores, flags and gains of staged rows into records_results."""
    with cursor.copy("COPY records_results FROM STDIN WITH (NULL '-32768')") as copy:
        for block in list_blocks(staged, scores, gains):
            copy.write(block)
    cursor.execute("CREATE UNIQUE INDEX ON records_results (row_id); ANALYZE records_results (row_id)")


def list_blocks(staged: list[tuple[Any, ...]], scores: ZScores, gains: list[str], size: int = 5000) -> Iterator[str]:
    """Blocks of COPY text."""
    corrected = scores.lenhei_corrected_cm
    lengths = ["-32768" if missing else f"{cm:.2f}" for cm, missing in zip(corrected, np.isnan(corrected), strict=True)]
    columns = [
        [row[ROW] for row in staged],
        *(scores.get_z(indicator).tolist() for indicator in INDICATORS),
        *(scores.get_flag(indicator).astype(np.int8).tolist() for indicator in INDICATORS),
        lengths,
        gains,
    ]
    lines = list(zip(*columns, strict=True))
    for start in range(0, len(lines), size):
        yield "".join([LINE % line for line in lines[start : start + size]])
