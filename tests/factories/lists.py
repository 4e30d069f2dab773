"""Workbooks of other systems' lists, by the names of our columns."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.factories.eppgbm import write_xlsx
from tests.factories.imports import fetch, save
from tumbuh.intake.api import (
    Import,
    check_import,
    confirm_columns,
    create_import,
    find_source,
    read_blocks,
    read_import,
)

MONTH, DESA = date(2026, 3, 1), 9101012001
PLACE = {"desa": "SUMBER JAYA", "kecamatan": "HULU SATU"}


def write_list(path: Path, name: str, lines: Iterable[dict[str, Any]], *, fields: Sequence[str] = ()) -> Path:
    """A sheet of that list with the columns that any of the lines (or `fields`) has, in the template's order."""
    lines = [dict(line) for line in lines]
    used = {field for line in lines for field in line} | set(fields)
    columns = [field for field in find_source(name).fields if field.name in used]
    assert used == {field.name for field in columns}
    rows = [[line.get(field.name) for field in columns] for line in lines]
    return write_xlsx(path, rows, title=[], header=[field.label for field in columns])


def read_list(user: Any, path: Path, name: str = "auto") -> Import:
    """Uploaded and read: the list waits for its columns."""
    taken = create_import(by=user, blocks=read_blocks(path), file_name=path.name, source=name)
    read_import(import_id=taken.pk)
    return fetch(taken)


def preview_list(
    user: Any, path: Path, name: str = "auto", *, month: date | None = MONTH, desa_id: int | None = DESA
) -> Import:
    """Up to the preview."""
    taken = read_list(user, path, name)
    confirm_columns(by=user, import_id=taken.pk, month=month, desa_id=desa_id)
    check_import(import_id=taken.pk)
    return fetch(taken)


def run_list(user: Any, path: Path, name: str = "auto", **values: Any) -> Import:
    """All the way."""
    return save(user, preview_list(user, path, name, **values))
