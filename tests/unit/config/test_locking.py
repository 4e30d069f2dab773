"""Everything that is asked for has its lock, and every lock pins by hash."""

import re

from tumbuh.config.launch.locking import LOCKS
from tumbuh.config.launch.places import ROOT

FOLDER = ROOT / "requirements"


def test_each_list_of_wishes_is_locked():
    wishes = {f"requirements/{path.name}" for path in FOLDER.glob("*.in")}
    assert {source for source, _, _ in LOCKS} == {"pyproject.toml", *wishes}
    assert {target for _, target, _ in LOCKS} == {f"requirements/{path.name}" for path in FOLDER.glob("*.txt")}


def test_each_locked_package_has_a_hash():
    for path in FOLDER.glob("*.txt"):
        for block in re.split(r"\n(?=\S)", path.read_text()):
            if "==" in block.split("\n", 1)[0] and not block.startswith("#"):
                assert "--hash=sha256:" in block, f"{path.name}: {block.splitlines()[0]}"
