"""The database backend that Django finds by this file's name: every statement on people runs in somebody's scope."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import register_tzloader

from tumbuh.config.postgresql.carrying import apply_scope, forget_scope, note_end, prepare
from tumbuh.config.postgresql.roles import take_plain_role
from tumbuh.config.postgresql.working import take_working_role
from tumbuh.lib.row_scope import RowScope, get_reach


class Cursor(base.Cursor):
    """Sees to the scope before a statement that names a table with people."""

    def execute(self, query: Any, *args: Any, **options: Any) -> Any:
        prepare(self.connection, query)
        try:
            return super().execute(query, *args, **options)
        finally:
            note_end(self.connection, query)

    def executemany(self, query: Any, *args: Any, **options: Any) -> Any:
        prepare(self.connection, query)
        return super().executemany(query, *args, **options)

    def copy(self, statement: Any, *args: Any, **options: Any) -> Any:
        prepare(self.connection, statement)
        return super().copy(statement, *args, **options)


class ServerCursor(base.ServerSideCursor):
    """Fetches all its rows in the scope in which it was opened, whatever the work does between."""

    opened_in: RowScope

    def execute(self, query: Any, *args: Any, **options: Any) -> Any:
        self.opened_in = get_reach()
        apply_scope(self.connection, self.opened_in)
        return super().execute(query, *args, **options)

    def fetchone(self) -> Any:
        apply_scope(self.connection, self.opened_in)
        return super().fetchone()

    def fetchmany(self, size: int = 0) -> Any:
        apply_scope(self.connection, self.opened_in)
        return super().fetchmany(size)

    def fetchall(self) -> Any:
        apply_scope(self.connection, self.opened_in)
        return super().fetchall()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with these cursors, under a role that row-level security binds."""

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def _configure_role(self, connection: Any) -> bool:
        is_set = super()._configure_role(connection)
        is_plain = is_set or take_plain_role(connection, self.settings_dict["NAME"])
        return (not is_set and take_working_role(connection)) or is_plain

    def create_cursor(self, name: str | None = None) -> Any:
        if not name:
            return super().create_cursor()
        cursor = ServerCursor(self.connection, name=name, scrollable=False, withhold=self.connection.autocommit)
        register_tzloader(self.timezone, cursor)
        return cursor

    def _close(self) -> None:
        if self.connection is not None and self.pool:
            with self.wrap_database_errors:
                forget_scope(self.connection)
        super()._close()
