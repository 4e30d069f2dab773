"""As whom the server's programs run: PostgreSQL refuses to run as root, so root steps down."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tumbuh.config.launch.errors import ServerError
from tumbuh.config.launch.postgres.binaries import Binaries

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """`prefix` goes before each program (an own user namespace); `uid` is the user dropped to. Empty: as we are."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None


def choose_account(folder: Path, binaries: Binaries) -> Account:
    """The first account as which the programs run and the server's `folder` can be reached.

    Root tries an own user namespace (no account, no change of mode anywhere), then the folder's owner, then `nobody`.
    A data folder that is there is kept by the account that owns it.
    """
    data = folder / "data"
    owner = (data if data.exists() else folder.parent).stat().st_uid
    if os.geteuid() != 0:
        if data.exists() and owner != os.geteuid():
            raise ServerError(f"The database in {data} belongs to user {owner}. Run the command as that user.")
        return Account()
    if data.exists():
        choices = [Account(NAMESPACE) if owner == 0 else Account(uid=owner)]
    else:
        choices = [Account(NAMESPACE), Account(uid=owner or NOBODY)]
    for account in choices:
        if _can_run(account, binaries, folder):
            return account
    raise ServerError(
        "PostgreSQL does not run as root, and this machine allows neither an own user namespace (unshare --user) nor "
        f"another user to reach {folder}. Run the same command as an ordinary user, or set DATABASE_URL."
    )


def run_program(account: Account, command: list[str | Path], log: int) -> subprocess.Popen[bytes]:
    """Starts a program of the server in its own session; its messages go to the descriptor `log`."""
    return subprocess.Popen(
        [*account.prefix, *map(str, command)],
        cwd="/",
        env=get_environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        **_get_drop(account),
    )


def get_environment() -> dict[str, str]:
    """Our environment without settings that would steer PostgreSQL's programs or translate their messages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def _get_drop(account: Account) -> dict:
    return {} if account.uid is None else {"user": account.uid, "group": account.uid, "extra_groups": []}


def _can_run(account: Account, binaries: Binaries, folder: Path) -> bool:
    """Proved by running the server's program with the folder's parent in reach."""
    look = ["sh", "-c", '"$0" --version && ls -d "$1"', str(binaries.folder / "postgres"), str(folder)]
    try:
        found = subprocess.run(
            [*account.prefix, *look], capture_output=True, check=False, cwd="/", **_get_drop(account)
        )
    except OSError:
        return False
    return found.returncode == 0
