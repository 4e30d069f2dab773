"""Every kind that proves something in a regulation shipped is a kind that its room knows."""

import pytest
from django.conf import settings

from tumbuh.activities.api import read_kinds
from tumbuh.documents.api import list_kinds
from tumbuh.partners.api import Kind
from tumbuh.programme.actions.folder import read_folder
from tumbuh.programme.rules import System

FOLDERS = sorted(path.parent for path in settings.REGULATIONS.glob("*/regulation.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_kinds_are_known(folder):
    bundle = read_folder(folder)
    entries = [*bundle.evidence, *bundle.duties]
    assert {kind for entry in entries for kind in entry.documents} - set(list_kinds()) == set()
    assert {kind for entry in entries for kind in entry.activities} - set(read_kinds()) == set()
    assert {kind for entry in entries for kind in entry.partners} - set(Kind.values) - {"JOINT_RESEARCH"} == set()
    assert {entry.system for entry in entries if entry.system} - set(System.values) == set()
    assert {entry.output for entry in bundle.evidence} == {output.id for output in bundle.outputs}
