"""Small parts of the launcher that can be tried without starting anything."""

import os
import socket
import subprocess
import sys

import pytest

from tumbuh.config.launch import __main__ as launch
from tumbuh.config.launch import bootstrap, run, steps
from tumbuh.config.launch.errors import BootstrapError, LaunchError
from tumbuh.config.launch.locks import hold_lock, open_lock, try_lock
from tumbuh.config.launch.postgres.cluster import LONGEST_SOCKET, Cluster, get_address
from tumbuh.config.launch.shell import run_quietly
from tumbuh.config.launch.stamps import compute_digest, is_current, list_files, write_stamp
from tumbuh.config.launch.steps import Step, list_provinces


def test_unknown_word_shows_the_known_ones(capsys):
    assert launch.main(["fly"]) == 2
    assert "run|test|test-fast|bench|lock|clean" in capsys.readouterr().err


def test_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(bootstrap, "LOWEST", (99, 0))
    with pytest.raises(BootstrapError, match="make run PYTHON="):
        bootstrap.ensure_environment("run")


def test_python_without_ensurepip_is_told_the_package(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(BootstrapError, match=rf"apt-get install python3\.{sys.version_info.minor}-venv"):
        bootstrap._provide_ensurepip()


def test_every_package_of_run_is_in_dev_with_the_same_version():
    assert len(bootstrap._list_pins("run")) > 40
    assert bootstrap._list_pins("run") <= bootstrap._list_pins("dev")


def test_digest_follows_contents_names_and_facts(tmp_path):
    (tmp_path / "a").write_text("1")
    digests = [compute_digest(list_files(tmp_path))]
    (tmp_path / "a").write_text("2")
    digests.append(compute_digest(list_files(tmp_path)))
    (tmp_path / "a").rename(tmp_path / "b")
    digests.append(compute_digest(list_files(tmp_path)))
    digests.append(compute_digest(list_files(tmp_path), "a fact"))
    assert len(set(digests)) == 4
    assert digests[2] == compute_digest(list_files(tmp_path))


def test_skipped_folders_are_not_listed(tmp_path):
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "x").write_text("")
    assert list_files(tmp_path, skip=frozenset({"node_modules"})) == []


def test_stamp_is_current_only_for_its_digest(tmp_path):
    stamp = tmp_path / "folder" / "stamp"
    assert not is_current(stamp, "one")
    write_stamp(stamp, "one")
    assert is_current(stamp, "one")
    assert not is_current(stamp, "two")


def test_lock_is_held_alone_and_shared_by_many(tmp_path):
    path = tmp_path / "lock"
    first, second = open_lock(path), open_lock(path)
    assert try_lock(first, shared=True)
    assert try_lock(second, shared=True)
    assert not try_lock(first)
    os.close(second)
    assert try_lock(first)
    os.close(first)
    with hold_lock(path):
        third = open_lock(path)
        assert not try_lock(third)
        os.close(third)


def test_failed_program_shows_its_last_words():
    with pytest.raises(LaunchError, match=r"It failed:\n    the reason"):
        run_quietly(["sh", "-c", "echo the reason >&2; exit 3"], "It failed:")


def test_absent_program_is_a_sentence():
    with pytest.raises(LaunchError, match="It failed:"):
        run_quietly(["no-such-program-here"], "It failed:")


def test_socket_path_is_always_short_enough(tmp_path):
    for length in range(1, 200, 7):
        cluster = Cluster(tmp_path / ("x" * length), tmp_path)
        assert len(os.fsencode(cluster.sockets / ".s.PGSQL.5432")) <= LONGEST_SOCKET


def test_address_is_the_same_each_time(tmp_path):
    cluster = Cluster(tmp_path / "a folder", tmp_path / "keys")
    assert get_address(cluster) == get_address(cluster)
    assert get_address(cluster).endswith("/tumbuh?host=" + str(tmp_path) + "/a%20folder&port=5432")


@pytest.mark.parametrize("text", ["web", "0", "65536", "-1", "80.5"])
def test_wrong_port_is_refused(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(LaunchError, match=f"PORT={text}"):
        run._read_port()


def test_next_free_port_is_taken_and_named(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        port = run._choose_port(taken)
    assert port > taken
    assert capsys.readouterr().out == f"  Port {taken} is taken by another program; using {port}.\n"


def test_steps_are_spelt_out_by_province_and_size():
    each = Step("Regions of {province}", ("regions", "{province}"), sizes=("full",))
    assert list(steps._spell_out((each,), "none")) == []
    spelt = [(step.title, step.command) for step in steps._spell_out((each,), "full")]
    assert spelt == [(f"Regions of {code}", ("regions", code)) for code in list_provinces()]


def test_every_step_is_a_command_that_exists():
    from django.core.management import get_commands

    assert {step.command[0] for step in steps.STEPS} <= set(get_commands())


def test_empty_start_loads_no_region_and_no_demo():
    assert [step.command[0] for step in steps._spell_out(steps.STEPS, "none")] == ["migrate", "regulation"]


def test_an_empty_var_is_the_usual_folder(tmp_path):
    """Keys never land in the checkout because somebody cleared the variable."""
    words = "from django.conf import settings; print(settings.VAR.name)"
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True,
        env={**os.environ, "TUMBUH_VAR": "", "DJANGO_SETTINGS_MODULE": "tumbuh.config.settings"},
    )  # fmt: skip
    assert done.stdout.strip() == "var"
