"""A role that row-level security binds, also where DATABASE_URL names a superuser.

PostgreSQL does not apply row-level security to superusers. With such an address each connection goes on as the plain
role `tumbuh_app`, which owns the database and what is in it and may do nothing beyond it: the same arrangement as on
the built-in server.
"""

import psycopg
from psycopg import sql

ROLE = "tumbuh_app"
SERVER_DATABASES = {None, "postgres", "template1"}  # from here databases are made and dropped
# In one transaction, where anything is left to hand over (a new database, a restored one).
ADOPT = """
DO $$
DECLARE
    thing text;
BEGIN
    IF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) = '{role}')
        AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) <> '{role}'
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
    THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(7306009);
    BEGIN
        CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
    END;
    FOR thing IN
        SELECT format('TABLE %s', c.oid::regclass) FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
        UNION ALL
        SELECT format('TYPE %s', t.oid::regtype) FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE t.typnamespace = 'public'::regnamespace AND (t.typtype IN ('e', 'd') OR c.relkind = 'c')
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('ROUTINE %s', p.oid::regprocedure) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER %s OWNER TO {role}', thing);
    END LOOP;
    GRANT ALL ON SCHEMA public TO {role};
    EXECUTE format('ALTER DATABASE %I OWNER TO {role}', current_database());
END $$
""".replace("{role}", ROLE)


def take_plain_role(connection: psycopg.Connection, database: str | None) -> bool:
    """Go on as the plain role when the connection is a superuser's; whether anything was done."""
    if connection.info.parameter_status("is_superuser") != "on" or database in SERVER_DATABASES:
        return False
    cursor = psycopg.Cursor(connection)
    cursor.execute(ADOPT)
    cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(ROLE)))
    return True
