"""Is the trail whole? Every link is computed again, and held against the anchors outside the database.

The hashes are computed by PostgreSQL with its own functions, spelled out here: nothing that is stored in the
database (a trigger, a function) takes part in the check.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from tumbuh.audit.models import Anchor, Link
from tumbuh.audit.rules.anchors import AnchorText, is_genuine, parse_anchor

STEP = 500_000
ZERO = bytes(32)
NOWHERE = -(2**63)
# Each link beside the one before it and its event; `problem` is empty where all is as it was written.
SEEN = """
select l.sequence, l.event_id,
    case
        when p.sequence is null and l.sequence <> 1 then 'LINK_MISSING'
        when l.previous <> coalesce(p.hash, %(zero)s) then 'ORDER_CHANGED'
        when e.id is null then 'EVENT_DELETED'
        when l.hash <> pg_catalog.sha256(l.previous || pg_catalog.convert_to(pg_catalog.json_build_array(
            l.sequence, e.id, (extract(epoch from e.recorded_at) * 1000000)::bigint, e.actor_id, e.actor_name, e.role,
            e.action, e.object_kind, e.object_id, e.region_id, e.before::text, e.after::text, e.reason)::text, 'UTF8'))
            then 'EVENT_CHANGED'
        else ''
    end as problem
from audit_link l
left join audit_link p on p.sequence = l.sequence - 1
left join audit_event e on e.id = l.event_id
where l.sequence between %(first)s and %(last)s
"""
SUMMARY = f"select count(*), max(sequence), min(sequence) filter (where problem <> '') from ({SEEN}) seen"
DETAIL = f"select problem, event_id from ({SEEN}) seen"
FEW_OF_MANY = "set local jit = off; set local enable_hashjoin = off; set local enable_mergejoin = off"
NEXT = "select min(sequence) from audit_link where sequence > %s"
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
    """How many events were checked, from which number on, against how many anchors; `problem` is None when whole."""

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
        cursor.execute(FEW_OF_MANY)
        anchors, problem = check_anchors(folder, key)
        start = anchors[-1].sequence if from_anchor and anchors and problem is None else 0
        checked, last, broken = check_links(cursor, start)
        cursor.execute("set local enable_hashjoin = on; set local enable_mergejoin = on")
        return Verdict(checked, start + 1, last, len(anchors), broken or find_unlinked(cursor) or problem)


def check_links(cursor, start: int) -> tuple[int, int, Problem | None]:
    """How many links were computed again, the last number, and the first that is wrong."""
    checked, last = 0, start
    while True:
        cursor.execute(NEXT, [last if checked or start else NOWHERE])
        (first,) = cursor.fetchone()
        if first is None:
            return checked, last, None
        span = {"first": first, "last": first + STEP - 1, "zero": ZERO}
        cursor.execute(SUMMARY, span)
        count, last, wrong = cursor.fetchone()
        checked += count
        if wrong is not None:
            cursor.execute(DETAIL, {**span, "first": wrong, "last": wrong})
            code, event_id = cursor.fetchone()
            return checked, last, Problem(code, wrong, event_id)


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
    hashes = dict(
        Link.objects.filter(sequence__in=[anchor.sequence for anchor in anchors]).values_list("sequence", "hash")
    )
    for anchor in anchors:
        found = hashes.get(anchor.sequence)
        if found is None:
            return Problem("TRAIL_SHORTENED", anchor.sequence, anchor=f"{anchor.day}.json")
        if bytes(found).hex() != anchor.hash:
            return Problem("TRAIL_REWRITTEN", anchor.sequence, anchor=f"{anchor.day}.json")
        if kept.pop(anchor.day, None) != anchor.signature:
            return Problem("ANCHOR_CHANGED", anchor=f"{anchor.day}.json")
    return Problem("ANCHOR_MISSING", anchor=f"{min(kept)}.json") if kept else None
