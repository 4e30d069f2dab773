"""Anchors: what the trail was on a day, kept outside the database and signed with a key that the database lacks."""

from datetime import date
from pathlib import Path

from django.db import transaction

from tumbuh.audit.models import Anchor, Link
from tumbuh.audit.rules.anchors import AnchorText, parse_anchor, sign_anchor, write_anchor
from tumbuh.lib.files import write_once


@transaction.atomic
def make_anchor(*, day: date, folder: Path, key: str) -> Anchor | None:
    """The anchor of the day, in the folder and in the table; None when there is no event yet.

    Saying it again changes nothing: the file that came first is the anchor. Events made later belong to the next one.
    """
    path = folder / f"{day.isoformat()}.json"
    last = Link.objects.order_by("-sequence").first()
    if last is None:
        return None
    if not path.exists():
        previous = Anchor.objects.filter(day__lt=day).order_by("-day").first()
        text = sign_anchor(
            AnchorText(
                day, Link.objects.count(), last.sequence, last.hash.hex(), previous.signature if previous else ""
            ),
            key,
        )
        write_once(path, write_anchor(text), 0o400)
    kept = parse_anchor(path.read_text(encoding="utf-8"))
    values = {
        "count": kept.count, "sequence": kept.sequence, "hash": bytes.fromhex(kept.hash),
        "previous_signature": kept.previous_signature, "signature": kept.signature,
    }  # fmt: skip
    return Anchor.objects.get_or_create(day=kept.day, defaults=values)[0]
