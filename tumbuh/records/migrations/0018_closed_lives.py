"""Pregnancies, couples and statements do not change what a closed month says of somebody.

They hold over months, so each is asked what it says of a month's last day, before and after. A pregnancy or couple that
is entered later counts from the first month that is still open (`counts_from`); a statement takes a later day.
"""

from django.db import migrations

START = """
CREATE FUNCTION records_share_since(desa bigint[], since date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM records_share_months(array_agg(d), array_agg(g.month::date)) FROM unnest(desa) AS d,
        generate_series(records_month_of(since)::timestamp, (now() AT TIME ZONE 'Asia/Jakarta')::date::timestamp,
                        interval '1 month') AS g(month) HAVING count(*) > 0;
END $$;

-- What a pregnancy and a couple say of somebody on a month's last day; NULL: nothing.
CREATE FUNCTION records_pregnancy_says(started_on date, ended_on date, outcome text, is_risky boolean, counts_from date,
                                       month_end date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN greatest(started_on, counts_from) > month_end THEN NULL
    WHEN ended_on > month_end OR ended_on IS NULL AND month_end <= started_on + 308
        THEN 'pregnant ' || (started_on - DATE '2000-01-01') || is_risky
    WHEN ended_on <= month_end AND outcome IN ('LIVE', 'STILL') THEN 'birth ' || (ended_on - DATE '2000-01-01')
END;
CREATE FUNCTION records_couple_says(registered_on date, married_on date, called_off_on date, counts_from date,
                                    month_end date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN greatest(registered_on, counts_from) <= month_end
         AND (coalesce(married_on, called_off_on) IS NULL OR coalesce(married_on, called_off_on) > month_end)
    THEN 'couple ' || (registered_on - DATE '2000-01-01')
END;
"""
STOP = """
DROP FUNCTION records_couple_says(date, date, date, date, date);
DROP FUNCTION records_pregnancy_says(date, date, text, boolean, date, date);
DROP FUNCTION records_share_since(bigint[], date);
"""
# table: (first day, arguments of what it says, whose)
LIVES = {
    "pregnancy": ("started_on", "{0}.started_on, {0}.ended_on, {0}.outcome, {0}.is_risky, {0}.counts_from",
                  ("mother_id",)),
    "couple": ("registered_on", "{0}.registered_on, {0}.married_on, {0}.called_off_on, {0}.counts_from",
               ("bride_id", "groom_id")),
}  # fmt: skip
BACK = "Minta paket bulan itu kembali, lalu perbaiki."
CLOSED = """SELECT p.region_id, p.month FROM verification_package p
            WHERE p.region_id = ANY({homes}) AND p.data_set = 'services' AND NOT p.is_whole_open
              AND p.month + interval '1 month' > {since}"""
MONTH_END = "(p.month + interval '1 month')::date - 1"
# Deleting says nothing any more; changing says something else. Who lives where now is who is counted where.
LIFE = """
CREATE FUNCTION records_{table}_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE homes bigint[]; since date;
BEGIN
    homes := ARRAY[NEW.desa_id] || ARRAY(SELECT x.desa_id FROM records_person x WHERE x.id IN ({new_people}));
    PERFORM records_share_since(homes, NEW.{day});
    SELECT (max(t.month) + interval '1 month')::date INTO since FROM (
        {closed_new} AND records_{table}_says({new}, {month_end}) IS NOT NULL) t;
    NEW.counts_from := greatest(NEW.counts_from, since);
    RETURN NEW;
END $$;

CREATE FUNCTION records_{table}_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_since(array_agg(DISTINCT desa_id), min({day})) FROM removed HAVING count(*) > 0;
    SELECT c.region_id, c.month INTO closed FROM removed o CROSS JOIN LATERAL (
        {closed_old} AND records_{table}_says({old}, {month_end}) IS NOT NULL LIMIT 1) c LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.region_id, closed.month, '{back}'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION records_{table}_updated() RETURNS trigger LANGUAGE plpgsql
    SET enable_nestloop = off SET jit = off AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_since(array_agg(DISTINCT t.desa_id), min(t.{day})) FROM (
        SELECT desa_id, {day} FROM removed UNION ALL SELECT desa_id, {day} FROM changed) t HAVING count(*) > 0;
    SELECT c.region_id, c.month INTO closed FROM removed o JOIN changed n USING (id) CROSS JOIN LATERAL (
        {closed_both} AND (
            records_{table}_says({old}, {month_end}) IS DISTINCT FROM records_{table}_says({new_row}, {month_end})
            OR records_{table}_says({old}, {month_end}) IS NOT NULL
                AND ROW(o.desa_id, {old_people}) IS DISTINCT FROM ROW(n.desa_id, {new_row_people})) LIMIT 1) c LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.region_id, closed.month, '{back}'); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER records_{table}_counted BEFORE INSERT ON records_{table}
    FOR EACH ROW EXECUTE FUNCTION records_{table}_counted();
CREATE TRIGGER records_{table}_deleted AFTER DELETE ON records_{table}
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION records_{table}_deleted();
CREATE TRIGGER records_{table}_updated AFTER UPDATE ON records_{table}
    REFERENCING OLD TABLE AS removed NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION records_{table}_updated();
"""
NO_LIFE = """
DROP TRIGGER records_{table}_updated ON records_{table};
DROP TRIGGER records_{table}_deleted ON records_{table};
DROP TRIGGER records_{table}_counted ON records_{table};
DROP FUNCTION records_{table}_updated();
DROP FUNCTION records_{table}_deleted();
DROP FUNCTION records_{table}_counted();
"""
LATER = "Beri tanggal dalam bulan yang masih terbuka, atau minta paket bulan itu kembali."
SUBJECT = "(s.person_id = w.person_id OR s.household_id = w.household_id) AND s.code = w.code"
SAID = "ORDER BY s.stated_on DESC LIMIT 1"
# Of each subject and code that was written: what held on the last day of a closed month, before and after.
STATEMENT = """
CREATE FUNCTION records_statement_{verb}() RETURNS trigger LANGUAGE plpgsql
    SET enable_nestloop = off SET jit = off AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_since(array_agg(DISTINCT t.desa_id), min(t.stated_on)) FROM ({written}) t HAVING count(*) > 0;
    SELECT c.region_id, c.month INTO closed FROM (
        SELECT t.person_id, t.household_id, t.desa_id, t.code, min(t.stated_on) AS since FROM ({written}) t
        GROUP BY 1, 2, 3, 4) w
    CROSS JOIN LATERAL (
        {closed}
          AND (SELECT s.value FROM records_statement s WHERE {subject} AND s.stated_on <= {month_end} {said})
              IS DISTINCT FROM (SELECT s.value FROM ({before}) s WHERE s.stated_on <= {month_end} {said})
        LIMIT 1) c LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.region_id, closed.month, '{later}'); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER records_statement_{verb} AFTER {event} ON records_statement
    REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION records_statement_{verb}();
"""
NO_STATEMENT = """
DROP TRIGGER records_statement_{verb} ON records_statement;
DROP FUNCTION records_statement_{verb}();
"""
WRITTEN = "SELECT person_id, household_id, desa_id, code, stated_on FROM {}"
KEPT = f"SELECT s.value, s.stated_on FROM records_statement s WHERE {SUBJECT}"
NOT_NEW = f"{KEPT} AND s.id NOT IN (SELECT id FROM changed)"
WAS = f"SELECT s.value, s.stated_on FROM removed s WHERE {SUBJECT}"
# verb: (event, transition tables, what was written, what stood there before)
WRITES = {
    "inserted": ("INSERT", "NEW TABLE AS changed", WRITTEN.format("changed"), NOT_NEW),
    "deleted": ("DELETE", "OLD TABLE AS removed", WRITTEN.format("removed"), f"{KEPT} UNION ALL {WAS}"),
    "updated": ("UPDATE", "OLD TABLE AS removed NEW TABLE AS changed",
                f"{WRITTEN.format('changed')} UNION ALL {WRITTEN.format('removed')}", f"{NOT_NEW} UNION ALL {WAS}"),
}  # fmt: skip
HOMES = """ARRAY[w.desa_id] || ARRAY(SELECT x.desa_id FROM records_person x WHERE x.id = w.person_id)
            || ARRAY(SELECT x.desa_id FROM records_person x WHERE x.household_id = w.household_id)"""


def name(row: str, people: tuple[str, ...]) -> str:
    return ", ".join(f"{row}.{person}" for person in people)


def find_homes(rows: tuple[str, ...], people: tuple[str, ...]) -> str:
    """The desa of the rows and those in which their people live now."""
    desa = ", ".join(f"{row}.desa_id" for row in rows)
    whose = ", ".join(name(row, people) for row in rows)
    return f"ARRAY[{desa}] || ARRAY(SELECT x.desa_id FROM records_person x WHERE x.id IN ({whose}))"


def write_life(table: str) -> str:
    day, says, people = LIVES[table]
    return LIFE.format(
        table=table, day=day, month_end=MONTH_END, back=BACK, new=says.format("NEW"), old=says.format("o"),
        new_row=says.format("n"), new_people=name("NEW", people), old_people=name("o", people),
        new_row_people=name("n", people), closed_new=CLOSED.format(homes="homes", since=f"NEW.{day}"),
        closed_old=CLOSED.format(homes=find_homes(("o",), people), since=f"o.{day}"),
        closed_both=CLOSED.format(homes=find_homes(("o", "n"), people), since=f"least(o.{day}, n.{day})"),
    )  # fmt: skip


def write_statement(verb: str) -> str:
    event, tables, written, before = WRITES[verb]
    return STATEMENT.format(
        verb=verb, event=event, tables=tables, written=written, before=before, subject=SUBJECT, said=SAID,
        month_end=MONTH_END, later=LATER, closed=CLOSED.format(homes=HOMES, since="w.since"),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("records", "0017_closed_services")]
    operations = [
        migrations.RunSQL(START, STOP),
        *(migrations.RunSQL(write_life(table), NO_LIFE.format(table=table)) for table in LIVES),
        *(migrations.RunSQL(write_statement(verb), NO_STATEMENT.format(verb=verb)) for verb in WRITES),
    ]
