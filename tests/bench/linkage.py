"""Doubles among 170,000 made-up people in four sources: precision, recall, time, memory, beside splink's own defaults.

`python -m tests.bench.linkage train` learns the model anew from seed 1 and stores it. What is reported comes from three
other seeds, on which nothing was trained or tuned. PEOPLE= for another number, SEEDS= for other seeds.
"""

import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

PEOPLE = int(os.environ.get("PEOPLE", "170000"))
TRAINING_SEED, SEEDS = 1, tuple(int(seed) for seed in os.environ.get("SEEDS", "2 3 4").split())
CURVE = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
LEAST = 0.05
Found = dict[tuple[int, int], float]


def find_ours(planted) -> Found:
    from tumbuh.engines.linkage.api import find_pairs

    return {(pair.one, pair.other): pair.probability for pair in find_pairs(planted.entries, LEAST)}


def find_default(planted) -> Found:
    """Splink as its own guide sets it up: its name, date and exact comparisons, u by sampling, m by expectation."""
    import duckdb
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    names = ("key", "name", "sex", "birth_date", "desa", "mother", "nik")
    columns = {name: [getattr(entry, name) or None for entry in planted.entries] for name in names}
    columns["birth_date"] = [day.isoformat() for day in columns["birth_date"]]
    database = DuckDBAPI(connection=duckdb.connect())
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="key",
        comparisons=[
            cl.NameComparison("name"), cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.NameComparison("mother"), cl.ExactMatch("sex"), cl.ExactMatch("nik"), cl.ExactMatch("desa"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("nik"), block_on("birth_date", "desa"), block_on("name", "desa"), block_on("birth_date", "mother"),
        ],
    )  # fmt: skip
    database.duckdb_con.register("lines", pa.table(columns))
    linker = Linker(database.register("lines"), settings, log_level="ERROR")
    training = linker.training
    sure = [block_on("nik"), block_on("name", "birth_date")]
    training.estimate_probability_two_random_records_match(sure, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("birth_date", "desa"))
    training.estimate_parameters_using_expectation_maximisation(block_on("name", "desa"))
    pairs = linker.inference.predict(threshold_match_probability=LEAST)
    query = f"SELECT key_l, key_r, match_probability FROM {pairs.physical_name}"
    rows = database.duckdb_con.execute(query).fetchall()
    return {(min(one, other), max(one, other)): probability for one, other, probability in rows}


def measure(name: str, seed: int) -> str:
    """One method on one seed, in a process of its own: its table."""
    from tests.factories.planted_errors import plant

    planted = plant(PEOPLE, seed)
    truth = planted.list_true_pairs()
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    found = {"ours": find_ours, "splink's defaults": find_default}[name](planted)
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = [
        f"{name}, seed {seed}: {len(planted.entries):,} lines, {len(truth):,} true pairs; "
        f"{took:.1f} s ({cpu:.1f} s CPU), peak {after.ru_maxrss / 1024:.0f} MB"
    ]
    for threshold in CURVE:
        chosen = {pair for pair, probability in found.items() if probability >= threshold}
        right = len(chosen & truth)
        lines.append(
            f"  at {threshold:<5}  precision {right / max(len(chosen), 1):.4f}  recall {right / len(truth):.4f}  "
            f"{len(chosen):,} pairs, {len(chosen) - right} wrong"
        )
    return "\n".join(lines)


def store_model() -> None:
    from tests.factories.planted_errors import plant
    from tumbuh.engines.linkage.api import train, write_model

    planted = plant(PEOPLE, TRAINING_SEED)
    truth = {key: (planted.persons[key], planted.families[key], planted.births[key]) for key in planted.persons}
    described = {
        "from": "made-up people of tests/factories/planted.py with the errors of tests/factories/planted_errors.py",
        "how": "python -m tests.bench.linkage train: shares of levels among known pairs, strangers drawn by a hash",
        "people": PEOPLE, "lines": len(planted.entries), "seed": TRAINING_SEED,
    }  # fmt: skip
    started = time.perf_counter()
    write_model(train(planted.entries, truth, described))
    print(f"trained on {len(planted.entries):,} lines in {time.perf_counter() - started:.1f} s")


def main() -> None:
    for seed in SEEDS:
        for name in ("ours", "splink's defaults"):
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                print(pool.submit(measure, name, seed).result(), flush=True)


if __name__ == "__main__":
    store_model() if "train" in sys.argv else main()
