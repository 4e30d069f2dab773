"""Telling a connection whose rows the next statement may reach, no more often than needed.

In a transaction the settings are local to it and end with it. Outside one they belong to the session, are compared
before each statement, and are taken away before a pool gets the connection back.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from django.apps import apps
from psycopg.pq import TransactionStatus

from tumbuh.lib.row_scope import NOTHING, RowScope, get_reach

SET = """SELECT set_config('tumbuh.low', %s, %s), set_config('tumbuh.high', %s, %s), set_config('tumbuh.scope', %s, %s),
set_config('tumbuh.user', %s, %s)"""
ROLLBACK = re.compile(r"\s*(rollback|abort)\b", re.IGNORECASE)


@dataclass
class State:
    """What a connection was told: for its session, and for the transaction it is in (None: not known)."""

    session: RowScope = NOTHING
    here: RowScope | None = None


@cache
def compile_tables() -> re.Pattern[str]:
    """Finds the tables whose models say by what they are scoped."""
    tables = sorted(model._meta.db_table for model in apps.get_models() if hasattr(model, "scoped_by"))
    return re.compile(rf"\b(?:{'|'.join(tables)})\b")


def mentions_people(query: Any) -> bool:
    """Whether the statement names a table under row-level security; yes where its text is not known."""
    return not isinstance(query, str) or compile_tables().search(query) is not None


def prepare(connection: psycopg.Connection, query: Any) -> None:
    """Before every statement: notes where a transaction begins, and sees to the scope where people are named."""
    if connection.pgconn.transaction_status == TransactionStatus.IDLE:
        state = get_state(connection)
        state.here = state.session
    if mentions_people(query):
        apply_scope(connection, get_reach())


def apply_scope(connection: psycopg.Connection, scope: RowScope) -> None:
    """The connection's next statement runs in this scope; asks the server nothing when it already does."""
    state = get_state(connection)
    status = connection.pgconn.transaction_status
    if status == TransactionStatus.IDLE:
        state.here = state.session
    if state.here == scope or status not in {TransactionStatus.IDLE, TransactionStatus.INTRANS}:
        return
    is_local = status == TransactionStatus.INTRANS or not connection.autocommit
    state.here = None
    tell(connection, scope, is_local=is_local)
    state.here = scope
    if not is_local:
        state.session = scope


def note_end(connection: psycopg.Connection, query: Any) -> None:
    """A rollback to a savepoint takes back what was set since: not known any more what holds."""
    if isinstance(query, str) and ROLLBACK.match(query):
        get_state(connection).here = None


def forget_scope(connection: psycopg.Connection) -> None:
    """The session is told that it may reach nothing, before somebody else gets the connection."""
    if connection.closed or get_state(connection).session == NOTHING:
        return
    connection.rollback()
    tell(connection, NOTHING, is_local=False)
    connection.commit()
    get_state(connection).session = NOTHING


def tell(connection: psycopg.Connection, scope: RowScope, *, is_local: bool) -> None:
    """One statement with all settings."""
    values = [part for value in scope for part in (str(value), is_local)]
    psycopg.Cursor(connection).execute(SET, values)


def get_state(connection: psycopg.Connection) -> State:
    """What this connection was told, kept with it."""
    return connection.__dict__.setdefault("tumbuh_scope", State())
