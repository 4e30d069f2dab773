"""The roles under which the web and the jobs work: they read and write rows, and change no table, trigger or policy.

Tables belong to the role that migrates. `tumbuh_web` and `tumbuh_jobs` cannot sign in; a connection goes on as one of
them where the server has them. The built-in server does; how to give them to your own is in
docs/how-to/use-your-own-postgresql.md. TUMBUH_ROLE says which one: `web` unless told, `jobs` for the worker and the
commands, `owner` for migrations and tests.
"""

import os

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql

VARIABLE = "TUMBUH_ROLE"
ROLES = {"web": "tumbuh_web", "jobs": "tumbuh_jobs"}
OWNER = "owner"
# Whether the present role may go on as the other, and that one was given its rights by a migration.
MAY_BECOME = """
select 1 from pg_roles r where r.rolname = %s and pg_has_role(current_user, r.oid, 'MEMBER')
    and has_table_privilege(r.oid, to_regclass('public.django_migrations'), 'SELECT')
"""
MAKE = """
do $$
begin
    create role {role} nologin nosuperuser nocreatedb nocreaterole nobypassrls;
exception when duplicate_object or unique_violation then
    null;
end $$
"""
# An extension's tables in the same schema belong to somebody else and stay with them.
OWN = """
select c.relname, c.relkind = 'S' from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S') and pg_get_userbyid(c.relowner) = current_user
order by c.relname
"""
EVERY = {"select", "insert", "update", "delete"}
# What the roles may not do with a table: the trail only grows, and so does the history of rows.
TRAIL = {"audit_link": {"insert", "update", "delete"}, "audit_event": {"update", "delete"}}
HISTORY = {
    f"records_{name}history": {"update", "delete"} for name in ("household", "person", "measurement")
}  # retention, which is a job, deletes from it
KEPT = {"web": TRAIL | HISTORY, "jobs": TRAIL}


def take_working_role(connection: psycopg.Connection) -> bool:
    """Go on as the working role where the server has it; whether anything was done."""
    wanted = os.environ.get(VARIABLE) or "web"
    if wanted == OWNER:
        return False
    if wanted not in ROLES:
        raise ImproperlyConfigured(f"{VARIABLE} is one of {', '.join((*ROLES, OWNER))}, not {wanted!r}.")
    role = ROLES[wanted]
    cursor = psycopg.Cursor(connection)
    if cursor.execute(MAY_BECOME, [role]).fetchone() is None:
        return False
    cursor.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
    return True


def give_working_roles(connection: psycopg.Connection) -> list[str]:
    """Make the roles where we may, and give them what they need of the tables there are; their names.

    For the owner of the tables, after a migration. A server that has no such roles and lets us make none goes without.
    """
    cursor = psycopg.Cursor(connection)
    owner = cursor.execute("select current_user").fetchone()[0]  # type: ignore[index]
    if connection.info.parameter_status("is_superuser") == "on" or is_superuser_behind(cursor):
        make_roles(cursor, owner)
    own: list[tuple[str, bool]] = cursor.execute(OWN).fetchall()
    given = []
    for name, role in ROLES.items():
        if cursor.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
            give(cursor, role, own, KEPT[name])
            given.append(role)
    return given


def give(cursor: psycopg.Cursor, role: str, own: list[tuple[str, bool]], kept: dict[str, set[str]]) -> None:
    """The role may read and write the rows of these tables, but for what is kept, and count on the sequences (True)."""
    receiver = sql.Identifier(role)
    if not cursor.execute("select has_schema_privilege(%s, 'public', 'usage')", [role]).fetchone()[0]:  # type: ignore[index]
        cursor.execute(sql.SQL("grant usage on schema public to {}").format(receiver))
    for name, is_sequence in own:
        rights = {"usage", "select", "update"} if is_sequence else EVERY - kept.get(name, set())
        kind, thing = sql.SQL("sequence" if is_sequence else "table"), sql.Identifier(name)
        if name in kept:
            cursor.execute(sql.SQL("revoke all on table {} from {}").format(thing, receiver))
        listed = sql.SQL(", ").join(map(sql.SQL, sorted(rights)))
        cursor.execute(sql.SQL("grant {} on {} {} to {}").format(listed, kind, thing, receiver))


def is_superuser_behind(cursor: psycopg.Cursor) -> bool:
    """Whether the session was signed in by a superuser, who goes on as another role."""
    row = cursor.execute("select rolsuper from pg_roles where rolname = session_user").fetchone()
    return bool(row and row[0])


def make_roles(cursor: psycopg.Cursor, owner: str) -> None:
    """As the superuser: the roles, which the owner may take; then the owner again."""
    cursor.execute("reset role")
    for role in ROLES.values():
        cursor.execute(sql.SQL(MAKE).format(role=sql.Identifier(role)))
        cursor.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(owner)))
    cursor.execute(sql.SQL("set role {}").format(sql.Identifier(owner)))
