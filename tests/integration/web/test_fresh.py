"""A commit by another process shows on the very next request."""

from contextvars import copy_context
from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tumbuh.indicators.api import rebuild, refresh
from tumbuh.regions.api import get_number

SEPTEMBER = date(2026, 9, 1)
NBSP = "\N{NO-BREAK SPACE}"
PAGES = ["/", "/wilayah/91", "/wilayah/91.01.01.2001", "/mengapa/stunting/91.01/2026-09"]


def measure_children(desa, number, batch, haz):
    for _ in range(number):
        measure(make_person(desa, date(2025, 1, 1), batch), date(2026, 9, 5), haz=haz)


@pytest.mark.django_db(transaction=True)
def test_the_next_request_shows_what_another_process_committed(client):
    make_province()
    desa, batch = get_number("91.01.01.2001"), make_batch()
    measure_children(desa, 30, batch, haz=0)
    measure_children(desa, 10, batch, haz=-250)
    rebuild()
    written, may_commit = Event(), Event()

    def write_beside():
        """As a worker: a connection of its own, a commit when told."""
        try:
            with transaction.atomic():
                measure_children(desa, 40, batch, haz=-250)
                refresh([(desa, SEPTEMBER)])
                written.set()
                assert may_commit.wait(20)
        finally:
            written.set()
            connection.close()

    def read_all():
        return {path: client.get(path).content.decode() for path in PAGES}

    before = read_all()
    assert all(f"25,0{NBSP}%" in text for text in before.values())
    other = Thread(target=copy_context().run, args=(write_beside,))
    other.start()
    assert written.wait(20)
    assert all(f"25,0{NBSP}%" in text for text in read_all().values()), "not committed, not shown"
    may_commit.set()
    other.join(20)
    after = read_all()
    assert all(f"62,5{NBSP}%" in text and f"25,0{NBSP}%" not in text for text in after.values())
    assert "dari 80 anak" in after["/wilayah/91"]
