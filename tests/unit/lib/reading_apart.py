"""Reading a file in a small process of its own, so that what the reader's child uses is measured and nothing else.

(A process counts the memory of all its children together, and the memory it had itself when it started them.)
"""

import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tumbuh.lib.spreadsheets.api import ErrorCode, Limits, SpreadsheetError, read_sheets


@dataclass(frozen=True)
class Reading:
    """What came of a file: rows, or an error; and what the child used of the processor and, at most, of memory."""

    rows: int
    code: ErrorCode | None
    message: str
    seconds: float
    kilobytes: int


def read_here(path: Path, limits: dict[str, Any]) -> Reading:
    """Read to the end. `kilobytes` is the most that any file took which this process has read."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows, code, message = 0, None, ""
    try:
        for chunk in read_sheets(path, limits=Limits(**limits)):
            rows += len(chunk.rows)
    except SpreadsheetError as error:
        code, message = error.code, error.message
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return Reading(rows, code, message, seconds, used.ru_maxrss)


@contextmanager
def start_reading_apart() -> Iterator[Callable[..., Reading]]:
    """A function (path, **limits) that reads in the other process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        yield lambda path, **limits: pool.submit(read_here, path, limits).result()
