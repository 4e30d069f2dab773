"""Django's cache where counts must hold for the whole site: tries of a second factor, of an address, used codes.

They are kept in PostgreSQL, so that every process counts the same, and on a connection of their own: what was counted
stays counted when the request's transaction is rolled back, and nobody waits for another's request to end. Values are
JSON, never pickled objects. Pages and pictures have a fast cache of their own in memory (`caches["pages"]`).
"""

import os
from datetime import UTC, datetime
from json import dumps, loads
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import salted_hmac

FRESH = "(expires_at IS NULL OR expires_at > clock_timestamp())"
GET = f"SELECT value::text FROM accounts_sharedcount WHERE key = %s AND {FRESH}"  # noqa: S608
PUT = """
INSERT INTO accounts_sharedcount AS held (key, value, expires_at) VALUES (%s, %s::jsonb, %s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""
ADD = f"{PUT} WHERE held.expires_at <= clock_timestamp() RETURNING 1"
TOUCH = f"UPDATE accounts_sharedcount SET expires_at = %s WHERE key = %s AND {FRESH} RETURNING 1"  # noqa: S608
DELETE = f"DELETE FROM accounts_sharedcount WHERE key = %s RETURNING {FRESH}"  # noqa: S608
CLEAR = "DELETE FROM accounts_sharedcount"
CLEAR_OLD = "DELETE FROM accounts_sharedcount WHERE expires_at <= clock_timestamp()"


class OwnConnection:
    """One connection of this process, beside those of its requests; each statement is a transaction of its own."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.pid = 0
        self.held: BaseDatabaseWrapper | None = None

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows that the statement returns; a connection that was lost is replaced once."""
        with self.lock:
            try:
                return self.ask(statement, values)
            except (OperationalError, InterfaceError):
                self.drop()
                return self.ask(statement, values)

    def ask(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self.open().cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def open(self) -> BaseDatabaseWrapper:
        if self.held is None or self.pid != os.getpid():
            self.held, self.pid = connection.copy(), os.getpid()
            self.held.settings_dict["OPTIONS"].pop("pool", None)
            self.held.inc_thread_sharing()
            with self.held.cursor() as cursor:  # a count that a crash takes is no loss; nobody waits for the disk
                cursor.execute("SET synchronous_commit = off")
        return self.held

    def drop(self) -> None:
        if self.held is not None:
            self.held.close()
        self.held = None


OWN = OwnConnection()


class SharedCounts(BaseCache):
    """`BACKEND` of the cache in which limits are counted."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.own = OWN

    def hide(self, key: str, version: int | None) -> str:
        """What is stored of a key, which may tell an address or an account."""
        whole = self.make_and_validate_key(key, version=version)
        return salted_hmac("tumbuh.accounts.counts", whole, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()

    def find_end(self, timeout: Any) -> datetime | None:
        end = self.get_backend_timeout(timeout)
        return None if end is None else datetime.fromtimestamp(end, UTC)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self.own.run(GET, (self.hide(key, version),))
        return loads(found[0][0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self.own.run(PUT, (self.hide(key, version), dumps(value), self.find_end(timeout)))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self.own.run(ADD, (self.hide(key, version), dumps(value), self.find_end(timeout))))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self.own.run(TOUCH, (self.find_end(timeout), self.hide(key, version))))

    def delete(self, key: str, version: int | None = None) -> bool:
        found = self.own.run(DELETE, (self.hide(key, version),))
        return bool(found and found[0][0])

    def clear(self) -> None:
        self.own.run(CLEAR)

    def clear_old(self) -> None:
        """What has expired goes; a job says so once an hour."""
        self.own.run(CLEAR_OLD)
