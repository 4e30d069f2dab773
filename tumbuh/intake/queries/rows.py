"""Reading the rows of an import."""

from typing import Any

from django.db.models import QuerySet

from tumbuh.intake.models import Import, Row
from tumbuh.intake.rules import Outcome


def list_codes(row: Row) -> set[str]:
    """The codes of the row's reasons."""
    return {reason["code"] for reason in row.reasons}


def has_candidate(row: Row) -> bool:
    """Whether the row waits because of a child or a row that it may belong with."""
    return row.person_id is not None or row.same_as is not None


def list_waiting(job: Import) -> QuerySet[Row]:
    """Rows that a person must decide on, in the order of the file."""
    return job.rows.filter(outcome=Outcome.NEEDS_REVIEW).order_by("id")


def list_examples(job: Import, outcome: str, limit: int = 5) -> list[Row]:
    """The first rows of an outcome."""
    return list(job.rows.filter(outcome=outcome).order_by("id")[:limit])


def list_results(job: Import, file: str) -> list[dict[str, Any]]:
    """Every row as the command prints it: file, sheet, row, outcome, reasons [{column, code, message}]."""
    rows = job.rows.order_by("id").values_list("sheet", "row", "outcome", "reasons")
    return [
        {
            "file": file,
            "sheet": sheet,
            "row": row,
            "outcome": outcome,
            "reasons": [{key: reason[key] for key in ("column", "code", "message")} for reason in reasons],
        }
        for sheet, row, outcome, reasons in rows.iterator(chunk_size=5000)
    ]
