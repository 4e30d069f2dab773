"""Times one import of a big e-PPGBM workbook, step by step, with the memory of each process.

    python -m tests.bench.imports [--rows 50000] [--file FILE] [--profile]

Works in the database of DATABASE_URL, which must hold the regions; the import is taken back at the end.
"""

import argparse
import cProfile
import json
import pstats
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django


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


def time_steps(user: Any, path: Path) -> tuple[Any, dict[str, float]]:
    """The committed import and the seconds of each step."""
    from tumbuh.intake import api

    seconds: dict[str, float] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = work()
        seconds[name] = round(time.perf_counter() - start, 2)
        return result

    taken = step("upload", lambda: api.create_import(by=user, blocks=api.read_blocks(path), file_name=path.name))
    step("read", lambda: api.read_import(import_id=taken.pk))
    api.confirm_columns(by=user, import_id=taken.pk)
    step("check", lambda: api.check_import(import_id=taken.pk))
    api.start_commit(by=user, import_id=taken.pk)
    step("commit", lambda: api.commit_import(import_id=taken.pk))
    return api.Import.objects.get(pk=taken.pk), seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--desa", type=int, default=150, help="in how many desa the children live")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    django.setup()
    from tests.factories.eppgbm import list_bench_rows, write_xlsx
    from tests.factories.imports import undo

    user = make_user()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file
        if path is None:
            path = write_xlsx(Path(folder) / "bench.xlsx", list_bench_rows(options.rows, list_places(options.desa)))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        profile = cProfile.Profile()
        if options.profile:
            profile.enable()
        taken, seconds = time_steps(user, path)
        if options.profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        start = time.perf_counter()
        state = taken.state
        undo(user, taken)
        total = sum(seconds.values())
        undone = time.perf_counter() - start
    rows = taken.counts.get("rows") or 0
    report = {
        "state": state,
        "error": taken.error_message,
        "rows": rows,
        "seconds": seconds,
        "total": round(total, 2),
        "rows_per_second": round(rows / total),
        "undo": round(undone, 2),
        "peak_mb_before": round(before / 1024),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "reader_peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "counts": {key: value for key, value in taken.counts.items() if key != "reasons"},
        "reasons": taken.counts.get("reasons"),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
