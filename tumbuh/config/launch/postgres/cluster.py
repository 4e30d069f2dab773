"""One data folder of the built-in server: its places, its passwords, its address."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tumbuh.config.keys import load_key
from tumbuh.config.launch.errors import ServerError
from tumbuh.config.launch.places import get_var, make_private_folder

ROLE = "tumbuh"
SUPERUSER = "postgres"
PORT = 5432  # names the socket file; nothing listens on the network
LONGEST_SOCKET = 100  # bytes; systems allow 104 to 108


@dataclass(frozen=True)
class Cluster:
    """Where a server lives. `durable` is off only for tests, whose data may be lost with the machine's power."""

    folder: Path
    keys: Path
    durable: bool = True
    may_create_databases: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def sockets(self) -> Path:
        """The folder of the Unix socket: our own, or a short one when the checkout's path is too long for a socket."""
        if len(os.fsencode(self.folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return self.folder
        return Path("/tmp") / f"tumbuh-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]}"  # noqa: S108


def get_cluster() -> Cluster:
    """The server of `make run` and of the command `tumbuh`."""
    return Cluster(get_var() / "pg", get_var() / "keys")


def get_test_cluster() -> Cluster:
    """The server of the tests: other data, other passwords."""
    folder = get_var() / "pg-test"
    return Cluster(folder, folder / "keys", durable=False, may_create_databases=True)


def get_password(cluster: Cluster, role: str) -> str:
    """The password of ROLE or SUPERUSER, from a file that only this user can read; made when absent."""
    name = "TUMBUH_PG_KEY" if role == ROLE else "TUMBUH_PG_ADMIN_KEY"
    try:
        make_private_folder(cluster.folder)
        return load_key(name, cluster.keys)
    except PermissionError as problem:
        raise ServerError(
            f"The database's password file {problem.filename} belongs to another user. "
            "Run the command as the user who first ran `make run` here."
        ) from problem


def get_address(cluster: Cluster) -> str:
    """The DATABASE_URL of the plain role; the server need not run yet."""
    password = quote(get_password(cluster, ROLE), safe="")
    return f"postgresql://{ROLE}:{password}@/{ROLE}?host={quote(str(cluster.sockets))}&port={PORT}"


def prepare_sockets(cluster: Cluster, uid: int | None) -> None:
    """The short socket folder, when one is needed, private and ours."""
    folder = cluster.sockets
    if folder == cluster.folder:
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {os.geteuid(), uid} or status.st_mode & 0o077:
        raise ServerError(
            f"{folder} is needed for the database's socket, but is not this user's private folder. Remove it."
        )
    if uid is not None:
        os.chown(folder, uid, -1)
