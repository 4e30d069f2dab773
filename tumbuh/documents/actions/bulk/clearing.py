"""Letting go of uploads that nobody finished, and of files that nothing refers to.

A file leaves in two steps, so that neither a kill nor an upload of the same content at that moment loses one: it is set
aside, looked at once more, and only then deleted. Whatever is found set aside the next day goes the same way again.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tumbuh.audit.api import Actor, record_event
from tumbuh.documents.models import DocumentBatch, StoredFile
from tumbuh.documents.rules import BatchState
from tumbuh.lib.files import DIGEST

ASIDE = ".aside-"
DAY = 86_400


@dataclass(frozen=True)
class Retention:
    """Days that an unfinished upload is kept, and that a file to which nothing refers is left alone."""

    open_days: int
    stray_days: int


def read_retention(on: date) -> Retention:
    """The parameters in force on a day (document-batch-retention.yaml); before the first, the first."""
    path = settings.DEFINITIONS / "parameters/document-batch-retention.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text())
    values = content["values"]
    newest = max(
        [each for each in values if each["valid_from"] <= on] or values[:1], key=lambda each: each["valid_from"]
    )
    return Retention(newest["open_days"], newest["stray_days"])


def clear_abandoned(*, by: Actor, today: date | None = None, now: float | None = None) -> tuple[int, int]:
    """Close every upload whose time is over and delete what nothing refers to; (uploads closed, files deleted)."""
    day = today or timezone.localdate()
    kept = read_retention(day)
    old = DocumentBatch.objects.filter(state=BatchState.CHECKED, made_at__date__lt=day - timedelta(days=kept.open_days))
    closed = sum(close_batch(by=by, batch_id=key) for key in old.values_list("pk", flat=True))
    return closed, clear_files(by=by, before=(now or time.time()) - kept.stray_days * DAY)


@transaction.atomic
def close_batch(*, by: Actor, batch_id: int) -> bool:
    """Close one upload; False when it was finished meanwhile or somebody is at it."""
    waiting = DocumentBatch.objects.select_for_update(skip_locked=True)
    batch = waiting.filter(pk=batch_id, state=BatchState.CHECKED).first()
    if batch is None:
        return False
    lines = len(batch.rows)
    batch.state, batch.ended_at, batch.rows, batch.unused = BatchState.CANCELLED, timezone.now(), [], []
    batch.save(update_fields=["state", "ended_at", "rows", "unused"])
    record_event(
        by=by, action="documents.batch.cleared", object_kind="document_batch", object_id=batch.public_id,
        after={"lines": lines},
    )  # fmt: skip
    return True


def clear_files(*, by: Actor, before: float) -> int:
    """Delete what came before that moment and nothing refers to; the trail tells of it first. How many."""
    found = list(list_strays(before))
    if not found:
        return 0
    record_event(
        by=by, action="documents.files.cleared", object_kind="document_files",
        object_id=timezone.localdate().isoformat(), after={"files": len(found)},
    )  # fmt: skip
    return sum(remove(path, before) for path in found)


def list_strays(before: float) -> Iterator[Path]:
    """Kept files and drafts that are older and to which neither a document nor an open upload refers."""
    folder = Path(settings.DOCUMENTS)
    for place in [folder, *sorted(each for each in folder.glob("??") if each.is_dir())]:
        old = {path: get_digest(path) for path in place.iterdir() if path.is_file() and is_older(path, before)}
        wanted = list_wanted(digest for digest in old.values() if digest)
        yield from (path for path, digest in old.items() if is_ours(path) and digest not in wanted)


def is_ours(path: Path) -> bool:
    """Whether it is content kept under its digest, or a draft of such; anything else was put there by somebody."""
    return DIGEST.fullmatch(path.name) is not None or path.name.startswith(".")


def get_digest(path: Path) -> str:
    """The digest under which the content is kept; empty for a draft."""
    name = path.name.removeprefix(ASIDE)
    return name if DIGEST.fullmatch(name) else ""


def is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def list_wanted(digests: Iterator[str]) -> set[str]:
    """Those of the digests to which a version of a document or an open upload refers."""
    asked = list(digests)
    wanted = set(StoredFile.objects.filter(sha256__in=asked).values_list("sha256", flat=True)) if asked else set()
    for rows in DocumentBatch.objects.filter(state=BatchState.CHECKED).values_list("rows", flat=True) if asked else ():
        wanted |= {entry["taken"]["sha256"] for entry in rows if "taken" in entry}
    return wanted


def remove(path: Path, before: float) -> bool:
    """Set the file aside, look once more, delete it; False when it is wanted now or came anew."""
    digest = get_digest(path)
    aside = path.with_name(f"{ASIDE}{digest}") if digest else path
    with contextlib.suppress(FileNotFoundError):
        if path != aside:
            path.rename(aside)
        if digest and (not is_older(aside, before) or list_wanted(iter([digest]))):
            with contextlib.suppress(FileExistsError):
                path.with_name(digest).hardlink_to(aside)
            aside.unlink()
            return False
        aside.unlink()
        return True
    return False
