"""The tables are WHO's, and their cache may be absent, damaged, shared or forbidden."""

import threading

import numpy as np
import pytest

from tumbuh.engines.anthropometry import tables


@pytest.mark.parametrize("key", tables.DIGESTS)
def test_each_of_the_18_tables_has_the_published_digest(key):
    assert tables.compute_digest(*key.split()) == tables.DIGESTS[key]


def test_there_are_18():
    assert len(tables.DIGESTS) == len(set(tables.DIGESTS.values())) == 18


def test_a_changed_number_is_refused(monkeypatch, tmp_path):
    table = tables.read_source_table("wfa", "male")
    monkeypatch.setitem(table, 100, {**table[100], "m": table[101]["m"]})
    with pytest.raises(tables.TablesChangedError, match="wfa male"):
        tables.read_layout(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_cache_is_made_once_and_then_read(monkeypatch, tmp_path):
    first = tables.read_layout(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(tables, "build_layout", lambda: pytest.fail("built again"))
    assert tables.read_layout(tmp_path).tobytes() == first.tobytes()


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY", b"not numpy at all"])
def test_a_damaged_cache_is_made_anew(tmp_path, damage):
    good = tables.read_layout(tmp_path)
    [path] = tmp_path.iterdir()
    path.write_bytes(damage)
    assert tables.read_layout(tmp_path).tobytes() == good.tobytes()
    assert path.stat().st_size > good.nbytes


def test_a_cache_of_other_numbers_is_made_anew(tmp_path):
    good = tables.read_layout(tmp_path)
    [path] = tmp_path.iterdir()
    np.save(path, good + 1)
    assert tables.read_layout(tmp_path).tobytes() == good.tobytes()


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert tables.read_layout(tmp_path / "file" / "cache").shape[0] == 3


def test_several_at_once(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(tables.read_layout(tmp_path).tobytes())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".npy"]


def test_the_folder_is_the_callers_or_the_users(monkeypatch, tmp_path):
    monkeypatch.setenv("TUMBUH_VAR", str(tmp_path))
    assert tables.find_cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("TUMBUH_VAR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert tables.find_cache_folder() == tmp_path / "x" / "tumbuh"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tables.find_cache_folder() == tmp_path / ".cache" / "tumbuh"
