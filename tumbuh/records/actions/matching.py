"""Finding the child and the measurement of each staged row. Reads the register, writes the staging table."""

from django.db import connection

from tumbuh.records.actions.households import list_families
from tumbuh.records.rules.matching import Claim, Identity, Verdict, list_apart, list_doubts
from tumbuh.records.rules.nearness import Entry, find_near

PLANNED_BY = "row_id, desa_id, name_key, birth_date, sex, nik_index, decision, verdict"

DECIDED = """
UPDATE records_staged SET verdict = 'known_child', person_id = candidate_id
WHERE decision = 'SAME' AND candidate_id IS NOT NULL;
UPDATE records_staged s SET verdict = 'new_child', child = g.child
FROM (SELECT row_id, min(row_id) OVER (PARTITION BY desa_id, name_key, birth_date, sex, nik_index) AS child
      FROM records_staged WHERE decision = 'OTHER') g
WHERE g.row_id = s.row_id;
"""

# What the register knows: by NIK (pn) and by identity (pc, when one child fits the mother's name).
REGISTER = """
WITH open_rows AS (
    SELECT row_id, desa_id, birth_date, sex, name_key, nik_index, mother_name
    FROM records_staged WHERE verdict = '' AND decision <> 'SAME'
), fits AS (
    SELECT s.row_id, p.id, p.nik_index IS NULL AS no_nik,
           upper(regexp_replace(p.mother_name, '[^[:alpha:]]', '', 'g')) AS theirs,
           upper(regexp_replace(s.mother_name, '[^[:alpha:]]', '', 'g')) AS ours
    FROM open_rows s JOIN records_person p
      ON p.desa_id = s.desa_id AND p.birth_date = s.birth_date AND p.sex = s.sex AND p.name_key = s.name_key
), identity AS (
    SELECT row_id, count(*) AS people, bool_or(no_nik) AS some_without_nik, min(id) AS any_id,
           count(*) FILTER (WHERE theirs = ours OR theirs = '' OR ours = '') AS fitting,
           min(id) FILTER (WHERE theirs = ours OR theirs = '' OR ours = '') AS fitting_id,
           count(*) FILTER (WHERE theirs = ours) AS exact, min(id) FILTER (WHERE theirs = ours) AS exact_id
    FROM fits GROUP BY row_id
), found AS (
    SELECT s.row_id, s.nik_index, s.desa_id, pn.id AS pn_id, pn.desa_id AS pn_desa, i.people, i.some_without_nik,
           i.any_id, i.fitting, i.fitting_id,
           (pn.name_key, pn.birth_date, pn.sex) = (s.name_key, s.birth_date, s.sex) AS pn_is_same,
           CASE WHEN i.fitting = 1 THEN i.fitting_id WHEN i.exact = 1 THEN i.exact_id END AS chosen
    FROM open_rows s
    LEFT JOIN records_person pn ON pn.nik_index = s.nik_index
    LEFT JOIN identity i ON i.row_id = s.row_id
    WHERE pn.id IS NOT NULL OR i.row_id IS NOT NULL
), judged AS (
    SELECT f.row_id, CASE
        WHEN pn_id IS NOT NULL AND pn_is_same AND pn_desa = f.desa_id THEN 'known_child'
        WHEN pn_id IS NOT NULL AND pn_is_same THEN 'nik_other_desa'
        WHEN pn_id IS NOT NULL AND chosen IS NOT NULL AND pc.nik_index IS NULL THEN 'known_child'
        WHEN pn_id IS NOT NULL THEN 'nik_other_identity'
        WHEN chosen IS NOT NULL AND pc.nik_index IS NOT NULL AND f.nik_index IS NOT NULL THEN 'nik_differs'
        WHEN chosen IS NOT NULL THEN 'known_child'
        WHEN fitting > 1 THEN 'several_children'
        WHEN f.nik_index IS NOT NULL AND NOT some_without_nik THEN ''
        ELSE 'mother_differs' END AS verdict,
        CASE WHEN pn_id IS NOT NULL AND (pn_is_same OR chosen IS NULL OR pc.nik_index IS NOT NULL) THEN pn_id
             ELSE coalesce(chosen, fitting_id, any_id) END AS person_id
    FROM found f LEFT JOIN records_person pc ON pc.id = f.chosen
)
UPDATE records_staged s SET verdict = j.verdict, person_id = CASE WHEN j.verdict <> '' THEN j.person_id END
FROM judged j WHERE j.row_id = s.row_id AND j.verdict <> '';
"""

OPEN = "verdict = '' AND decision <> 'SAME'"
FRESH = "verdict = 'new_child' AND decision <> 'OTHER'"
MOTHER = "upper(regexp_replace(mother_name, '[^[:alpha:]]', '', 'g'))"
CLAIMS = f"""
WITH o AS (SELECT row_id, desa_id, name_key, birth_date, sex, nik_index, mother_name FROM records_staged WHERE {OPEN}),
shared AS (SELECT nik_index FROM o WHERE nik_index IS NOT NULL GROUP BY nik_index
           HAVING min(desa_id) <> max(desa_id) OR min(name_key) <> max(name_key)
               OR min(birth_date) <> max(birth_date) OR min(sex) <> max(sex)),
mothers AS (SELECT desa_id, name_key, birth_date, sex, mother_name, {MOTHER} AS mother
            FROM o GROUP BY 1, 2, 3, 4, 5),
split AS (SELECT desa_id, name_key, birth_date, sex FROM o GROUP BY 1, 2, 3, 4
          HAVING min(encode(nik_index, 'hex')) <> max(encode(nik_index, 'hex'))
          UNION SELECT desa_id, name_key, birth_date, sex FROM mothers GROUP BY 1, 2, 3, 4
          HAVING min(nullif(mother, '')) <> max(mother))
SELECT row_id, desa_id, name_key, birth_date, sex, nik_index, {MOTHER} FROM o
WHERE nik_index IN (SELECT nik_index FROM shared) OR (desa_id, name_key, birth_date, sex) IN (SELECT * FROM split)
   OR (desa_id, name_key, birth_date, sex) IN
      (SELECT desa_id, name_key, birth_date, sex FROM o WHERE nik_index IN (SELECT nik_index FROM shared))
"""

CHILDREN = f"""
UPDATE records_staged s SET child = g.child, verdict = 'new_child'
FROM (SELECT row_id, min(row_id) OVER (PARTITION BY desa_id, name_key, birth_date, sex,
             CASE WHEN row_id = ANY(%s) THEN nik_index END) AS child FROM records_staged WHERE {OPEN}) g
WHERE g.row_id = s.row_id
"""

NEAR = f"""
WITH n AS (SELECT child, desa_id, birth_date, sex, min(name_key) AS name_key, count(*) AS lines,
                  min(encode(nik_index, 'hex')) AS nik
           FROM records_staged WHERE {FRESH} GROUP BY 1, 2, 3, 4),
places AS (SELECT desa_id, birth_date, sex, count(*) AS children FROM n GROUP BY 1, 2, 3),
stored AS (SELECT p.id, p.desa_id, p.birth_date, p.sex, p.name_key, p.nik_index IS NOT NULL AS has_nik
           FROM places JOIN records_person p USING (desa_id, birth_date, sex)
           WHERE (p.desa_id, p.birth_date, p.sex, p.name_key) NOT IN (SELECT desa_id, birth_date, sex, name_key FROM n))
SELECT child, desa_id, birth_date, sex, name_key, nik IS NOT NULL, false, lines FROM n
WHERE (desa_id, birth_date, sex) IN (SELECT desa_id, birth_date, sex FROM places WHERE children > 1
                                     UNION SELECT desa_id, birth_date, sex FROM stored)
UNION ALL SELECT -id, desa_id, birth_date, sex, name_key, has_nik, true, 0 FROM stored
"""

FOLLOW = """
UPDATE records_staged s SET verdict = o.verdict, person_id = o.person_id, child = o.child
FROM records_staged o WHERE s.decision = 'SAME' AND s.candidate_id IS NULL AND o.row_id = s.same_as
 AND o.verdict IN ('new_child', 'known_child');
UPDATE records_staged SET verdict = 'several_children' WHERE verdict = '';
"""

# Of several rows for one child and day one stands: the one decided for, else the one already stored, else the first.
REPEATS = """
WITH k AS (
    SELECT row_id, coalesce(person_id, -child) AS who, measured_on FROM records_staged
    WHERE verdict IN ('new_child', 'known_child')
), several AS (SELECT who, measured_on FROM k GROUP BY 1, 2 HAVING count(*) > 1
), ranked AS (
    SELECT s.*, k.who, first_value(s.row_id) OVER (
        PARTITION BY k.who, s.measured_on
        ORDER BY s.decision = 'SAME' DESC, num_nonnulls(s.weight_kg, s.lenhei_cm, s.head_cm, s.muac_cm) > 0 DESC,
                 (m.id IS NOT NULL AND m.weight_kg IS NOT DISTINCT FROM s.weight_kg
                  AND m.lenhei_cm IS NOT DISTINCT FROM s.lenhei_cm AND m.mode = s.mode
                  AND m.head_cm IS NOT DISTINCT FROM s.head_cm AND m.muac_cm IS NOT DISTINCT FROM s.muac_cm) DESC,
                 s.row_id) AS stands
    FROM several JOIN k USING (who, measured_on) JOIN records_staged s USING (row_id)
    LEFT JOIN records_measurement m ON m.person_id = s.person_id AND m.measured_on = s.measured_on
)
UPDATE records_staged s SET same_as = w.row_id, person_id = r.person_id, verdict = CASE
    WHEN coalesce(r.weight_kg = w.weight_kg, r.weight_kg IS NULL)
     AND coalesce(r.lenhei_cm = w.lenhei_cm, r.lenhei_cm IS NULL) AND (r.mode = w.mode OR r.mode = '')
     AND coalesce(r.head_cm = w.head_cm, r.head_cm IS NULL)
     AND coalesce(r.muac_cm = w.muac_cm, r.muac_cm IS NULL) AND (NOT r.oedema OR w.oedema) THEN 'repeat_same'
    WHEN w.decision = 'SAME' THEN 'repeat_replaced'
    ELSE 'repeat_differs' END
FROM ranked r JOIN records_staged w ON w.row_id = r.stands
WHERE r.row_id = s.row_id AND r.row_id <> r.stands;
"""

# A blank cell never wipes a value that is stored; a row without any value registers the child and measures nothing.
ACTIONS = """
UPDATE records_staged SET action = CASE WHEN verdict IN ('new_child', 'known_child') THEN 'none' ELSE '' END
WHERE verdict NOT IN ('new_child', 'known_child') OR num_nonnulls(weight_kg, lenhei_cm, head_cm, muac_cm) = 0;
UPDATE records_staged s SET measurement_id = m.id, action = CASE
    WHEN coalesce(m.weight_kg = s.weight_kg, s.weight_kg IS NULL)
     AND coalesce(m.lenhei_cm = s.lenhei_cm, s.lenhei_cm IS NULL) AND (m.mode = s.mode OR s.mode = '')
     AND coalesce(m.head_cm = s.head_cm, s.head_cm IS NULL) AND coalesce(m.muac_cm = s.muac_cm, s.muac_cm IS NULL)
     AND (m.oedema OR NOT s.oedema) AND (m.posyandu_id IS NOT NULL OR s.posyandu_id IS NULL) THEN 'same'
    ELSE 'update' END
FROM records_measurement m
WHERE s.verdict = 'known_child' AND m.person_id = s.person_id AND m.measured_on = s.measured_on;
"""

# Rows that would change a month which was sent for verification; in one returned by cells, those cells are open.
CLOSED = """
UPDATE records_staged s SET verdict = 'month_closed', action = '' FROM verification_package p
WHERE s.action = 'insert' AND p.data_set = 'growth' AND NOT p.is_whole_open AND p.region_id = s.desa_id
 AND p.month = date_trunc('month', s.measured_on)::date;
UPDATE records_staged s SET verdict = 'month_closed', action = ''
FROM records_measurement m JOIN verification_package p ON p.month = m.month
WHERE s.action = 'update' AND m.id = s.measurement_id AND p.data_set = 'growth' AND NOT p.is_whole_open
 AND p.region_id IN (m.desa_id, s.desa_id) AND (m.desa_id <> s.desa_id OR {differs});
""".format(
    differs=" OR ".join(
        f"({test} AND NOT verification_cell_open(m.desa_id, m.month, 'growth', 'measurement', m.id, '{field}'))"
        for field, test in (
            *((name, f"s.{name} <> m.{name}") for name in ("weight_kg", "lenhei_cm", "head_cm", "muac_cm")),
            *(
                (name, f"(s.{name} IS NOT NULL AND m.{name} IS NULL)")
                for name in ("weight_kg", "lenhei_cm", "head_cm", "muac_cm", "posyandu_id")
            ),
            ("mode", "(s.mode <> '' AND s.mode <> m.mode)"),
            ("oedema", "(s.oedema AND NOT m.oedema)"),
        )
    )
)

# Blanks of known children that the file fills; each owned by the child's first row. A NIK only when the file has one.
FILLS = """
DROP TABLE IF EXISTS records_fills;
CREATE TEMPORARY TABLE records_fills AS
SELECT p.id AS person_id, f.row_id,
       CASE WHEN p.nik_index IS NULL AND f.niks = 1 AND t.id IS NULL THEN decode(f.nik, 'hex') END AS nik_index,
       CASE WHEN p.nik_index IS NULL AND f.niks = 1 AND t.id IS NULL THEN decode(f.nik_text, 'hex') END
           AS nik_encrypted,
       CASE WHEN p.mother_name = '' THEN f.mother_name END AS mother_name,
       CASE WHEN p.posyandu_id IS NULL THEN f.posyandu_id END AS posyandu_id,
       CASE WHEN p.birth_weight_kg IS NULL THEN f.birth_weight_kg END AS birth_weight_kg,
       CASE WHEN p.birth_length_cm IS NULL THEN f.birth_length_cm END AS birth_length_cm,
       CASE WHEN f.measured_on < p.registered_on THEN f.measured_on END AS registered_on,
       CASE WHEN f.moved_to <> p.desa_id THEN f.moved_to END AS desa_id,
       a.person_id IS NOT NULL AS is_housed, NULL::bigint AS household_id
FROM (SELECT person_id, min(row_id) AS row_id, count(DISTINCT nik_index) AS niks,
             min(encode(nik_index, 'hex')) AS nik, min(encode(nik_encrypted, 'hex')) AS nik_text,
             min(nullif(mother_name, '')) AS mother_name, min(posyandu_id) AS posyandu_id,
             min(birth_weight_kg) AS birth_weight_kg, min(birth_length_cm) AS birth_length_cm,
             min(measured_on) AS measured_on, max(desa_id) FILTER (WHERE decision = 'SAME') AS moved_to
      FROM records_staged WHERE verdict = 'known_child' GROUP BY person_id) f
JOIN records_person p ON p.id = f.person_id
LEFT JOIN records_person t ON t.nik_index = decode(f.nik, 'hex')
LEFT JOIN records_families a ON a.person_id = p.id AND a.household_id IS NULL;
DELETE FROM records_fills WHERE NOT is_housed AND num_nonnulls(
    nik_index, mother_name, posyandu_id, birth_weight_kg, birth_length_cm, registered_on, desa_id) = 0;
UPDATE records_staged s SET action = 'fill' FROM records_fills f
WHERE f.row_id = s.row_id AND s.action IN ('same', 'none');
"""


def match_staged() -> None:
    """Fill verdict, person_id, child, measurement_id and action of every staged row (see the room's README)."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE records_staged ({PLANNED_BY})")
        cursor.execute(DECIDED)
        cursor.execute(REGISTER)
        part_claims(cursor)
        part_near_names(cursor)
        cursor.execute(FOLLOW)
        cursor.execute(REPEATS)
        cursor.execute(ACTIONS)
        cursor.execute(CLOSED)
        list_families(cursor)
        cursor.execute(FILLS)


def part_claims(cursor) -> None:
    """Set aside rows that contradict each other, and number the children that are new."""
    cursor.execute(CLAIMS)
    claims = [
        Claim(row_id, Identity(desa_id, name_key, birth_date, sex), None if nik is None else bytes(nik), mother)
        for row_id, desa_id, name_key, birth_date, sex, nik, mother in cursor.fetchall()
    ]
    doubts = list_doubts(claims)
    set_aside(cursor, [(doubt.row_id, doubt.verdict, doubt.same_as, None) for doubt in doubts])
    waiting = {doubt.row_id for doubt in doubts}
    apart = list_apart(claim for claim in claims if claim.row_id not in waiting)
    cursor.execute(CHILDREN, [sorted(apart)])


def part_near_names(cursor) -> None:
    """Set aside new children whose name looks like another child's of the same desa, birth date and sex."""
    cursor.execute(NEAR)
    entries = [
        Entry(key, (desa_id, birth_date, sex), name, b"1" if has_nik else None, is_stored, lines)
        for key, desa_id, birth_date, sex, name, has_nik, is_stored, lines in cursor.fetchall()
    ]
    near = find_near(entries)
    if not near:
        return
    cursor.execute(f"SELECT row_id, child FROM records_staged WHERE {FRESH} AND child = ANY(%s)", [list(near)])
    rows = []
    for row_id, child in cursor.fetchall():
        other = near[child]
        rows.append(
            (row_id, Verdict.NEAR_NAME, None if other.is_stored else other.key, -other.key if other.is_stored else None)
        )
    set_aside(cursor, rows)


def set_aside(cursor, rows: list[tuple[int, str, int | None, int | None]]) -> None:
    """Give rows their verdict and the row or the person they may belong with."""
    if not rows:
        return
    row_ids, verdicts, same_as, people = (list(column) for column in zip(*rows, strict=True))
    cursor.execute(
        """UPDATE records_staged s SET verdict = d.verdict, same_as = d.same_as, person_id = d.person_id
           FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[]) AS d(row_id, verdict, same_as, person_id)
           WHERE d.row_id = s.row_id""",
        [row_ids, [str(verdict) for verdict in verdicts], same_as, people],
    )
