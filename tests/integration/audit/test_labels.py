"""Every action that the code records has a name for its readers, and every name is of such an action."""

import re

from tests.architecture.house import PACKAGE, list_sources
from tumbuh.accounts.api import Signing
from tumbuh.audit.api import ACTIONS
from tumbuh.verification.rules import Move, ReviewMove

RECORDED = re.compile(r'record_event\((?:[^()]|\([^()]*\))*?action="([a-z_.]+)"', re.DOTALL)
CHOSEN = re.compile(r'action ?= ?"([a-z_.]+)" if [^\n]+ else "([a-z_.]+)"')
PASSED_ON = re.compile(r'(?:record_reading\(request|tell\(by), "([a-z_.]+)"')


def list_recorded() -> set[str]:
    # those that are put together, or come from a list of names
    found = {f"verification.{move.lower()}" for move in Move.values} | {what.value for what in Signing}
    found |= {f"verification.item.{move.lower()}" for move in ReviewMove.values}
    for path in list_sources(PACKAGE):
        text = path.read_text(encoding="utf-8")
        found |= set(RECORDED.findall(text)) | set(PASSED_ON.findall(text))
        found |= {action for pair in CHOSEN.findall(text) for action in pair}
    return found


def test_every_action_has_a_label():
    assert list_recorded() - set(ACTIONS) == set()


def test_every_label_has_an_action():
    assert set(ACTIONS) - list_recorded() == set()


def test_no_two_actions_are_called_the_same():
    labels = [str(label) for label in ACTIONS.values()]
    assert len(labels) == len(set(labels))
