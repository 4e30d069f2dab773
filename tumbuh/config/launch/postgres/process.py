"""Looks at the server's processes without asking the server: alive, dead, or a dead one's leftovers."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")
STOP_SIGNALS = ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))  # fast, at once, by force


def find_pid(data: Path) -> int | None:
    """The process of the server that works on this data folder, or None.

    A number left in postmaster.pid counts for nothing: its process may be gone, unreaped, or another program by now.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _works_in(pid, data) else None


def list_workers(data: Path) -> list[int]:
    """All living processes of this data folder's server, its leftovers included. Empty where /proc is not to be had."""
    if not PROC.is_dir():
        return []
    return [int(place.name) for place in PROC.glob("[0-9]*") if _works_in(int(place.name), data)]


def clear_leftovers(data: Path, sockets: Path) -> None:
    """Ends processes that outlived their server and removes the files by which a dead server seems alive."""
    if find_pid(data):
        return
    for name, seconds in ((None, 3), (signal.SIGQUIT, 4), (signal.SIGKILL, 3)):
        for pid in list_workers(data) if name else ():
            _send(pid, name)
        if wait_until(lambda: not list_workers(data), seconds):
            break
    if PROC.is_dir() and not list_workers(data):
        for file in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
            file.unlink(missing_ok=True)


def stop_process(data: Path) -> None:
    """The server of this data folder has ended; first asked to, then made to."""
    for name, seconds in STOP_SIGNALS:
        pid = find_pid(data)
        if pid is None:
            return
        _send(pid, name)
        wait_until(lambda: find_pid(data) is None, seconds)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _works_in(pid: int, data: Path) -> bool:
    if not PROC.is_dir():
        return _send(pid, 0)
    try:
        state = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX" and (PROC / str(pid) / "cwd").readlink() == data.resolve() and _is_server(pid)
    except OSError:
        return False


def _is_server(pid: int) -> bool:
    """A shell that merely stands in the folder is not the server."""
    return b"postgres" in (PROC / str(pid) / "cmdline").read_bytes().split(b"\0", 1)[0]


def _send(pid: int, name: int) -> bool:
    try:
        os.kill(pid, name)
    except OSError:
        return False
    return True
