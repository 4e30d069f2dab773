"""Is the trail whole? Every link is computed again, and held against the anchors outside the database.

The hashes are computed by PostgreSQL with its own functions, spelled out here: nothing that is stored in the
database (a trigger, a function) takes part in the check.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from tumbuh.audit.models import Anchor, Link
from tumbuh.audit.rules.anchors import AnchorText, is_genuine, parse_anchor

STEP = 100_000
ZERO = bytes(32)
CHECK = """
with step as (
    select sequence, event_id, previous, hash,
           lag(sequence) over w as sequence_before, lag(hash) over w as hash_before
    from (select * from audit_link where sequence >= %(start)s order by sequence limit %(limit)s) links
    window w as (order by sequence)
), seen as (
    select s.sequence, s.event_id, s.hash,
        case
            when s.sequence = %(start)s and %(start)s > 0 then ''
            when s.sequence <> coalesce(s.sequence_before, 0) + 1 then 'LINK_MISSING'
            when s.previous <> coalesce(s.hash_before, %(zero)s) then 'ORDER_CHANGED'
            when e.id is null then 'EVENT_DELETED'
            when s.hash <> pg_catalog.sha256(s.previous || pg_catalog.convert_to(pg_catalog.jsonb_build_array(
                s.sequence, e.id, (extract(epoch from e.recorded_at) * 1000000)::bigint, e.actor_id, e.actor_name,
                e.role, e.action, e.object_kind, e.object_id, e.region_id, e.before::text, e.after::text, e.reason)::text, 'UTF8'))
                then 'EVENT_CHANGED'
            else ''
        end as problem
    from step s left join audit_event e on e.id = s.event_id
)
select count(*), max(sequence), min(sequence) filter (where problem <> ''),
       (array_agg(event_id order by sequence) filter (where problem <> ''))[1],
       (array_agg(problem order by sequence) filter (where problem <> ''))[1]
from seen
"""
UNLINKED = "select min(e.id) from audit_event e where not exists (select from audit_link l where l.event_id = e.id)"


@dataclass(frozen=True)
class Problem:
    """The first thing that is not as it was written: a code, and where it shows."""

    code: str
    sequence: int | None = None
    event_id: int | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Verdict:
    """How many events were checked, from which number, against how many anchors; `problem` is None when all is whole."""

    checked: int
    first: int
    last: int
    anchors: int
    problem: Problem | None


def verify_trail(*, folder: Path, key: str, from_anchor: bool = False) -> Verdict:
    """Check the chain (from the last anchor on, if wanted) and all anchors, as of one moment."""
    is_inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not is_inside:
            cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("set local enable_hashjoin = off; set local enable_mergejoin = off")  # few rows of a long table
        anchors, problem = check_anchors(folder, key)
        start = anchors[-1].sequence if from_anchor and anchors and problem is None else 0
        checked, last, broken = check_links(cursor, start)
        cursor.execute("set local enable_hashjoin = on; set local enable_mergejoin = on")
        return Verdict(checked, start + 1, last, len(anchors), broken or find_unlinked(cursor) or problem)


def check_links(cursor, start: int) -> tuple[int, int, Problem | None]:
    """How many links were computed again, the last number, and the first that is wrong."""
    checked, at = 0, start
    while True:
        cursor.execute(CHECK, {"start": at, "limit": STEP + 1, "zero": ZERO})
        count, last, sequence, event_id, code = cursor.fetchone()
        fresh = count - (1 if at and count else 0)
        if code:
            return checked + fresh, last, Problem(code, sequence, event_id)
        if at and not count:
            return checked, at, Problem("LINK_MISSING", at)
        checked += fresh
        if count <= STEP:
            return checked, last or at, None
        at = last


def find_unlinked(cursor) -> Problem | None:
    """An event that came in beside the chain."""
    cursor.execute(UNLINKED)
    (event_id,) = cursor.fetchone()
    return None if event_id is None else Problem("EVENT_INSERTED", None, event_id)


def check_anchors(folder: Path, key: str) -> tuple[list[AnchorText], Problem | None]:
    """All anchors of the folder, oldest first, and the first one that does not agree with the database."""
    anchors: list[AnchorText] = []
    for path in sorted(folder.glob("*.json")):
        try:
            anchor = parse_anchor(path.read_text(encoding="utf-8"))
        except (ValueError, OSError):
            return anchors, Problem("ANCHOR_CHANGED", anchor=path.name)
        before = anchors[-1].signature if anchors else ""
        if not is_genuine(anchor, key) or anchor.day.isoformat() != path.stem or anchor.previous_signature != before:
            return anchors, Problem("ANCHOR_CHANGED", anchor=path.name)
        anchors.append(anchor)
    return anchors, compare_anchors(anchors)


def compare_anchors(anchors: list[AnchorText]) -> Problem | None:
    """The first anchor whose event is gone or another, or which is only in the table or only in the folder."""
    kept = {row.day: row.signature for row in Anchor.objects.all()}
    hashes = dict(Link.objects.filter(sequence__in=[anchor.sequence for anchor in anchors]).values_list("sequence", "hash"))
    for anchor in anchors:
        found = hashes.get(anchor.sequence)
        if found is None:
            return Problem("TRAIL_SHORTENED", anchor.sequence, anchor=f"{anchor.day}.json")
        if bytes(found).hex() != anchor.hash:
            return Problem("TRAIL_REWRITTEN", anchor.sequence, anchor=f"{anchor.day}.json")
        if kept.pop(anchor.day, None) != anchor.signature:
            return Problem("ANCHOR_CHANGED", anchor=f"{anchor.day}.json")
    return Problem("ANCHOR_MISSING", anchor=f"{min(kept)}.json") if kept else None
