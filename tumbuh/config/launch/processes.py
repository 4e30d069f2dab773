"""The two processes of a running site, web and worker: started, watched, started again, stopped."""

import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tumbuh.config.launch.console import complain
from tumbuh.config.launch.errors import StepError
from tumbuh.config.launch.guard import end_groups
from tumbuh.config.launch.guarding import Guard
from tumbuh.config.launch.places import PYTHON, ROOT

MOST_DEATHS = 5  # within DEATHS_SECONDS; more is not an accident
DEATHS_SECONDS = 60


@dataclass(frozen=True)
class Service:
    """A process that runs until it is stopped, with what it needs in its environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass
class Running:
    """A started service and when it died before."""

    service: Service
    process: subprocess.Popen[bytes]
    deaths: tuple[float, ...] = ()


def list_services(host: str, port: int, environment: Mapping[str, str]) -> tuple[Service, ...]:
    """The site's processes. Only the web keeps a pool of connections."""
    web = (
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "8",
    )
    quiet = ("--no-access-log", "--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "3")
    return (
        Service("web", ("-m", *web, *quiet, "tumbuh.config.wsgi:application"), {**environment, "TUMBUH_POOL": "1"}),
        Service("worker", ("-m", "tumbuh", "worker"), environment),
    )


def start_service(service: Service, guard: Guard, deaths: tuple[float, ...] = ()) -> Running:
    """The service's process, in a session of its own so that Ctrl-C reaches only its starter."""
    process = subprocess.Popen(
        [str(PYTHON), *service.command],
        cwd=ROOT,
        env=dict(service.environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    guard.watch(process.pid)
    return Running(service, process, deaths)


def revive_service(running: Running, guard: Guard) -> Running:
    """The same while it lives; a new process when it died; StepError when it dies again and again."""
    code = running.process.poll()
    if code is None:
        return running
    end_groups({running.process.pid})
    guard.forget(running.process.pid)
    now = time.monotonic()
    deaths = (*(death for death in running.deaths if now - death < DEATHS_SECONDS), now)
    name = running.service.name
    if len(deaths) > MOST_DEATHS:
        raise StepError(f"The {name} process ended {len(deaths)} times within a minute: see its messages above.")
    reason = signal.Signals(-code).name if code < 0 else f"code {code}"
    complain(f"  The {name} process ended ({reason}); starting it again.")
    return start_service(running.service, guard, deaths)


def stop_services(all_running: list[Running], guard: Guard) -> None:
    """All have ended: asked first, so that a job in hand and open requests can finish."""
    for running in all_running:
        if running.process.poll() is None:
            running.process.terminate()
    for running in all_running:
        try:
            running.process.wait(10)
        except subprocess.TimeoutExpired:
            complain(f"  The {running.service.name} process does not end by itself; ending it.")
        end_groups({running.process.pid})
        running.process.wait()
        guard.forget(running.process.pid)
