"""Ways to bend the trail, as somebody who owns the whole database and has switched every trigger off."""

import random
from collections.abc import Callable

from django.db import connection

LAST = "(SELECT max(sequence) FROM audit_link)"
FIELDS = {
    "actor_id": "coalesce(actor_id, 0) + 1",
    "actor_name": "actor_name || 'x'",
    "role": "role || 'X'",
    "action": "'a.' || action",
    "object_kind": "'k' || object_kind",
    "object_id": "object_id || '0'",
    "region_id": "coalesce(region_id, 0) + 1",
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "before": "coalesce(before, '{}'::jsonb) || '{\"z\": 1}'::jsonb",
    "after": "CASE WHEN after IS NULL THEN 'null'::jsonb END",
    "reason": "reason || ' '",
}
COLUMNS = "recorded_at, actor_id, actor_name, role, action, object_kind, object_id, region_id, before, after, reason"
RECHAIN = """
DO $$
DECLARE
    e audit_event; number bigint := 0; last bytea := decode(repeat('00', 32), 'hex'); now bytea;
BEGIN
    DELETE FROM audit_link;
    FOR e IN SELECT * FROM audit_event ORDER BY id LOOP
        number := number + 1;
        now := sha256(last || convert_to(json_build_array(number, e.id,
            (extract(epoch from e.recorded_at) * 1000000)::bigint, e.actor_id, e.actor_name, e.role, e.action,
            e.object_kind, e.object_id, e.region_id, e.before::text, e.after::text, e.reason)::text, 'UTF8'));
        INSERT INTO audit_link VALUES (number, e.id, last, now);
        last := now;
    END LOOP;
END $$"""


def edit(rng: random.Random, ids: list[int]) -> str:
    field = rng.choice(sorted(FIELDS))
    return f"UPDATE audit_event SET {field} = {FIELDS[field]} WHERE id = {rng.choice(ids)}"


def delete_event(rng: random.Random, ids: list[int]) -> str:
    return f"DELETE FROM audit_event WHERE id = {rng.choice(ids)}"


def delete_whole(rng: random.Random, ids: list[int]) -> str:
    one = rng.choice(ids)
    return f"DELETE FROM audit_event WHERE id = {one}; DELETE FROM audit_link WHERE event_id = {one}"


def delete_and_close_up(rng: random.Random, ids: list[int]) -> str:
    """Delete an event with its link and number the later ones anew."""
    one = rng.choice(ids)
    return f"""{delete_whole(random.Random(0), [one])};
        UPDATE audit_link SET sequence = -sequence WHERE sequence > (SELECT min(s.n) FROM
            (SELECT generate_series(1, {LAST}) n EXCEPT SELECT sequence FROM audit_link) s);
        UPDATE audit_link SET sequence = -sequence - 1 WHERE sequence < 0"""


def insert(rng: random.Random, ids: list[int]) -> str:
    return f"INSERT INTO audit_event ({COLUMNS}) SELECT {COLUMNS} FROM audit_event WHERE id = {rng.choice(ids)}"


def insert_at_the_beginning(rng: random.Random, ids: list[int]) -> str:
    return f"""INSERT INTO audit_event (id, {COLUMNS})
        SELECT {ids[0]} - 1, {COLUMNS} FROM audit_event WHERE id = {rng.choice(ids)}"""


def insert_at_the_end(rng: random.Random, ids: list[int]) -> str:
    """An event with a link of its own making."""
    return f"""{insert(rng, ids)}; INSERT INTO audit_link SELECT {LAST} + 1, (SELECT max(id) FROM audit_event), hash,
        sha256(hash) FROM audit_link WHERE sequence = {LAST}"""


def swap(rng: random.Random, ids: list[int]) -> str:
    one, other = rng.sample(ids, 2)
    return f"""UPDATE audit_link SET event_id = -event_id WHERE event_id IN ({one}, {other});
        UPDATE audit_link SET event_id = CASE event_id WHEN -{one} THEN {other} ELSE {one} END WHERE event_id < 0"""


def swap_places(rng: random.Random, ids: list[int]) -> str:
    one, other = rng.sample(range(1, len(ids) + 1), 2)
    return f"""UPDATE audit_link SET sequence = -sequence WHERE sequence IN ({one}, {other});
        UPDATE audit_link SET sequence = CASE sequence WHEN -{one} THEN {other} ELSE {one} END WHERE sequence < 0"""


def cut_the_end(rng: random.Random, ids: list[int]) -> str:
    """The last events vanish with their links: the chain alone cannot show it."""
    first = rng.choice(ids)
    return f"""DELETE FROM audit_event WHERE id >= {first}; DELETE FROM audit_link WHERE event_id >= {first}"""


def cut_the_beginning(rng: random.Random, ids: list[int]) -> str:
    last = rng.choice(ids[:-1])
    return f"DELETE FROM audit_event WHERE id <= {last}; DELETE FROM audit_link WHERE event_id <= {last}"


def rewrite(rng: random.Random, ids: list[int]) -> str:
    """A change, and the whole chain computed anew: the chain alone cannot show it."""
    return f"{rng.choice([edit, delete_event, insert_at_the_beginning])(rng, ids)}; {RECHAIN}"


def spoil_a_link(rng: random.Random, ids: list[int]) -> str:
    column = rng.choice(["hash", "previous"])
    return f"UPDATE audit_link SET {column} = sha256({column}) WHERE sequence = {rng.randint(1, len(ids))}"


def empty_everything(rng: random.Random, ids: list[int]) -> str:
    return "DELETE FROM audit_event; DELETE FROM audit_link"


# Not among them: a new event after the last anchor, chained as the database does it. Whoever owns the database can
# always add; from the next anchor on, not even they can take it away again.
WAYS: list[Callable[[random.Random, list[int]], str]] = [
    edit, delete_event, delete_whole, delete_and_close_up, insert, insert_at_the_beginning, insert_at_the_end, swap,
    swap_places, cut_the_end, cut_the_beginning, rewrite, spoil_a_link, empty_everything,
]  # fmt: skip


def bend(statements: str) -> None:
    """Run them with every trigger off, as the owner of the tables can."""
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_link"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statements)
        for table in ("audit_event", "audit_link"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
