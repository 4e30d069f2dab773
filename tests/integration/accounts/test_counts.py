"""Counts of limits hold for the whole site: in every process, whatever becomes of the request that counted."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.integration.config.test_working_roles import become  # noqa: F401  a fixture
from tumbuh.accounts.counts import OwnConnection, SharedCounts
from tumbuh.accounts.models import SharedCount
from tumbuh.accounts.tasks import clear_counts

pytestmark = pytest.mark.django_db
OTHER = """
import django, sys
django.setup()
from django.core.cache import cache
print(cache.get("tries"), cache.add("code", "y", 60), cache.add("other", "y", 60))
cache.set("tries", [3.5, 2.5, 1.5], 60)
"""


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def elsewhere():
    """The cache as another process has it: nothing in memory is shared, not even the connection."""
    other = SharedCounts("", {})
    other.own = OwnConnection()
    yield other
    other.own.drop()


def test_another_process_finds_what_was_counted_and_counts_on(monkeypatch):
    cache.set("tries", [2.5, 1.5], 60)
    assert cache.add("code", "y", 60)
    there = connection.settings_dict
    address = (
        f"postgresql://{there['USER']}:{there['PASSWORD']}@/{there['NAME']}?host={there['HOST']}&port={there['PORT']}"
    )
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tumbuh.config.settings"}
    command = [sys.executable, "-c", OTHER]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "[2.5, 1.5] False True\n"), done.stderr[-500:]
    assert cache.get("tries") == [3.5, 2.5, 1.5]


def test_a_count_outlives_a_request_that_failed(elsewhere):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cache.set("tries", [1.0], 60)
        assert elsewhere.get("tries") == [1.0]  # and nobody waits for the request to end
        raise ZeroDivisionError
    assert cache.get("tries") == [1.0]


def test_of_many_at_once_one_is_the_first(elsewhere):
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(lambda one: one.add("code", "y", 60), [cache, elsewhere] * 20))
    assert added.count(True) == 1


def test_what_has_expired_is_gone_and_can_be_added_again(elsewhere):
    cache.set("tries", [1.0], 0.05)
    time.sleep(0.1)
    assert elsewhere.get("tries") is None and not elsewhere.touch("tries", 60)
    assert elsewhere.add("tries", [2.0], 0.05)
    time.sleep(0.1)
    clear_counts(timestamp=0)
    assert not SharedCount.objects.exists()


def test_what_caches_do(elsewhere):
    assert cache.get("no", "nothing") == "nothing" and not cache.delete("no")
    cache.set("ever", True, None)
    assert elsewhere.touch("ever", 60) and "ever" in elsewhere
    assert elsewhere.delete("ever") and cache.get("ever") is None


def test_no_address_and_no_account_is_stored():
    cache.set("allauth:rl:login:ip:192.0.2.7", [1.0], 60)
    [stored] = SharedCount.objects.values_list("key", flat=True)
    assert len(stored) == 64 and "192" not in SharedCount.objects.get().value


def test_a_lost_connection_is_replaced(elsewhere):
    elsewhere.set("tries", [1.0], 60)
    elsewhere.own.held.connection.close()
    assert elsewhere.get("tries") == [1.0]


@pytest.mark.parametrize("name", ["web", "jobs"])
def test_the_working_roles_count(become, name):  # noqa: F811
    with become(name).cursor() as cursor:
        cursor.execute("INSERT INTO accounts_sharedcount (key, value) VALUES ('a', '1')")
        cursor.execute("DELETE FROM accounts_sharedcount RETURNING key")
        assert cursor.fetchall() == [("a",)]
