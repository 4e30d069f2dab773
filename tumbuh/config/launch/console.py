"""What the person at the keyboard sees: one line a step, with the time that it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """One line, shown at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """One line on the error stream, shown at once."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """A step with its title at the start and its seconds at the end; on a terminal the seconds run along."""
    begun = time.monotonic()
    done = threading.Event()
    live = sys.stdout.isatty()
    if live:
        threading.Thread(target=_count, args=(title, begun, done), daemon=True).start()
    else:
        say(f"  … {title}")
    outcome = "stopped"
    try:
        yield
        outcome = "done"
    finally:
        done.set()
        start = "\r\033[K" if live else ""
        sign = "✓" if outcome == "done" else "✗"
        say(f"{start}  {sign} {title} ({time.monotonic() - begun:.1f} s)")


def _count(title: str, begun: float, done: threading.Event) -> None:
    while not done.wait(0.5):
        print(f"\r\033[K  … {title} ({time.monotonic() - begun:.0f} s)", end="", flush=True)
