"""How long obligations take: making them for a whole province, computing them from evidence, and its board.

The province is that of the regulation shipped, with the invented evidence of the demo. In a database of its own that is
dropped afterwards.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")

ROUNDS = 7


def measure(work: Callable[[], Any], rounds: int = 1) -> tuple[float, Any]:
    """Median milliseconds of so many runs, and the last result."""
    times, result = [], None
    for _ in range(rounds):
        started = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), result


def prepare() -> Any:
    """Regions and regulation loaded; somebody for each tier."""
    from tests.factories.accounts import make_user
    from tests.factories.programme import load_bengkulu
    from tumbuh.audit.api import SYSTEM
    from tumbuh.regions.api import get_region, iterate_rows, load_regions
    from tumbuh.verification.api import Tier

    load_regions(by=SYSTEM, rows=iterate_rows(["17"]), expected={})
    holders = {
        Tier.DESA: ("DESA_OPERATOR", "17.01.01.2001"), Tier.KECAMATAN: ("KECAMATAN_VERIFIER", "17.01.01"),
        Tier.KABUPATEN: ("KABUPATEN_VERIFIER", "17.01"), Tier.PROVINSI: ("PROVINSI_VERIFIER", "17"),
    }  # fmt: skip
    users = {tier: make_user(role.lower(), role=role, region=get_region(at)) for tier, (role, at) in holders.items()}
    return load_bengkulu(), users


def run() -> None:
    from django.test import Client
    from django.utils import timezone

    from tumbuh.activities.api import list_held
    from tumbuh.audit.api import SYSTEM
    from tumbuh.programme.api import (
        SubjectKind,
        count_board,
        expand_obligations,
        make_demo_evidence,
        recompute,
        refresh_evidence,
    )
    from tumbuh.regions.api import get_region

    regulation, users = prepare()
    province, today = get_region("17"), timezone.localdate()
    rows: list[tuple[str, float, Any]] = []
    rows.append(("obligations made", *measure(lambda: expand_obligations(by=SYSTEM, regulation=regulation).count())))
    rows.append(("made again", *measure(lambda: expand_obligations(by=SYSTEM, regulation=regulation).count(), 3)))
    rows.append(("evidence", *measure(lambda: make_demo_evidence(by=SYSTEM, regulation=regulation, users=users))))
    rows.append(("all computed anew", *measure(lambda: recompute(regulation), ROUNDS)))
    one = list_held(["REMBUK_STUNTING"])[0]
    piece = {"source": SubjectKind.ACTIVITY, "kind": one.kind, "subject_id": one.public_id}
    rows.append(("what one rembuk touches", *measure(lambda: refresh_evidence(**piece), ROUNDS)))
    board = lambda: sum(count_board(regulation, province, today).total.values())  # noqa: E731
    rows.append(("board of the province, its query", *measure(board, ROUNDS)))
    client = Client(HTTP_HOST="localhost")
    for address in ("/program", "/program/wilayah/17.01", "/regulasi", "/program/lembar/wilayah/17/2026"):
        client.get(address)
        rows.append((address, *measure(lambda address=address: client.get(address).status_code, ROUNDS)))
    for title, milliseconds, result in rows:
        print(f"{title:40}{milliseconds:9.1f} ms  {result}")


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.DOCUMENTS = folder
            run()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
