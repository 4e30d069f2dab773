"""The record of an activity that waits for its review or was verified cannot change, whoever writes."""

from django.db import migrations

TABLES = ("participant", "minutes", "decision", "finding", "photo", "survey")
FIELDS = "kind, title, region_id, starts_at, ends_at, state, attended, attended_women, reach"
ADD = f"""
CREATE FUNCTION activities_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_activity bigint;
BEGIN
    IF TG_TABLE_NAME = 'activities_activity' THEN
        of_activity := OLD.id;
    ELSIF TG_OP = 'DELETE' THEN
        of_activity := OLD.activity_id;
    ELSE
        of_activity := NEW.activity_id;
    END IF;
    IF EXISTS (SELECT FROM activities_activity a JOIN verification_review r
               ON r.subject_kind = 'ACTIVITY' AND r.subject_id = a.public_id
               WHERE a.id = of_activity AND r.state IN ('SUBMITTED', 'VERIFIED')) THEN
        RAISE EXCEPTION 'activity % waits for its review or is verified', of_activity USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed BEFORE UPDATE OF {FIELDS} OR DELETE ON activities_activity
    FOR EACH ROW EXECUTE FUNCTION activities_refuse_closed();
""" + "".join(
    f"""
CREATE TRIGGER closed BEFORE INSERT OR UPDATE OR DELETE ON activities_{table}
    FOR EACH ROW EXECUTE FUNCTION activities_refuse_closed();
"""
    for table in TABLES
)
REMOVE = "".join(f"DROP TRIGGER closed ON activities_{table};" for table in (*TABLES, "activity"))


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_row_level_security"), ("verification", "0005_reviews")]

    operations = [migrations.RunSQL(ADD, REMOVE + "DROP FUNCTION activities_refuse_closed();")]
