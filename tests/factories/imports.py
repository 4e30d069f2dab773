"""Imports run through at once, without a worker."""

from pathlib import Path

from tumbuh.intake.api import (
    Import,
    check_import,
    commit_import,
    confirm_columns,
    create_import,
    read_blocks,
    read_import,
    start_commit,
    start_undo,
    undo_import,
)


def take(user, path: Path) -> Import:
    """Upload and read: the import waits for its columns (or is refused)."""
    taken = create_import(by=user, blocks=read_blocks(path), file_name=path.name)
    read_import(import_id=taken.pk)
    return fetch(taken)


def preview(user, path: Path) -> Import:
    """Up to the preview."""
    taken = take(user, path)
    confirm_columns(by=user, import_id=taken.pk)
    check_import(import_id=taken.pk)
    return fetch(taken)


def save(user, taken: Import) -> Import:
    """From the preview to the register."""
    start_commit(by=user, import_id=taken.pk)
    commit_import(import_id=taken.pk)
    return fetch(taken)


def run(user, path: Path) -> Import:
    """All the way."""
    return save(user, preview(user, path))


def undo(user, taken: Import, reason: str = "salah berkas") -> Import:
    start_undo(by=user, import_id=taken.pk, reason=reason)
    undo_import(import_id=taken.pk)
    return fetch(taken)


def fetch(taken: Import) -> Import:
    return Import.objects.get(pk=taken.pk)


def tell(taken: Import) -> list[tuple[int, str, tuple[str, ...]]]:
    """(row, outcome, codes) of every row."""
    rows = taken.rows.order_by("id")
    return [(row.row, row.outcome, tuple(reason["code"] for reason in row.reasons)) for row in rows]
