"""Shares one server among many processes: it runs while somebody holds it, and stops with the last one.

Each holder has a shared lock on one file, which the kernel drops when the holder dies however it dies, and a guard
that then stops the server when nobody else holds it.
"""

import atexit
import os
import subprocess
from dataclasses import dataclass, field

from tumbuh.config.launch.guarding import Guard, start_guard
from tumbuh.config.launch.locks import hold_lock, open_lock, try_lock
from tumbuh.config.launch.places import make_private_folder
from tumbuh.config.launch.postgres.cluster import Cluster, get_address
from tumbuh.config.launch.postgres.process import find_pid
from tumbuh.config.launch.postgres.server import start_server


@dataclass
class Holding:
    """A running server and our claim on it; `claim` is -1 once given up."""

    cluster: Cluster
    address: str
    claim: int
    guard: Guard
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)


def hold_server(cluster: Cluster) -> Holding:
    """The server runs, answers and goes on until `release_server`; several processes may hold it at once."""
    make_private_folder(cluster.folder)
    address = get_address(cluster)
    with hold_lock(cluster.folder / "start.lock"):
        claim = open_lock(cluster.folder / "users.lock")
        try_lock(claim, shared=True)
        holding = Holding(cluster, address, claim, start_guard(cluster.folder, cluster.sockets))
        atexit.register(release_server, holding)
        _start(holding)
    return holding


def revive_server(holding: Holding) -> bool:
    """Starts the server again when it has died; whether that was needed."""
    for server in holding.servers:
        server.poll()
    if find_pid(holding.cluster.data):
        return False
    with hold_lock(holding.cluster.folder / "start.lock"):
        _start(holding)
    return True


def release_server(holding: Holding) -> None:
    """Gives our claim up and waits until the guard has stopped the server, or left it to the others who hold it."""
    if holding.claim < 0:
        return
    os.close(holding.claim)
    holding.claim = -1
    holding.guard.finish()
    for server in holding.servers:
        server.poll()


def _start(holding: Holding) -> None:
    server = start_server(holding.cluster)
    if server:
        holding.servers.append(server)
