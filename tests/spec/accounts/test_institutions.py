"""Which role is held for which institution, line by line; and every name of a regulation is found once."""

from pathlib import Path

import pytest
import yaml

from tumbuh.accounts.rules import ROLES, InstitutionKind, can_serve, get_needed
from tumbuh.accounts.sources.institutions import find_listed, list_listed
from tumbuh.regions.api import get_span

REGULATIONS = sorted(Path(__file__).resolve().parents[3].glob("regulations/*/institutions.yaml"))
TABLE = [
    # role, held at; institution, of; can it be
    ("OPD_OFFICER", "17", "OPD", "17", True),
    ("OPD_OFFICER", "17.01", "OPD", "17.01", True),
    ("OPD_OFFICER", "17.01", "OPD", "17", False),  # the agency of the province answers for the province
    ("OPD_OFFICER", "17", "OPD", "17.01", False),
    ("OPD_OFFICER", "17", "LEADER", "17", True),  # the secretary answers for outputs too
    ("OPD_OFFICER", "17", "TPPPS", "17", True),
    ("OPD_OFFICER", "17", "PARTNER", "17", False),
    ("KECAMATAN_VERIFIER", "17.01.01", "PUSKESMAS", "17.01.01", True),
    ("KECAMATAN_VERIFIER", "17.01.01", "PUSKESMAS", "17.01.02", False),
    ("KECAMATAN_VERIFIER", "17.01.01", "GOVERNMENT", "17.01.01", True),
    ("KECAMATAN_VERIFIER", "17.01.01", "OPD", "17.01.01", False),
    ("PARTNER", "17.01", "UNIVERSITY", "17", True),  # a partner of the province works in a kabupaten
    ("PARTNER", "17", "UNIVERSITY", "17.01", False),
    ("PARTNER", "17", "MEDIA", "17", True),
    ("PARTNER", "17", "OPD", "17", False),
    ("MIDWIFE", "17.01.01.2001", "PUSKESMAS", "17.01.01", True),
    ("MIDWIFE", "17.01.01.2001", "PUSKESMAS", "17.02.01", False),
    ("DESA_OPERATOR", "17.01.01.2001", "GOVERNMENT", "17.01.01.2001", True),
    ("DESA_OPERATOR", "17.01.01.2001", "GOVERNMENT", "17.01.01", False),
    ("CURATOR", "17", "UNIVERSITY", "17", True),  # not in the table: any
    ("CURATOR", "17", "GENERAL", "17", False),  # but never a mere name
]
REQUIRED = {"OPD_OFFICER", "PARTNER", "KECAMATAN_VERIFIER"}


@pytest.mark.parametrize(("role", "at", "kind", "home", "expected"), TABLE)
def test_roles_and_institutions(role, at, kind, home, expected):
    assert can_serve(role, get_span(at), kind, get_span(home)) == expected


def test_roles_that_need_an_institution():
    assert {role for role in ROLES if get_needed(role).is_required} == REQUIRED


def test_the_list_has_each_code_once_and_known_kinds():
    codes = [entry.code for entry in list_listed()]
    assert len(codes) == len(set(codes)) > 60
    assert all(entry.kind in InstitutionKind for entry in list_listed())


@pytest.mark.parametrize("path", REGULATIONS, ids=lambda path: path.parent.name)
def test_every_name_of_the_regulation_is_one_entry(path):
    """A name that means one institution is found under that very entry; of those that mean several, each part is."""
    codes = {entry.code for entry in list_listed()}
    content = yaml.safe_load(path.read_text())
    assert {entry["code"] for entry in content["institutions"]} <= codes
    for name in content["names"]:
        assert set(name["means"]) <= codes, name["text"]
        if len(name["means"]) == 1:
            assert [entry.code for entry in find_listed(name["text"])] == name["means"], name["text"]


def test_no_name_is_two_entries():
    for entry in list_listed():
        for name in entry.aliases:
            assert find_listed(name) == [entry], name


def test_variant_names_are_the_same_agency():
    found = {
        name: [entry.code for entry in find_listed(name)] for name in ("Bapperida/Bappeda", "BAPPEDA", "bapperida")
    }
    assert set(map(tuple, found.values())) == {("bapperida",)}
