"""How a line of the log is written: without what a database error says of people."""

import logging
from collections.abc import Iterator
from types import TracebackType

import psycopg

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """A database error keeps its first line; the lines below (DETAIL, CONTEXT) may hold a whole row of the register."""

    def formatException(self, ei: ErrorInfo) -> str:
        text = super().formatException(ei)
        for error in iterate_causes(ei[1]):
            if isinstance(error, psycopg.Error) or isinstance(error.__cause__, psycopg.Error):
                text = text.replace(str(error), str(error).split("\n", 1)[0])
        return text


def iterate_causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
