"""Reading the rows of an import."""

import json
from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from tumbuh.intake.models import Import, Row
from tumbuh.intake.rules import Outcome

FIRST_REASONS = """
SELECT DISTINCT ON (x->>'code') x->>'code', x::text FROM intake_row, jsonb_array_elements(reasons) x
WHERE owner_id = %s AND reasons <> '[]' ORDER BY x->>'code', id
"""


def list_codes(row: Row) -> set[str]:
    """The codes of the row's reasons."""
    return {reason["code"] for reason in row.reasons}


def has_candidate(row: Row) -> bool:
    """Whether the row waits because of a child or a row that it may belong with."""
    return row.person_id is not None or row.same_as is not None


def list_waiting(job: Import) -> QuerySet[Row]:
    """Rows that a person must decide on, in the order of the file."""
    return job.rows.filter(outcome=Outcome.NEEDS_REVIEW).order_by("id")


def list_examples(job: Import, limit: int = 5) -> dict[str, list[Row]]:
    """The first rows of each outcome."""
    place = Window(RowNumber(), partition_by="outcome", order_by="id")
    examples: dict[str, list[Row]] = defaultdict(list)
    for row in job.rows.annotate(place=place).filter(place__lte=limit).order_by("id"):
        examples[row.outcome].append(row)
    return examples


def list_reasons(job: Import) -> dict[str, dict[str, Any]]:
    """Each code with the reason of the first row that has it."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_REASONS, [job.pk])
        return {code: json.loads(reason) for code, reason in cursor.fetchall()}


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
