"""Outlives the process that started it, by a moment: ends what that one would have ended itself.

Standard input is a pipe from its starter. Lines `+123` and `-123` add and remove a process group; `.` says that the
starter lives on and has let go of the server. When the pipe ends (closed, or its starter died), the groups are ended,
and the server is stopped unless somebody else holds it.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from tumbuh.config.launch.locks import hold_lock, open_lock, try_lock
from tumbuh.config.launch.postgres.process import clear_leftovers, stop_process, wait_until

PATIENCE = 10  # seconds that a process gets between being asked and being made to end


def main(folders: list[Path]) -> None:
    """Waits for the starter's end, then cleans up behind it. `folders`: the server's and its socket's, or none."""
    starter, lives_on = os.getppid(), False
    groups: set[int] = set()
    for line in sys.stdin:
        if line[0] == ".":
            lives_on = True
        else:
            (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    if not lives_on:
        # A dying process closes its pipe before its locks; only when it is gone are they certainly free.
        wait_until(lambda: os.getppid() != starter, PATIENCE)
    end_groups(groups)
    if folders:
        _stop_unheld_server(*folders)


def end_groups(groups: set[int]) -> None:
    """The process groups have ended; first asked to, then made to."""
    _signal(groups, signal.SIGTERM)
    if not wait_until(lambda: not any(_is_alive(group) for group in groups), PATIENCE):
        _signal(groups, signal.SIGKILL)
        time.sleep(0.1)


def _stop_unheld_server(folder: Path, sockets: Path) -> None:
    with hold_lock(folder / "start.lock"):
        claim = open_lock(folder / "users.lock")
        if try_lock(claim):
            stop_process(folder / "data")
            clear_leftovers(folder / "data", sockets)
            if sockets != folder:
                with contextlib.suppress(OSError):
                    sockets.rmdir()
        os.close(claim)


def _signal(groups: set[int], name: int) -> None:
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, name)


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
