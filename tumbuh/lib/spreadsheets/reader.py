"""Reading in a limited child process: the parent only ever sees plain values or a SpreadsheetError."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.kinds import inspect_file
from tumbuh.lib.spreadsheets.types import Chunk, FileKind, Limits, Packed
from tumbuh.lib.spreadsheets.wire import FRAME_BYTES, LENGTH, read_frame, unpack_chunk

ROOT = Path(__file__).resolve().parents[3]
MODULE = "tumbuh.lib.spreadsheets.child"
READ_BYTES = 1 << 18
MEMORY_SIGNS = (b"memory allocation", b"MemoryError", b"out of memory", b"capacity overflow")


def read_sheets(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Iterator[Chunk]:
    """Chunks of all sheets in the workbook's order, hidden ones too; see the door for the errors."""
    packed = read_packed(path, limits=limits)
    try:
        for chunk in packed:
            yield unpack_chunk(chunk)
    finally:
        packed.close()


def read_packed(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Generator[Packed, None, None]:
    """The same chunks as they come from the child, for a caller who keeps them to unpack them later.

    The wall clock runs only while we wait for the child, not while the caller works on a chunk.
    """
    limits = limits or Limits()
    kind = inspect_file(path, limits)
    order = {"path": str(Path(path).resolve()), "kind": kind.value, "limits": asdict(limits)}
    clock = Clock(limits.wall_seconds)
    if kind is FileKind.XLSX:
        is_begun = False
        try:
            for chunk in run_child(order | {"is_beside": True}, clock):
                is_begun = True
                yield chunk
            return
        except ChildDeathError:
            if is_begun:
                raise
        # It died before it gave anything: once more, with the look at the file before the parsing.
    yield from run_child(order | {"is_beside": False}, clock)


def run_child(order: dict[str, Any], clock: "Clock") -> Generator[Packed, None, None]:
    """The chunks of one child; ChildDeathError when it ends without a last message."""
    child = start_child(order)
    try:
        yield from receive(child, clock)
    finally:
        stop_child(child)


class ChildDeathError(SpreadsheetError):
    """The child ended without a last message; the code says what of."""


def start_child(order: dict[str, Any]) -> subprocess.Popen[bytes]:
    """A fresh interpreter that knows our code and nothing of our environment (no keys, no database address)."""
    child = subprocess.Popen(  # noqa: S603  our own interpreter and module
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
    assert child.stdin is not None
    try:
        child.stdin.write(json.dumps(order).encode() + b"\n")
        child.stdin.close()
    except BrokenPipeError:
        pass
    return child


def stop_child(child: subprocess.Popen[bytes]) -> None:
    """Kill and reap the child and close its pipes; harmless when it has already ended."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None:
            pipe.close()


def receive(child: subprocess.Popen[bytes], clock: "Clock") -> Iterator[Packed]:
    """The chunks of a running child, until its end message or an error."""
    while True:
        head = take(child, LENGTH.size, clock)
        (length,) = LENGTH.unpack(head)
        if length > FRAME_BYTES:
            raise SpreadsheetError(ErrorCode.READER_DIED)
        try:
            line, _, content = take(child, length, clock).partition(b"\n")
            message = json.loads(line)
            if "end" in message:
                return
            if "error" in message:
                raise SpreadsheetError(ErrorCode(message["error"]), **message["values"])
            chunk = read_frame(message, content)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise SpreadsheetError(ErrorCode.READER_DIED) from error
        yield chunk


class Clock:
    """Seconds of waiting that are left."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def wait(self, descriptor: int) -> None:
        """Wait until there is something to read; TOO_SLOW when the time is used up."""
        started = time.monotonic()
        poller = select.poll()
        poller.register(descriptor, select.POLLIN | select.POLLHUP)
        ready = poller.poll(max(0.0, self.left) * 1000)
        self.left -= time.monotonic() - started
        if not ready:
            raise SpreadsheetError(ErrorCode.TOO_SLOW)


def take(child: subprocess.Popen[bytes], length: int, clock: Clock) -> bytes:
    """Exactly that many bytes of the child's output; the reason of its death when it ends before."""
    assert child.stdout is not None
    descriptor = child.stdout.fileno()
    parts = bytearray()
    while len(parts) < length:
        clock.wait(descriptor)
        part = os.read(descriptor, min(READ_BYTES, length - len(parts)))
        if not part:
            raise explain_death(child, clock)
        parts += part
    return bytes(parts)


def explain_death(child: subprocess.Popen[bytes], clock: Clock) -> ChildDeathError:
    """The error for a child that ended without a last message: time, memory, or a crash."""
    try:
        code = child.wait(timeout=max(1.0, clock.left))
    except subprocess.TimeoutExpired:
        return ChildDeathError(ErrorCode.TOO_SLOW)
    assert child.stderr is not None
    os.set_blocking(child.stderr.fileno(), False)
    words = child.stderr.read(READ_BYTES) or b""
    if code == -signal.SIGXCPU:
        return ChildDeathError(ErrorCode.TOO_SLOW)
    if code == -signal.SIGKILL or any(sign in words for sign in MEMORY_SIGNS):
        return ChildDeathError(ErrorCode.OUT_OF_MEMORY)
    return ChildDeathError(ErrorCode.READER_DIED)
