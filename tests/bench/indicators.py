"""How long figures take: refreshing a desa's month, rebuilding, reading values, and the pages a visitor opens.

Works in the database of DATABASE_URL, which must hold figures (`tumbuh demo make`); only the rebuild writes, the same
again. Cold is a new process or the first request after an import of the newest month; times are of this process alone.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")


def measure(work: Callable[[], Any], times: int) -> list[float]:
    """Milliseconds of each run, ascending."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def write_line(what: str, found: list[float], note: str = "") -> None:
    p95 = found[min(len(found) - 1, int(len(found) * 0.95))]
    print(f"| {what} | {len(found)} | {statistics.median(found):,.0f} | {p95:,.0f} | {note} |", flush=True)


def list_places(month: Any) -> list[Any]:
    """The province, kabupaten, kecamatan and desa with most children, one of each."""
    from tumbuh.indicators.api import list_values
    from tumbuh.regions.api import Level

    return [
        max(list_values(indicator="weighed_share", month=month, level=level), key=lambda value: value.denominator)
        for level in Level
    ]


def time_writing(desa: Any, month: Any, cells: int) -> None:
    from django.db import transaction

    from tumbuh.indicators.api import rebuild, refresh

    def refresh_once() -> None:
        with transaction.atomic():
            refresh([(desa.region_id, month)])

    refresh_once()
    write_line("refresh of a desa's month", measure(refresh_once, 30))
    write_line("rebuild of everything", measure(rebuild, 1), f"{cells:,} cells")


def time_reading(month: Any) -> None:
    from tumbuh.indicators.api import list_trend, list_values
    from tumbuh.regions.api import Level

    asked = {"indicator": "stunting", "month": month, "level": Level.DESA}
    write_line("list_values, all desa", measure(lambda: list_values(**asked), 20))
    write_line("list_values, all desa by age", measure(lambda: list_values(**asked, by="age_group"), 20))
    code, first = list_places(month)[0].region_code, month.replace(year=month.year - 1)
    write_line("list_trend, province", measure(lambda: list_trend("stunting", code, first, month), 20))


def time_pages(places: list[Any], month: Any) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tumbuh.indicators.actions.refresh import raise_versions
    from tumbuh.indicators.api import forget_kept

    client = Client()

    def get(path: str) -> None:
        assert client.get(path).status_code == 200, path

    paths = ["/", *(f"/wilayah/{place.region_code}" for place in places)]
    paths += [f"/mengapa/stunting/{place.region_code}/{month:%Y-%m}" for place in places]
    for path in paths:
        get(path)
        for what, forget in (("new process", forget_kept), ("after a write", lambda: raise_versions([month]))):
            forget()
            with CaptureQueriesContext(connection) as caught:
                cold = measure(lambda path=path: get(path), 1)
            write_line(f"{path}, {what}", cold, f"{len(caught.captured_queries)} queries")
        with CaptureQueriesContext(connection) as caught:
            get(path)
        queries = len(caught.captured_queries)
        write_line(f"{path}, warm", measure(lambda path=path: get(path), 30), f"{queries} queries")
    cache.clear()
    write_line("/, with its pictures drawn anew", measure(lambda: get("/"), 1))


def main() -> None:
    """Print the table."""
    import django

    django.setup()
    from django.conf import settings

    from tumbuh.indicators.api import latest_month
    from tumbuh.indicators.models import Cell

    settings.ALLOWED_HOSTS = ["testserver"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    month = latest_month()
    places = list_places(month)
    print(f"## Figures ({os.cpu_count()} cores, load {os.getloadavg()[0]:.1f})\n")
    print("| what | runs | median ms | p95 ms | |\n| --- | ---: | ---: | ---: | --- |")
    time_writing(places[-1], month, Cell.objects.count())
    time_reading(month)
    time_pages(places, month)


if __name__ == "__main__":
    main()
