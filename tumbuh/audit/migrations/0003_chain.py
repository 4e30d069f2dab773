"""Each event gets a role, a region and its place in a chain of hashes; the events of before are chained here."""

from django.db import migrations, models

# What is hashed for an event, after the hash of the event before. The check has the same text in queries/checking.py;
# tests hold them together.
CANONICAL = """convert_to(json_build_array(
    {sequence}, {e}.id, (extract(epoch from {e}.recorded_at) * 1000000)::bigint, {e}.actor_id, {e}.actor_name, {e}.role,
    {e}.action, {e}.object_kind, {e}.object_id, {e}.region_id, {e}.before::text, {e}.after::text, {e}.reason)::text, 'UTF8')"""

CHAIN = (
    """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last_sequence bigint;
    last_hash bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(7306003);  -- at commit: writers wait for each other only here
    SELECT sequence, hash INTO last_sequence, last_hash FROM audit_link ORDER BY sequence DESC LIMIT 1;
    IF last_sequence IS NULL THEN
        last_sequence := 0;
        last_hash := decode(repeat('00', 32), 'hex');
    END IF;
    INSERT INTO audit_link (sequence, event_id, previous, hash) VALUES (
        last_sequence + 1, NEW.id, last_hash, sha256(last_hash || """
    + CANONICAL.format(sequence="last_sequence + 1", e="NEW")
    + """));
    RETURN NULL;
END $$;
CREATE FUNCTION audit_refuse_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the chain of audit events is written by the database alone'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
)
EXISTING = (
    """
DO $$
DECLARE
    event audit_event;
    number bigint := 0;
    before bytea := decode(repeat('00', 32), 'hex');
    now bytea;
BEGIN
    LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE;
    FOR event IN SELECT * FROM audit_event ORDER BY id LOOP
        number := number + 1;
        now := sha256(before || """
    + CANONICAL.format(sequence="number", e="event")
    + """);
        INSERT INTO audit_link (sequence, event_id, previous, hash) VALUES (number, event.id, before, now);
        before := now;
    END LOOP;
END $$;
"""
)
GUARD = """
CREATE CONSTRAINT TRIGGER audit_event_chain AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_link_by_database BEFORE INSERT ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_link();
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_link_no_truncate BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_anchor_append_only BEFORE UPDATE OR DELETE ON audit_anchor
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_anchor_no_truncate BEFORE TRUNCATE ON audit_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
UNGUARD = """
DROP TRIGGER audit_event_chain ON audit_event;
DROP TRIGGER audit_link_by_database ON audit_link;
DROP TRIGGER audit_link_append_only ON audit_link;
DROP TRIGGER audit_link_no_truncate ON audit_link;
DROP TRIGGER audit_anchor_append_only ON audit_anchor;
DROP TRIGGER audit_anchor_no_truncate ON audit_anchor;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_refuse_link();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("event", "role", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddField("event", "region_id", models.BigIntegerField(null=True)),
        migrations.AddIndex("event", models.Index(fields=["actor_id", "id"], name="event_actor")),
        migrations.AddIndex("event", models.Index(fields=["region_id", "id"], name="event_region")),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("count", models.BigIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("previous_signature", models.CharField(blank=True, max_length=64)),
                ("signature", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(CHAIN, ""),
        migrations.RunSQL(EXISTING, ""),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
