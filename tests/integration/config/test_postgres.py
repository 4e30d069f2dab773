"""The built-in server: made, shared, crashed, found again, and gone when nobody needs it."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tumbuh
from tumbuh.config.launch.errors import ServerError, StepError
from tumbuh.config.launch.postgres import account
from tumbuh.config.launch.postgres.cluster import ROLE, SUPERUSER, Cluster
from tumbuh.config.launch.postgres.holding import hold_server, release_server, revive_server
from tumbuh.config.launch.postgres.process import find_pid, list_workers, wait_until
from tumbuh.config.launch.postgres.roles import connect
from tumbuh.config.launch.steps import Step, run_steps

pytestmark = pytest.mark.slow

ROOT = Path(tumbuh.__file__).parents[1]
NAMELESS = 54321  # a user whom no machine knows
HOLDER = """
import sys, time
from pathlib import Path
from tumbuh.config.launch.postgres.cluster import ROLE, Cluster
from tumbuh.config.launch.postgres.holding import hold_server, release_server
from tumbuh.config.launch.postgres.roles import connect
folder = Path(sys.argv[1])
holding = hold_server(Cluster(folder / "pg", folder / "keys", durable=False))
with connect(holding.cluster, ROLE, ROLE) as connection:
    print(connection.execute("select current_user").fetchone()[0], flush=True)
time.sleep(float(sys.argv[2]))
release_server(holding)
"""


def build_cluster(folder: Path, durable: bool = False) -> Cluster:
    return Cluster(folder / "pg", folder / "keys", durable=durable)


@pytest.fixture(scope="module")
def holding(tmp_path_factory):
    """One server for the tests that can share it; whoever kills it starts it again."""
    held = hold_server(build_cluster(tmp_path_factory.mktemp("shared"), durable=True))
    yield held
    release_server(held)
    assert list_workers(held.cluster.data) == []


def start_holder(folder: Path, seconds: float, python: str = sys.executable, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [python, "-c", HOLDER, str(folder), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options
    )


def kill_server(cluster: Cluster) -> None:
    os.kill(find_pid(cluster.data), signal.SIGKILL)
    assert wait_until(lambda: find_pid(cluster.data) is None, 10)


def ask(cluster: Cluster, query: str, role: str = ROLE):
    with connect(cluster, role, ROLE) as connection:
        return connection.execute(query).fetchone()


def test_application_role_is_plain_and_owns_its_database(holding):
    query = "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user"
    assert ask(holding.cluster, query) == (False, False, False, False)
    owner = "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"
    assert ask(holding.cluster, owner) == (ROLE,)


def test_server_is_private_and_safe(holding):
    cluster = holding.cluster
    assert ask(cluster, "show listen_addresses") == ("",)
    assert ask(cluster, "show data_checksums") == ("on",)
    assert ask(cluster, "show fsync") == ("on",)
    assert ask(cluster, "show password_encryption") == ("scram-sha-256",)
    assert ask(cluster, "select upper('ñandú'), to_tsvector('indonesian', 'penimbangan') @@ 'imbang'") == (
        "ÑANDÚ",
        True,
    )
    assert ask(cluster, "select count(*) >= 0 from pg_stat_statements", SUPERUSER) == (True,)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in cluster.keys.iterdir()}
    assert modes == {0o600}


def test_rows_survive_the_kill_of_the_server(holding):
    cluster = holding.cluster
    with connect(cluster, ROLE, ROLE) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as n")
    for _ in range(2):
        kill_server(cluster)
        assert revive_server(holding)
        assert ask(cluster, "select count(*) from kept") == (1000,)


def test_a_busy_process_left_by_a_killed_server_does_not_block_the_next(holding):
    cluster = holding.cluster
    busy = connect(cluster, ROLE, ROLE)
    busy.pgconn.send_query(b"select count(*) from generate_series(1, 2000000000)")
    time.sleep(0.5)
    kill_server(cluster)
    assert revive_server(holding)
    assert ask(cluster, "select 1") == (1,)
    busy.close()


def test_step_runs_once_on_a_database_and_again_when_its_inputs_change(holding, capsys):
    environment = {**os.environ, "DATABASE_URL": holding.address}
    told = []
    for inputs in ((), (), ("Makefile",), ("Makefile",)):
        run_steps("none", environment, (Step("Look around", ("check",), inputs),))
        told.append("Look around" in capsys.readouterr().out)
    assert told == [True, False, True, False]


def test_failing_step_is_told_and_not_taken_for_done(holding, capsys):
    environment = {**os.environ, "DATABASE_URL": holding.address}
    wrong = (Step("Look around", ("check", "--tag", "no_such_tag")),)
    for _ in range(2):
        with pytest.raises(StepError, match="Look around"):
            run_steps("none", environment, wrong)
        assert "no_such_tag" in capsys.readouterr().out


def test_living_server_is_left_alone(holding):
    assert not revive_server(holding)


def test_number_of_a_stranger_in_the_pid_file_is_not_believed(tmp_path):
    cluster = build_cluster(tmp_path)
    release_server(hold_server(cluster))
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    held = hold_server(cluster)
    assert ask(cluster, "select 1") == (1,)
    release_server(held)


def test_half_made_folder_is_made_anew(tmp_path):
    cluster = build_cluster(tmp_path)
    (cluster.folder / "data.new" / "base").mkdir(parents=True)
    (cluster.folder / "initdb.secret").write_text("left over")
    held = hold_server(cluster)
    assert ask(cluster, "select 1") == (1,)
    release_server(held)
    assert not (cluster.folder / "data.new").exists()
    assert not (cluster.folder / "initdb.secret").exists()


def test_four_who_start_at_once_share_one_server(tmp_path):
    holders = [start_holder(tmp_path, seconds) for seconds in (0, 0.5, 1, 1.5)]
    answers = [holder.communicate(timeout=60)[0] for holder in holders]
    assert answers == [f"{ROLE}\n"] * 4
    assert [holder.returncode for holder in holders] == [0] * 4
    assert find_pid(tmp_path / "pg" / "data") is None


def test_server_ends_when_its_last_user_is_killed(tmp_path):
    first, second = start_holder(tmp_path, 60), start_holder(tmp_path, 60)
    assert first.stdout.readline() == second.stdout.readline() == f"{ROLE}\n"
    data = tmp_path / "pg" / "data"
    for holder, is_last in ((first, False), (second, True)):
        holder.kill()
        holder.communicate()
        assert wait_until(lambda: find_pid(data) is None, 60 if is_last else 1.5) is is_last
    assert wait_until(lambda: list_workers(data) == [], 10)


def test_long_path_gets_a_short_private_socket_folder(tmp_path):
    cluster = build_cluster(tmp_path / ("a long name " * 12))
    held = hold_server(cluster)
    assert ask(cluster, "select 1") == (1,)
    assert cluster.sockets != cluster.folder
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
    release_server(held)
    assert not cluster.sockets.exists()


def test_nothing_outside_its_folder_changes_its_mode(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    places = [home, *home.parents]
    before = [place.stat().st_mode for place in places]
    release_server(hold_server(build_cluster(home)))
    assert [place.stat().st_mode for place in places] == before
    assert sorted(file.name for file in home.iterdir()) == ["keys", "pg"]


def test_foreign_password_file_is_a_sentence(tmp_path):
    cluster = build_cluster(tmp_path)
    release_server(hold_server(cluster))
    (cluster.keys / "tumbuh_pg_admin_key").write_text("of another database")
    with pytest.raises(ServerError, match="do not belong together"):
        hold_server(cluster)
    assert list_workers(cluster.data) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_without_namespaces_steps_down_to_another_user(tmp_path_factory, monkeypatch):
    monkeypatch.setattr(account, "get_namespace", lambda: ("false",))
    folder = Path("/tmp") / f"tumbuh-test-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        held = hold_server(build_cluster(folder))
        assert held.cluster.data.stat().st_uid == account.NOBODY
        assert ask(held.cluster, "select 1") == (1,)
        release_server(held)
    finally:
        subprocess.run(["rm", "-rf", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_who_cannot_step_down_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(account, "get_namespace", lambda: ("false",))
    tmp_path.chmod(0o700)
    with pytest.raises(ServerError, match="ordinary user"):
        hold_server(build_cluster(tmp_path))


@pytest.mark.parametrize("user", [65534, NAMELESS])
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user; as one, every test here is this test")
def test_ordinary_user_needs_nothing_special(user):
    identity = {"user": user, "group": user, "extra_groups": []}
    packages = os.pathsep.join([str(ROOT), *(place for place in sys.path if place.endswith("site-packages"))])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": packages, "PYTHONDONTWRITEBYTECODE": "1"}
    python = find_python(identity, environment)
    if python is None:
        pytest.skip("no Python on this machine that another user may run with these packages")
    folder = Path("/tmp") / f"tumbuh-test-{user}-{os.getpid()}"
    folder.mkdir(mode=0o700)
    os.chown(folder, user, user)
    try:
        holder = start_holder(folder, 0, python, env=environment, **identity)
        assert holder.communicate(timeout=60)[0] == f"{ROLE}\n"
        assert (folder / "pg" / "data").stat().st_uid == user
        assert list_workers(folder / "pg" / "data") == []
    finally:
        subprocess.run(["rm", "-rf", folder], check=True)


def find_python(identity: dict, environment: dict) -> str | None:
    """A Python that the user can start and that finds the packages."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            found = subprocess.run(
                [python, "-c", "import psycopg, tumbuh"],
                cwd="/",
                env=environment,
                capture_output=True,
                check=False,
                **identity,
            )
        except OSError:
            continue
        if found.returncode == 0:
            return python
    return None
