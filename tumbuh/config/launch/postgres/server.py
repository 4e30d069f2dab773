"""Makes and starts the built-in server, and proves it by a real connection."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from tumbuh.config.launch.errors import ServerError
from tumbuh.config.launch.postgres.account import Account, choose_account, run_program
from tumbuh.config.launch.postgres.binaries import Binaries, find_binaries
from tumbuh.config.launch.postgres.cluster import PORT, SUPERUSER, Cluster, get_password, prepare_sockets
from tumbuh.config.launch.postgres.process import clear_leftovers, find_pid
from tumbuh.config.launch.postgres.roles import ensure_role, is_ready

TRIES = 5
LONGEST_RECOVERY = 600  # seconds; a server that replays its log after a crash is alive
LARGEST_LOG = 10_000_000  # bytes
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    # Messages of the server may quote rows; a log must hold no personal data.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_server(cluster: Cluster) -> subprocess.Popen[bytes] | None:
    """The server answers and holds its plain role's database; the process when it was started here, None when it ran.

    The caller holds the cluster's lock. ServerError when it cannot be had, with the server's last words.
    """
    process = None
    for _ in range(TRIES):
        if find_pid(cluster.data) is None:
            clear_leftovers(cluster.data, cluster.sockets)
            process = _launch(cluster)
        if _wait_ready(cluster, process):
            ensure_role(cluster)
            return process
        time.sleep(2)
    raise ServerError(f"The database server did not start. Its last words ({cluster.log}):\n{_read_end(cluster.log)}")


def _launch(cluster: Cluster) -> subprocess.Popen[bytes]:
    version = cluster.data / "PG_VERSION"
    binaries = find_binaries(int(version.read_text()) if version.exists() else None)
    account = choose_account(cluster.folder, binaries)
    if not version.exists():
        _make_data(cluster, binaries, account)
    prepare_sockets(cluster, account.uid)
    settings = {**SETTINGS, **({} if cluster.durable else FAST_SETTINGS)}
    settings |= {"unix_socket_directories": f'"{cluster.sockets}"', "port": str(PORT)}
    if binaries.has_library("pg_stat_statements"):
        settings["shared_preload_libraries"] = "pg_stat_statements"
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with _open_log(cluster) as log:
        return run_program(account, [binaries.folder / "postgres", "-D", cluster.data, *options], log.fileno())


def _make_data(cluster: Cluster, binaries: Binaries, account: Account) -> None:
    """A new data folder; made under another name first, so that an unfinished one is never taken for a real one."""
    new, secret = cluster.folder / "data.new", cluster.folder / "initdb.secret"
    shutil.rmtree(new, ignore_errors=True)
    secret.unlink(missing_ok=True)
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(get_password(cluster, SUPERUSER))
    if account.uid is not None:
        os.chown(cluster.folder, account.uid, -1)
        os.chown(secret, account.uid, -1)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.has_builtin_locales else []
    command = [binaries.folder / "initdb", "-D", new, "-U", SUPERUSER, "-E", "UTF8", "--locale=C", *locale]
    if not cluster.durable:
        command.append("--no-sync")
    try:
        with _open_log(cluster) as log:
            code = run_program(
                account, [*command, "--data-checksums", "-A", "scram-sha-256", f"--pwfile={secret}"], log.fileno()
            ).wait()
    finally:
        secret.unlink(missing_ok=True)
    if code:
        raise ServerError(f"The database folder could not be made. initdb's last words:\n{_read_end(cluster.log)}")
    new.rename(cluster.data)


def _wait_ready(cluster: Cluster, process: subprocess.Popen[bytes] | None) -> bool:
    """Whether the server came to answer; False as soon as it has ended."""
    end = time.monotonic() + LONGEST_RECOVERY
    while time.monotonic() < end:
        if is_ready(cluster):
            return True
        if (process.poll() is not None) if process else find_pid(cluster.data) is None:
            return False
        time.sleep(0.05)
    return False


def _open_log(cluster: Cluster):
    too_large = cluster.log.exists() and cluster.log.stat().st_size > LARGEST_LOG
    descriptor = os.open(cluster.log, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if too_large else os.O_APPEND), 0o600)
    return os.fdopen(descriptor, "ab")


def _read_end(log: Path, lines: int = 12) -> str:
    text = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
