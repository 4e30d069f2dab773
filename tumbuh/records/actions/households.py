"""Households: which children of the staged rows live together, by KK number, else by mother and address in a desa.

`list_families` reads (one line a child, so that the order of the rows makes no difference); `save_households` writes.
A child that has a household keeps it; a household that lacks its KK number or its address is given it.
"""

# RT and RW as numbers where there is one: "RT 003" is "3"
NUMBER = "left(coalesce(ltrim(substring({0} from '\\d+'), '0'), {0}), 5)"
# `lines` folds a child's rows that say the same, before anything is read out of their text.
# Of several addresses of one child the one of its latest row; the array is (day, address, rt, rw).
FAMILIES = f"""
DROP TABLE IF EXISTS records_families;
CREATE TEMPORARY TABLE records_families AS
WITH lines AS (
    SELECT person_id, child, kk_index, mother_name, address, rt, rw, max(measured_on) AS measured_on,
        min(row_id) FILTER (WHERE verdict IN ('new_child', 'known_child')) AS row_id,
        max(desa_id) FILTER (WHERE decision = 'SAME') AS moved_to, min(desa_id) AS desa_id,
        min(encode(kk_encrypted, 'hex')) AS kk_text
    FROM records_staged
    WHERE verdict IN ('new_child', 'known_child', 'repeat_same') AND (kk_index IS NOT NULL OR address <> '' OR rt <> '')
    GROUP BY person_id, child, kk_index, mother_name, address, rt, rw
), said AS (
    SELECT s.person_id, s.child, p.household_id, min(s.row_id) AS row_id,
        coalesce(max(s.moved_to), min(p.desa_id), min(s.desa_id)) AS desa_id,
        CASE WHEN count(DISTINCT s.kk_index) = 1 THEN min(encode(s.kk_index, 'hex')) END AS kk,
        CASE WHEN count(DISTINCT s.kk_index) = 1 THEN min(s.kk_text) END AS kk_text,
        coalesce(nullif(min(p.mother_name), ''), min(nullif(s.mother_name, '')), '') AS mother,
        max(ARRAY[s.measured_on::text, left(s.address, 300), {NUMBER.format("s.rt")}, {NUMBER.format("s.rw")}])
            FILTER (WHERE s.address <> '' OR s.rt <> '') AS home
    FROM lines s
    LEFT JOIN records_person p ON p.id = s.person_id
    LEFT JOIN records_household h ON h.id = p.household_id
    WHERE h.id IS NULL OR h.kk_index IS NULL OR h.family_key = ''
    GROUP BY s.person_id, s.child, p.household_id
), folded AS (
    SELECT *, left(upper(regexp_replace(mother, '[^[:alpha:]]', '', 'g')), 150) AS mother_key,
        regexp_replace(upper(regexp_replace(home[2], '[^[:alnum:]]', '', 'g')), '^(JALAN|JLN|JL)', '') AS address_key
    FROM said
), keyed AS (
    SELECT *, CASE WHEN mother_key <> '' AND (address_key <> '' OR home[3] <> '')
        THEN concat_ws('|', mother_key, address_key, home[3], home[4]) ELSE '' END AS family_key
    FROM folded
)
SELECT person_id, child, household_id, row_id, desa_id, kk, kk_text, family_key,
       CASE WHEN home IS NOT NULL THEN home || family_key END AS home
FROM keyed WHERE kk IS NOT NULL OR family_key <> '';
ANALYZE records_families;
"""
# Households that lack something the rows know. A KK number only where one alone is claimed and no other home has it.
RENEWED = """
DROP TABLE IF EXISTS records_renewed;
CREATE TEMPORARY TABLE records_renewed AS
WITH claims AS (
    SELECT h.id AS household_id, h.kk_index IS NULL AS lacks_kk, h.family_key = '' AS lacks_home, f.row_id, f.kk,
           f.kk_text, f.family_key, f.home
    FROM records_families f JOIN records_household h ON h.id = coalesce(f.household_id, (
        SELECT k.id FROM records_household k WHERE k.kk_index = decode(f.kk, 'hex')), (
        SELECT n.id FROM records_household n WHERE n.desa_id = f.desa_id AND n.family_key = f.family_key
            AND n.family_key <> '' AND n.kk_index IS NULL))
), kks AS (
    SELECT household_id, min(kk) AS kk, min(kk_text) AS kk_text, min(row_id) AS row_id FROM claims c
    WHERE lacks_kk AND kk IS NOT NULL
        AND NOT EXISTS (SELECT FROM records_household t WHERE t.kk_index = decode(c.kk, 'hex'))
    GROUP BY household_id HAVING count(DISTINCT kk) = 1
), one_each AS (SELECT DISTINCT ON (kk) * FROM kks ORDER BY kk, household_id
), homes AS (
    SELECT household_id, max(home) AS home, min(row_id) AS row_id FROM claims
    WHERE lacks_home AND family_key <> '' GROUP BY household_id
)
SELECT household_id, k.kk, k.kk_text, h.home, least(k.row_id, h.row_id) AS row_id
FROM one_each k FULL JOIN homes h USING (household_id);
UPDATE records_staged s SET action = 'fill' FROM records_renewed r
WHERE r.row_id = s.row_id AND s.action IN ('same', 'none');
"""
RENEW = """
UPDATE records_household h SET kk_index = coalesce(decode(r.kk, 'hex'), h.kk_index),
    kk_encrypted = coalesce(decode(r.kk_text, 'hex'), h.kk_encrypted), address = coalesce(r.home[2], h.address),
    rt = coalesce(r.home[3], h.rt), rw = coalesce(r.home[4], h.rw), family_key = coalesce(r.home[5], h.family_key)
FROM records_renewed r WHERE r.household_id = h.id;
"""
INSERT = """
INSERT INTO records_household (desa_id, kk_index, kk_encrypted, head_name, risk_flags, address, rt, rw, family_key)
SELECT desa_id, decode(kk, 'hex'), decode(kk_text, 'hex'), '', '[]', coalesce(home[2], ''), coalesce(home[3], ''),
       coalesce(home[4], ''), coalesce(home[5], '')
FROM ({}) x ORDER BY kk, desa_id, home[5]
"""
WITH_KK = """
SELECT min(desa_id) AS desa_id, kk, min(kk_text) AS kk_text, max(home) AS home FROM records_families f
WHERE household_id IS NULL AND kk IS NOT NULL
    AND NOT EXISTS (SELECT FROM records_household h WHERE h.kk_index = decode(f.kk, 'hex'))
GROUP BY kk
"""
WITHOUT_KK = """
SELECT desa_id, NULL AS kk, NULL AS kk_text, max(home) AS home FROM records_families f
WHERE household_id IS NULL AND kk IS NULL
    AND NOT EXISTS (SELECT FROM records_household h WHERE h.desa_id = f.desa_id AND h.family_key = f.family_key)
GROUP BY desa_id, family_key
"""
HOMES = """
DROP TABLE IF EXISTS records_homes;
CREATE TEMPORARY TABLE records_homes AS
SELECT f.person_id, f.child, h.id AS household_id FROM records_families f
JOIN records_household h ON h.id = CASE
    WHEN f.kk IS NOT NULL THEN (SELECT k.id FROM records_household k WHERE k.kk_index = decode(f.kk, 'hex'))
    ELSE (SELECT min(n.id) FROM records_household n WHERE n.desa_id = f.desa_id AND n.family_key = f.family_key) END
WHERE f.household_id IS NULL;
UPDATE records_fills f SET household_id = h.household_id FROM records_homes h WHERE h.person_id = f.person_id;
ANALYZE records_homes;
"""
MARK = """
UPDATE records_saved s SET before = coalesce(s.before, '{}') || jsonb_build_object('household', jsonb_strip_nulls(
    jsonb_build_object('id', r.household_id, 'kk_index', r.kk, 'family_key', r.home[5])))
FROM records_renewed r WHERE r.row_id = s.row_id;
"""
UNDO = """
UPDATE records_household h SET kk_index = NULL, kk_encrypted = NULL
FROM records_undone u WHERE h.id = (u.before->'household'->>'id')::bigint
    AND h.kk_index = decode(u.before->'household'->>'kk_index', 'hex');
UPDATE records_household h SET address = '', rt = '', rw = '', family_key = ''
FROM records_undone u WHERE h.id = (u.before->'household'->>'id')::bigint
    AND h.family_key = u.before->'household'->>'family_key';
UPDATE records_household h SET decile = (u.before->'decile'->>'before')::smallint
FROM records_undone u WHERE h.id = (u.before->'decile'->>'id')::bigint
    AND h.decile = (u.before->'decile'->>'new')::smallint;
DELETE FROM records_household h USING records_touched t
WHERE t.household_id = h.id AND NOT EXISTS (SELECT FROM records_person p WHERE p.household_id = h.id)
    AND NOT EXISTS (SELECT FROM records_servicereceived l WHERE l.household_id = h.id)
    AND NOT EXISTS (SELECT FROM records_statement l WHERE l.household_id = h.id);
"""


def list_families(cursor) -> None:
    """Fill records_families (each child whose household the rows can tell) and records_renewed; writes no household."""
    cursor.execute(FAMILIES)
    cursor.execute(RENEWED)


def save_households(cursor) -> None:
    """Write households; records_homes then has the household of each child that gets one, records_fills too."""
    cursor.execute(RENEW)
    cursor.execute(INSERT.format(WITH_KK))
    cursor.execute(INSERT.format(WITHOUT_KK))
    cursor.execute(HOMES)


def mark_households(cursor) -> None:
    """Note in records_saved what a household was given, so that it can be taken back."""
    cursor.execute(MARK)


def undo_households(cursor) -> None:
    """Take back what the undone rows gave to households; a household without people goes."""
    cursor.execute(UNDO)
