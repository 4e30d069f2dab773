"""`tumbuh audit`: one line and 0 when the trail is whole; the first bad event and a failure when it is not."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.integration.audit.tampering import bend
from tests.integration.audit.test_chain import add, link_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors"
    return settings.ANCHORS


def call(*arguments: str) -> str:
    out = StringIO()
    call_command("audit", *arguments, stdout=out)
    return out.getvalue()


def test_an_empty_trail_is_whole_and_has_no_anchor(folder):
    assert "0 kejadian" in call("verify") and "belum ada" in call("anchor")
    assert not folder.exists()


def test_a_whole_trail(folder):
    for number in range(5):
        add(number)
    link_now()
    assert "nomor 5" in call("anchor") and "nomor 5" in call("anchor")
    assert "5 kejadian diperiksa (nomor 1–5), 1 jangkar cocok" in call("verify")
    assert "0 kejadian" in call("verify", "--from-anchor")
    found = json.loads(call("verify", "--json"))
    assert (found["checked"], found["anchors"], found["problem"]) == (5, 1, None)


def test_a_bent_trail():
    for number in range(5):
        add(number)
    link_now()
    call("anchor")
    bend("UPDATE audit_event SET actor_name = 'lain' WHERE object_id = '2'")
    with pytest.raises(CommandError, match=r"kejadian nomor 3 \(id \d+\) diubah"):
        call("verify")
    bend("DELETE FROM audit_event; DELETE FROM audit_link")
    with pytest.raises(CommandError, match="tidak ada lagi"):
        call("verify", "--from-anchor")
