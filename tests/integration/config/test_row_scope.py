"""The scope on its way to the server: never another's, never more often than needed."""

import asyncio
from contextvars import Context
from datetime import date
from threading import Barrier, Thread

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections, transaction
from psycopg.pq import TransactionStatus

from tests.factories.children import make_batch, make_person
from tests.factories.regions import make_province
from tumbuh.accounts.api import Scope, acting_for_scope, whole_country
from tumbuh.config.postgresql import carrying
from tumbuh.config.postgresql.base import DatabaseWrapper
from tumbuh.records.api import Person
from tumbuh.regions.api import get_number, get_span

HERE, THERE = "91.01.01.2001", "91.02.01.2001"
PEOPLE = "SELECT desa_id FROM records_person ORDER BY 1"
SETTING = "SELECT current_setting('tumbuh.scope', true)"
CLEAN = (["{}"], [""], [None])

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two_children(transactional_db):
    make_province()
    batch = make_batch()
    for code in (HERE, THERE):
        make_person(get_number(code), date(2026, 1, 5), batch)


@pytest.fixture
def told(monkeypatch):
    """How often the server was told a scope."""
    calls = []
    execute = psycopg.Cursor.execute

    def count(self, query, *args, **options):
        if query is carrying.SET:
            calls.append(args)
        return execute(self, query, *args, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", count)
    return calls


@pytest.fixture
def pooled():
    """A database wrapper whose pool has one connection."""
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}}
    wrapper = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, alias="default")
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def for_desa(code: str):
    return acting_for_scope(Scope((get_span(code),)))


def ask(statement: str = PEOPLE, using=connection):
    with using.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(("code", "other"), [(HERE, THERE), (THERE, HERE)])
def test_a_pooled_connection_never_carries_anothers_scope(pooled, code, other):
    """In autocommit and in transactions, ended well or not: the next one sees its own or nothing."""
    with for_desa(code):
        assert ask(using=pooled) == [get_number(code)]
        first = pooled.connection
        pooled.close()
    assert ask(SETTING, using=pooled) in CLEAN, "nothing stands in the session"
    assert Context().run(ask, using=pooled) == []
    pooled.close()
    with for_desa(code):
        pooled.connect()
        pooled.set_autocommit(False)
        assert ask(using=pooled) == [get_number(code)]
        pooled.close()
    with for_desa(other):
        assert ask(using=pooled) == [get_number(other)]
        assert pooled.connection is first


def test_a_connection_given_back_in_a_broken_transaction(pooled):
    with for_desa(HERE):
        assert ask(using=pooled) == [get_number(HERE)]
        pooled.set_autocommit(False)
        with pytest.raises(Exception, match="division"):
            ask("SELECT 1 / (desa_id - desa_id) FROM records_person", using=pooled)
        assert pooled.connection.info.transaction_status == TransactionStatus.INERROR
        pooled.close()
    assert ask(SETTING, using=pooled) in CLEAN
    assert Context().run(ask, using=pooled) == []


def test_threads_do_not_share_a_scope():
    """Two at once on connections of their own, again and again, and a third that was told nothing."""
    barrier, seen = Barrier(3), {HERE: set(), THERE: set(), "": set()}

    def work(code):
        try:
            for _ in range(20):
                barrier.wait(20)
                if code:
                    with for_desa(code), transaction.atomic():
                        seen[code].add(tuple(ask()))
                else:
                    seen[code].add(tuple(ask()))
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(code,)) for code in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert seen == {HERE: {(get_number(HERE),)}, THERE: {(get_number(THERE),)}, "": {()}}


def test_tasks_that_take_turns_do_not_share_a_scope():
    """Asynchronous tasks share the thread of the database: each is served in its own scope."""

    async def work(code):
        seen = set()
        with for_desa(code):
            for _ in range(10):
                seen.add(tuple(await sync_to_async(ask)()))
                await asyncio.sleep(0)
        return seen

    async def both():
        found = await asyncio.gather(work(HERE), work(THERE))
        await sync_to_async(connections.close_all)()
        return found

    assert asyncio.run(both()) == [{(get_number(HERE),)}, {(get_number(THERE),)}]


def test_the_server_is_told_once_a_transaction_and_only_for_people(told):
    with transaction.atomic(), for_desa(HERE):
        ask("SELECT 1")
        assert told == []
        for _ in range(5):
            assert ask() == [get_number(HERE)]
        assert len(told) == 1
        with whole_country("test"):
            assert len(ask()) == 2
        assert ask() == [get_number(HERE)]
        assert len(told) == 3


def test_outside_transactions_the_server_is_told_when_the_scope_changes(told):
    for _ in range(3):
        assert len(ask()) == 2
    before = len(told)
    assert before <= 1
    with for_desa(HERE):
        assert ask() == ask() == [get_number(HERE)]
    assert len(told) == before + 1


@pytest.mark.parametrize("code", [HERE, THERE])
def test_a_savepoint_rolled_back_takes_no_scope_with_it(code):
    """What was set after a savepoint is undone with it, in the server and in what we know of it."""
    with for_desa(code), transaction.atomic():
        with pytest.raises(ZeroDivisionError), whole_country("test"), transaction.atomic():
            assert len(ask()) == 2
            raise ZeroDivisionError
        assert ask() == [get_number(code)]
        with whole_country("test"):
            assert len(ask()) == 2
            with pytest.raises(ZeroDivisionError), for_desa(code), transaction.atomic():
                ask()
                raise ZeroDivisionError
            assert len(ask()) == 2


def test_a_transaction_begun_by_other_statements_starts_without_the_last_ones_scope():
    with transaction.atomic(), whole_country("test"):
        ask()
    with transaction.atomic(), for_desa(HERE):
        ask("SELECT 1")
        assert ask() == [get_number(HERE)]


def test_a_cursor_on_the_server_keeps_the_scope_it_was_opened_in():
    """Rows fetched later do not follow what the work did between."""
    make_person(get_number(HERE), date(2026, 1, 6), make_batch())
    with transaction.atomic(), for_desa(HERE):
        seen = []
        for person in Person.objects.order_by("pk").iterator(chunk_size=1):
            seen.append(person.desa_id)
            with whole_country("test"):
                assert Person.objects.count() == 3
        assert seen == [get_number(HERE)] * 2


def test_copy_and_many_run_in_the_scope():
    with transaction.atomic(), for_desa(HERE), connection.cursor() as cursor:
        with cursor.copy("COPY (SELECT desa_id FROM records_person) TO STDOUT") as copy:
            assert list(copy.rows()) == [(str(get_number(HERE)),)]
        cursor.executemany("UPDATE records_person SET name = %s WHERE desa_id = %s",
                           [("A", get_number(HERE)), ("A", get_number(THERE))])  # fmt: skip
    assert Person.objects.filter(name="A").count() == 1
