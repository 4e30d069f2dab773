"""The opening process: `python -m tumbuh.lib.attachments.child`, started by reader.py, limited from its first line.

Takes one JSON line per file on stdin (task, path, kind, limits) and answers on stdout in frames: a length, a JSON line,
then bytes. The last frame of a file says {"end": …} or {"error": …}.
"""

import json
import os
import resource
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.types import PICTURES, AttachmentKind, Limits

LENGTH = struct.Struct("<I")


def main() -> None:
    """Serve until there are no more orders."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    for line in sys.stdin:
        order = json.loads(line)
        limits = Limits(**order["limits"])
        set_limits(limits)
        try:
            work(order["task"], Path(order["path"]), AttachmentKind(order["kind"]), limits, out)
        except AttachmentError as error:
            send(out, {"error": error.code.value, "values": error.values})
        except RecursionError:
            send(out, {"error": ErrorCode.BROKEN.value, "values": {}})
        except MemoryError:
            send(out, {"error": ErrorCode.OUT_OF_MEMORY.value, "values": {}})


def set_limits(limits: Limits) -> None:
    """Memory for the whole process, processor time for this file."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + limits.cpu_seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def work(task: str, path: Path, kind: AttachmentKind, limits: Limits, out: BinaryIO | Any) -> None:
    """Examine a file, or send its pages."""
    if task == "text":
        from tumbuh.lib.attachments.text import iterate_pages

        for page in iterate_pages(path, kind, limits):
            send(out, {"page": page.number}, page.text.encode("utf-8", "replace"))
        send(out, {"end": True})
        return
    if kind is AttachmentKind.PDF:
        from tumbuh.lib.attachments.pdf import examine_pdf

        examine_pdf(path, limits)
        send(out, {"end": True})
    elif kind in PICTURES:
        from tumbuh.lib.attachments.pictures import redraw_picture

        send(out, {"end": True}, redraw_picture(path, kind, limits))
    else:
        from tumbuh.lib.attachments.zipped import examine_zipped

        examine_zipped(path, kind, limits)
        send(out, {"end": True})


def send(out: BinaryIO | Any, message: dict[str, Any], content: bytes = b"") -> None:
    """One frame, all of it."""
    line = json.dumps(message).encode() + b"\n"
    frame = memoryview(LENGTH.pack(len(line) + len(content)) + line + content)
    while frame:
        frame = frame[out.write(frame) :]


if __name__ == "__main__":
    main()
