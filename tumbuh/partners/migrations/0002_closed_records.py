"""A record that waits for its review or was verified cannot change, whoever writes."""

from django.db import migrations

RECORDS = ("agreement", "csrprogramme", "research", "contribution", "partnerreport")
LINKS = {"agreement_parties": "agreement", "csrprogramme_places": "csrprogramme", "research_institutions": "research"}
ADD = """
CREATE FUNCTION partners_check_open(record uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM verification_review r WHERE r.subject_kind = 'PARTNER' AND r.subject_id = record
               AND r.state IN ('SUBMITTED', 'VERIFIED')) THEN
        RAISE EXCEPTION 'record % waits for its review or is verified', record USING ERRCODE = 'check_violation';
    END IF;
END $$;
CREATE FUNCTION partners_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM partners_check_open(OLD.public_id);
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION partners_refuse_closed_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    record uuid;
BEGIN
    EXECUTE format('SELECT public_id FROM partners_%I WHERE id = $1', TG_ARGV[0])
        INTO record USING (link ->> (TG_ARGV[0] || '_id'))::bigint;
    PERFORM partners_check_open(record);
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
ADD += "".join(
    f"CREATE TRIGGER closed BEFORE UPDATE OR DELETE ON partners_{table} "
    "FOR EACH ROW EXECUTE FUNCTION partners_refuse_closed();\n"
    for table in RECORDS
)
ADD += "".join(
    f"CREATE TRIGGER closed BEFORE INSERT OR UPDATE OR DELETE ON partners_{table} "
    f"FOR EACH ROW EXECUTE FUNCTION partners_refuse_closed_link('{parent}');\n"
    for table, parent in LINKS.items()
)
REMOVE = "".join(f"DROP TRIGGER closed ON partners_{table};\n" for table in (*RECORDS, *LINKS))
REMOVE += "DROP FUNCTION partners_refuse_closed_link(), partners_refuse_closed(), partners_check_open(uuid);"


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_partnerships"), ("verification", "0005_reviews")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
