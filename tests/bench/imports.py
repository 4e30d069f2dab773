"""Times one import of a big e-PPGBM workbook, step by step, with the memory of each process.

    python -m tests.bench.imports [--rows 50000] [--file FILE]

Works in the database of DATABASE_URL, which must hold the regions; the import is taken back at the end.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")


def list_places(limit: int) -> list[tuple[str, str, str, str]]:
    """(provinsi, kabupaten, kecamatan, desa) of some desa of the database."""
    from tumbuh.regions.api import Level, list_regions

    found = []
    for desa in list_regions(level=Level.DESA).select_related("parent__parent__parent")[:limit]:
        kecamatan = desa.parent
        found.append((kecamatan.parent.parent.name, kecamatan.parent.name, kecamatan.name, desa.name))
    return found


def make_user() -> Any:
    """An administrator of the first province, for this run."""
    from tests.factories.accounts import make_user as make
    from tumbuh.accounts.api import find_user
    from tumbuh.regions.api import Level, list_regions

    province = list_regions(level=Level.PROVINSI)[0]
    return find_user("bench") or make("bench", role="PROVINSI_ADMIN", region=province)


def read_cpu(pid: int) -> float:
    """CPU seconds that a process of this machine has used; 0.0 where it cannot be seen (a database elsewhere)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_clocks(backend: int) -> list[float]:
    """Wall, and CPU of this process, of the database's process and of the ended reading processes, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [time.perf_counter(), time.process_time(), read_cpu(backend), children.ru_utime + children.ru_stime]


def time_steps(user: Any, path: Path) -> tuple[Any, dict[str, list[float]]]:
    """The committed import, and for each step the seconds of read_clocks."""
    from django.db import connection

    from tumbuh.intake import api

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    seconds: dict[str, list[float]] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        start = read_clocks(backend)
        result = work()
        seconds[name] = [after - before for after, before in zip(read_clocks(backend), start, strict=True)]
        return result

    taken = step("upload", lambda: api.create_import(by=user, blocks=api.read_blocks(path), file_name=path.name))
    step("read", lambda: api.read_import(import_id=taken.pk))
    api.confirm_columns(by=user, import_id=taken.pk)
    step("check", lambda: api.check_import(import_id=taken.pk))
    api.start_commit(by=user, import_id=taken.pk)
    step("commit", lambda: api.commit_import(import_id=taken.pk))
    return api.Import.objects.get(pk=taken.pk), seconds


PEER = """
import resource, sys, time
import pandas
start, cpu = time.perf_counter(), time.process_time()
rows = len(pandas.read_excel(sys.argv[1], header=None, engine="calamine"))
print(rows, time.perf_counter() - start, time.process_time() - cpu,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def time_peer(path: Path) -> list[float]:
    """Rows, wall and CPU seconds and peak memory in MB of pandas.read_excel of the file: the reading alone."""
    done = subprocess.run([sys.executable, "-c", PEER, str(path)], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def print_table(rows: int, seconds: dict[str, list[float]], memory: tuple[float, float], peer: list[float]) -> None:
    """Markdown: a line for each step, all together, and the peer."""
    print(
        "| step | seconds | rows/s | CPU python | CPU database | CPU reader | peak MB |\n| --- " + "| ---: " * 6 + "|"
    )
    total = [sum(column) for column in zip(*seconds.values(), strict=True)]
    for name, (wall, python, backend, reader) in (*seconds.items(), ("all", total)):
        rate = f"{rows / wall:,.0f}" if rows and name in {"read", "check", "commit", "all"} else ""
        peak = f"{memory[0]:.0f}, reader {memory[1]:.0f}" if name == "all" else ""
        print(f"| {name} | {wall:.2f} | {rate} | {python:.2f} | {backend:.2f} | {reader:.2f} | {peak} |")
    read, wall, cpu, peak_mb = peer
    print(f"| pandas.read_excel, reading only | {wall:.2f} | {read / wall:,.0f} | {cpu:.2f} | | | {peak_mb:.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--desa", type=int, default=150, help="in how many desa the children live")
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    django.setup()
    from tests.factories.eppgbm import list_bench_rows, write_xlsx
    from tests.factories.imports import undo
    from tumbuh.accounts.api import acting_as

    user = make_user()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "bench.xlsx"
        if options.file is None:
            write_xlsx(path, list_bench_rows(options.rows, list_places(options.desa)))
        load = os.getloadavg()[0]
        with acting_as(user):
            taken, seconds = time_steps(user, path)
        usages = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        own, reader = (resource.getrusage(who).ru_maxrss / 1024 for who in usages)
        peer = time_peer(path)
    if taken.state != "COMMITTED":
        raise SystemExit(f"{taken.state}: {taken.error_message}")
    start = time.perf_counter()
    with acting_as(user):
        undo(user, taken)
    print_table(taken.counts["rows"], seconds, (own, reader), peer)
    print(f"\nLoad of the machine before: {load:.1f}. Undo: {time.perf_counter() - start:.1f} s.")
    print("Counts:", {key: value for key, value in taken.counts.items() if key != "reasons"})


if __name__ == "__main__":
    main()
