"""What the server must hold before the application comes: a plain role that owns one database, nothing more."""

import psycopg
from psycopg import sql

from tumbuh.config.launch.errors import ServerError
from tumbuh.config.launch.postgres.cluster import PORT, ROLE, SUPERUSER, Cluster, get_password

WORKING = ("tumbuh_web", "tumbuh_jobs")  # as in tumbuh/config/postgresql/working.py, which needs Django


def connect(cluster: Cluster, role: str, database: str) -> psycopg.Connection:
    """A new connection over the Unix socket, each statement its own transaction."""
    return psycopg.connect(
        host=str(cluster.sockets),
        port=PORT,
        user=role,
        password=get_password(cluster, role),
        dbname=database,
        connect_timeout=10,
        autocommit=True,
    )


def is_ready(cluster: Cluster) -> bool:
    """Whether a real connection answers a real query. ServerError when the password file is not this server's."""
    try:
        with connect(cluster, SUPERUSER, "postgres") as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError as problem:
        if "password authentication failed" in str(problem):
            raise ServerError(
                f"The database in {cluster.data} does not take the password in {cluster.keys}: the files do not "
                "belong together. Put the right key folder back from your backup, or move both away to start anew."
            ) from problem
        return False


def ensure_role(cluster: Cluster) -> None:
    """The plain role with its password and its database; found again, nothing is changed."""
    with connect(cluster, SUPERUSER, "postgres") as connection:
        if not _exists(connection, "pg_roles", "rolname"):
            password = connection.pgconn.encrypt_password(get_password(cluster, ROLE).encode(), ROLE.encode())
            connection.execute(
                sql.SQL("create role {} login nosuperuser nocreaterole {} password {}").format(
                    sql.Identifier(ROLE),
                    sql.SQL("createdb" if cluster.may_create_databases else "nocreatedb"),
                    sql.Literal(password.decode()),
                )
            )
        for name in WORKING:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone():
                connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(name)))
            connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(name), sql.Identifier(ROLE)))
        if not _exists(connection, "pg_database", "datname"):
            connection.execute(sql.SQL("create database {0} owner {0}").format(sql.Identifier(ROLE)))
            _add_statistics(cluster)
    try:
        connect(cluster, ROLE, ROLE).close()
    except psycopg.OperationalError as problem:
        raise ServerError(f"The database's own role cannot sign in: {problem}") from problem


def _exists(connection: psycopg.Connection, table: str, column: str) -> bool:
    query = sql.SQL("select 1 from {} where {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [ROLE]).fetchone() is not None


def _add_statistics(cluster: Cluster) -> None:
    """Query statistics for whoever looks into a slow page; a server without the extension goes without."""
    with connect(cluster, SUPERUSER, ROLE) as connection:
        if connection.execute("select 1 from pg_available_extensions where name = 'pg_stat_statements'").fetchone():
            connection.execute("create extension if not exists pg_stat_statements")
