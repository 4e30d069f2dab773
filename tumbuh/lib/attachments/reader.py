"""The parent of the opening process: it only ever sees plain values or an AttachmentError."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tumbuh.lib.attachments.child import LENGTH
from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.kinds import inspect_kind
from tumbuh.lib.attachments.types import PICTURES, AttachmentKind, Examined, Limits, Page
from tumbuh.lib.spreadsheets.api import SpreadsheetError, read_sheets

ROOT = Path(__file__).resolve().parents[3]
MODULE = "tumbuh.lib.attachments.child"
LARGEST_FRAME = 200_000_000
READ_BYTES = 1 << 18
ROWS_A_PAGE = 60
SHEETS = frozenset({AttachmentKind.XLSX, AttachmentKind.ODS})
MEMORY_SIGNS = (b"MemoryError", b"memory allocation", b"out of memory")


class Examiner:
    """Opens files one after the other in a limited child process; one that dies is replaced. Use it with `with`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Examiner":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the child, if there is one."""
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            for pipe in (self.child.stdin, self.child.stdout, self.child.stderr):
                if pipe is not None:
                    pipe.close()
            self.child = None

    def examine(self, path: Path, name: str) -> Examined:
        """The file's kind and what of it to keep; AttachmentError when it is not taken."""
        kind = inspect_kind(path, name, self.limits)
        (_, content) = list(self.ask("examine", path, kind))[-1]
        return Examined(kind, content if kind in PICTURES else path.read_bytes())

    def read_pages(self, path: Path, kind: AttachmentKind) -> tuple[list[Page], AttachmentError | None]:
        """The pages read, and what ended the reading early; a picture has none."""
        pages: list[Page] = []
        try:
            if kind in SHEETS:
                pages.extend(read_sheet_pages(path, self.limits))
            elif kind not in PICTURES:
                for message, content in self.ask("text", path, kind):
                    if "page" in message:
                        pages.append(Page(int(message["page"]), content.decode("utf-8", "replace")))
        except SpreadsheetError:
            return pages, AttachmentError(ErrorCode.READER_DIED)
        except AttachmentError as error:
            return pages, error
        return pages, None

    def ask(self, task: str, path: Path, kind: AttachmentKind) -> Iterator[tuple[dict[str, Any], bytes]]:
        """All frames of the answer, the last one included."""
        order = {"task": task, "path": str(path.resolve()), "kind": kind.value, "limits": asdict(self.limits)}
        child = self.child = self.child or start_child()
        assert child.stdin is not None
        until = time.monotonic() + self.limits.wall_seconds
        is_done = False
        try:
            child.stdin.write(json.dumps(order).encode() + b"\n")
            while not is_done:
                message, content = read_frame(child, until)
                is_done = "end" in message or "error" in message
                if "error" in message:
                    raise AttachmentError(ErrorCode(message["error"]), **message["values"])
                yield message, content
        except (BrokenPipeError, ValueError, KeyError, TypeError) as error:
            raise AttachmentError(ErrorCode.READER_DIED) from error
        finally:
            if not is_done:
                self.stop()


def read_sheet_pages(path: Path, limits: Limits) -> Iterator[Page]:
    """The cells of a workbook as text, some rows a page; its own child reads them."""
    number, left = 0, limits.text_characters
    for chunk in read_sheets(path):
        for start in range(0, len(chunk.rows), ROWS_A_PAGE):
            rows = chunk.rows[start : start + ROWS_A_PAGE]
            lines = (" ".join(str(cell) for cell in row if cell is not None) for row in rows)
            text = "\n".join(line for line in lines if line)[: min(limits.page_characters, left)]
            left -= len(text)
            number += 1
            if text:
                yield Page(number, text.replace("\0", ""))
            if left <= 0 or number >= limits.pages:
                return


def start_child() -> subprocess.Popen[bytes]:
    """A fresh interpreter that knows our code and nothing of our environment (no keys, no database address)."""
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-s", "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "MALLOC_ARENA_MAX": "1",
        },
        bufsize=0,
    )


def read_frame(child: subprocess.Popen[bytes], until: float) -> tuple[dict[str, Any], bytes]:
    """The next frame."""
    (length,) = LENGTH.unpack(take(child, LENGTH.size, until))
    if length > LARGEST_FRAME:
        raise AttachmentError(ErrorCode.READER_DIED)
    line, _, content = take(child, length, until).partition(b"\n")
    message = json.loads(line)
    if not isinstance(message, dict):
        raise AttachmentError(ErrorCode.READER_DIED)
    return message, content


def take(child: subprocess.Popen[bytes], length: int, until: float) -> bytes:
    """Exactly that many bytes of the child's output; what it says on the other pipe is drained, never shown."""
    assert child.stdout is not None
    assert child.stderr is not None
    poller = select.poll()
    poller.register(child.stdout, select.POLLIN | select.POLLHUP)
    poller.register(child.stderr, select.POLLIN)
    parts, words = bytearray(), b""
    while len(parts) < length:
        ready = [one for one, _ in poller.poll(max(0.0, until - time.monotonic()) * 1000)]
        if not ready:
            raise AttachmentError(ErrorCode.TOO_SLOW)
        if child.stderr.fileno() in ready:
            said = os.read(child.stderr.fileno(), READ_BYTES)
            words = (words + said)[-READ_BYTES:]
            if not said:
                poller.unregister(child.stderr)
        if child.stdout.fileno() in ready:
            part = os.read(child.stdout.fileno(), min(READ_BYTES, length - len(parts)))
            if not part:
                raise explain_death(child, words)
            parts += part
    return bytes(parts)


def explain_death(child: subprocess.Popen[bytes], words: bytes) -> AttachmentError:
    """The error for a child that ended without a last message: time, memory, or a crash."""
    code = child.wait()
    if code == -signal.SIGXCPU:
        return AttachmentError(ErrorCode.TOO_SLOW)
    if code == -signal.SIGKILL or any(sign in words for sign in MEMORY_SIGNS):
        return AttachmentError(ErrorCode.OUT_OF_MEMORY)
    return AttachmentError(ErrorCode.READER_DIED)
