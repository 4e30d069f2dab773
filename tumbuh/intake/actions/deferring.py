"""Starting the jobs, in the caller's transaction: a job appears only when the state it needs is there."""

from uuid import UUID

from procrastinate.contrib.django import app

QUEUE = "imports"


def defer_read(import_id: UUID) -> None:
    defer("intake.read", import_id)


def defer_check(import_id: UUID) -> None:
    defer("intake.check", import_id)


def defer_commit(import_id: UUID) -> None:
    defer("intake.commit", import_id)


def defer_undo(import_id: UUID) -> None:
    defer("intake.undo", import_id)


def defer(name: str, import_id: UUID) -> None:
    """One job of the imports queue; by name, because tasks stand above actions."""
    app.configure_task(name, queue=QUEUE).defer(import_id=str(import_id))
