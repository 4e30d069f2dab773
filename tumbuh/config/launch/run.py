"""`make run`: sets up, loads, starts web and worker, and stays until Ctrl-C."""

import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tumbuh.config.database import DatabaseAddressError, parse_database_url
from tumbuh.config.launch.assets import ensure_assets
from tumbuh.config.launch.console import complain, say, step
from tumbuh.config.launch.errors import LaunchError, StepError
from tumbuh.config.launch.guarding import Guard, start_guard
from tumbuh.config.launch.locks import open_lock, try_lock
from tumbuh.config.launch.places import PYTHON, ROOT, get_var, make_private_folder
from tumbuh.config.launch.postgres.cluster import get_cluster
from tumbuh.config.launch.postgres.holding import Holding, hold_server, release_server, revive_server
from tumbuh.config.launch.processes import Running, list_services, revive_service, start_service, stop_services
from tumbuh.config.launch.steps import SIZES, run_steps

STOPPERS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PORTS_TRIED = 50
SECONDS_TO_OPEN = 60


class Stopped(BaseException):
    """Somebody asked for the end."""


def run() -> int:
    """Runs the site until it is stopped; 0 after a stop that was asked for, or when it runs already."""
    begun = float(os.environ.get("TUMBUH_BEGUN") or time.time())
    size = os.environ.get("DEMO") or "normal"
    if size not in SIZES:
        raise LaunchError(f"DEMO={size} is not known. Use one of: {', '.join(f'DEMO={name}' for name in SIZES)}.")
    wanted = _read_port()
    notes = make_private_folder(get_var()) / "run.lock"
    descriptor = open_lock(notes)
    if not try_lock(descriptor):
        say(f"Tumbuh is already running in this folder: {_read_note(notes)}")
        return 0
    _write_note(descriptor, "it is starting; its address will be shown there")
    for name in STOPPERS:
        signal.signal(name, _raise_stopped)
    try:
        with _hold_database() as (address, holding):
            ensure_assets()
            _serve(size, wanted, address, holding, descriptor, begun)
    except Stopped:
        _ignore_stoppers()
        say("\nTumbuh has stopped.")
    finally:
        _write_note(descriptor, "")
        os.close(descriptor)
    return 0


def _serve(size: str, wanted: int, address: str, holding: Holding | None, notes: int, begun: float) -> None:
    environment = {**os.environ, "DATABASE_URL": address, "TUMBUH_DEMO": size}
    run_steps(size, environment)
    host, port = os.environ.get("HOST") or "127.0.0.1", _choose_port(wanted)
    site = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 compared, not bound
    environment.setdefault("TUMBUH_SITE", site)
    guard = holding.guard if holding else start_guard()
    services = [start_service(service, guard) for service in list_services(host, port, environment)]
    try:
        with step("Web server and worker"):
            services = _wait_open(host, port, services, guard)
        _write_note(notes, f"{site} (process {os.getpid()}; stop it there with Ctrl-C)")
        _welcome(site, size, environment, time.time() - begun)
        while True:
            time.sleep(0.5)
            services = _watch(services, guard, holding)
    finally:
        _ignore_stoppers()
        say("\nStopping …")
        stop_services(services, guard)
        if not holding:
            guard.finish()


def _watch(services: list[Running], guard: Guard, holding: Holding | None) -> list[Running]:
    maker = os.environ.get("TUMBUH_MAKE")
    if maker and os.getppid() != int(maker):
        raise Stopped
    if holding and revive_server(holding):
        complain("  The database server had ended; it runs again.")
    return [revive_service(running, guard) for running in services]


def _wait_open(host: str, port: int, services: list[Running], guard: Guard) -> list[Running]:
    end = time.monotonic() + SECONDS_TO_OPEN
    while time.monotonic() < end:
        services = [revive_service(running, guard) for running in services]
        connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=30)  # noqa: S104
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            status = connection.getresponse().status
        except OSError:
            time.sleep(0.1)
            continue
        finally:
            connection.close()
        if status >= 500:
            raise StepError(f"The home page answers with error {status}: see the messages above.")
        return services
    raise StepError(f"The web server did not open within {SECONDS_TO_OPEN} seconds: see its messages above.")


def _welcome(site: str, size: str, environment: Mapping[str, str], seconds: float) -> None:
    say(f"\nTumbuh runs at {site} (ready after {seconds:.1f} s). Stop it with Ctrl-C.\n")
    if size == "none":
        say(f"It is empty. Open {site}/mulai to make the first administrator and load a province.")
        return
    subprocess.run([PYTHON, "-m", "tumbuh", "demo", "accounts"], cwd=ROOT, env=dict(environment), check=False)


@contextmanager
def _hold_database() -> Iterator[tuple[str, Holding | None]]:
    """The address of the database: DATABASE_URL's as it is, else the built-in server's, which runs inside the block."""
    if address := os.environ.get("DATABASE_URL"):
        try:
            parse_database_url(address)
        except DatabaseAddressError as problem:
            raise LaunchError(str(problem)) from None
        say("  Using the PostgreSQL server of DATABASE_URL.")
        yield address, None
        return
    with step("Built-in PostgreSQL server"):
        holding = hold_server(get_cluster())
    try:
        yield holding.address, holding
    finally:
        _ignore_stoppers()
        release_server(holding)


def _read_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise LaunchError(f"PORT={text} is no port number. Use a number from 1024 to 65535, such as PORT=8000.")
    return int(text)


def _choose_port(wanted: int) -> int:
    """The port asked for, or the next that is free."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if _is_free(port):
            if port != wanted:
                say(f"  Port {wanted} is taken by another program; using {port}.")
            return port
    raise LaunchError(f"No free port from {wanted} on. Name another one: make run PORT=9000")


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((os.environ.get("HOST") or "127.0.0.1", port))
        except OSError as problem:
            if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise LaunchError(
                f"The web server cannot listen on HOST={os.environ.get('HOST')}: {problem.strerror}."
            ) from problem
    return True


def _write_note(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(text).encode(), 0)


def _read_note(notes: Path) -> str:
    try:
        return json.loads(notes.read_text())
    except ValueError:
        return "it is just starting or stopping"


def _raise_stopped(number: int, frame: object) -> None:
    raise Stopped


def _ignore_stoppers() -> None:
    """A second Ctrl-C must not break the stop off half-way."""
    for name in STOPPERS:
        signal.signal(name, signal.SIG_IGN)
