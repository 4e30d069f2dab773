"""Keys: made once, private, the same for everybody who asks at the same time."""

import stat
from concurrent.futures import ThreadPoolExecutor

from tumbuh.config.keys import load_key


def test_key_is_made_once_and_kept(tmp_path):
    first = load_key("KEY_OF_TEST", tmp_path / "keys")
    assert len(first) >= 48
    assert load_key("KEY_OF_TEST", tmp_path / "keys") == first


def test_key_file_is_private(tmp_path):
    load_key("KEY_OF_TEST", tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "key_of_test").stat().st_mode) == 0o600


def test_nothing_else_is_left_in_the_folder(tmp_path):
    load_key("KEY_OF_TEST", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["key_of_test"]


def test_environment_comes_first_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("KEY_OF_TEST", "from the environment")
    assert load_key("KEY_OF_TEST", tmp_path) == "from the environment"
    assert list(tmp_path.iterdir()) == []


def test_all_who_ask_at_once_get_the_same_whole_key(tmp_path):
    for attempt in range(20):
        with ThreadPoolExecutor(16) as pool:
            keys = set(pool.map(lambda _, name=f"KEY_{attempt}": load_key(name, tmp_path), range(32)))
        assert len(keys) == 1
        assert len(keys.pop()) >= 48
