"""How long regions take: loading the whole country, loading it again, searching it, drawing maps.

In a database of its own that is dropped afterwards. Outlines are the test suite's jagged rectangles.
"""

import gzip
import os
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")


def measure(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Seconds of the fastest run, and its result."""
    best, result = 1e9, None
    for _ in range(times):
        started = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - started)
    return best, result


def time_loading() -> Iterator[tuple[str, float, str]]:
    from tumbuh.audit.api import SYSTEM
    from tumbuh.regions.api import find_expected_counts, iterate_rows, list_provinces, load_regions

    expected = {code: find_expected_counts(code) for code in [*list_provinces(), ""]}
    for title in ("38 provinces, empty database", "38 provinces, again"):
        seconds, report = measure(lambda: load_regions(by=SYSTEM, rows=iterate_rows(), expected=expected))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield title, seconds, f"{len(report.added)} added, {report.unchanged} unchanged, {peak} MB"


def time_searches() -> Iterator[tuple[str, float, str]]:
    from tumbuh.regions.api import get_span, search_regions

    yield search("tanjung agung, whole country", lambda: search_regions("tanjung agung"))
    yield search("tanjung agung, one province", lambda: search_regions("tanjung agung", spans=[get_span("17")]))
    yield search("17.01, code", lambda: search_regions("17.01"))


def search(title: str, work: Callable[[], list[Any]]) -> tuple[str, float, str]:
    seconds, found = measure(work, 5)
    return f"search {title}", seconds, f"{len(found)} found"


def time_maps() -> Iterator[tuple[str, float, str]]:
    from tests.factories.outlines import load_outlines
    from tumbuh.regions.api import Level, list_regions
    from tumbuh.web.regions.maps import MapItem, draw_map
    from tumbuh.web.regions.scales import make_sequential

    for kind in ("tiles", "outlines"):
        for level in (Level.KABUPATEN, Level.KECAMATAN):
            regions = list(list_regions(within="17", level=level))
            if kind == "outlines":
                load_outlines([region.code for region in regions])
            items = [
                MapItem(region.code, region.name, index % 30, f"{index % 30} %", f"/wilayah/{region.code}")
                for index, region in enumerate(regions)
            ]
            scale = make_sequential([12, 15, 18, 21])
            seconds, html = measure(lambda items=items, scale=scale: draw_map(items, scale=scale, title="Uji"), 5)
            size = len(gzip.compress(html.encode())) / 1000
            yield f"map of {len(items)} regions, {kind}", seconds, f"{size:.1f} kB gzipped"


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{'what':48}{'seconds':>9}  result")
        for part in (time_loading, time_searches, time_maps):
            for title, seconds, result in part():
                print(f"{title:48}{seconds:9.3f}  {result}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
