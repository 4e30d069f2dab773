"""Lines of the account workbook, whatever stands in them: each gets one outcome, and no name is made twice."""

from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.accounts.rules import ROLES, get_needed
from tumbuh.accounts.rules.serving import Serving, list_suited
from tumbuh.accounts.rules.workbook import COLUMNS, Asked, Known, Outcome, check_lines, find_header, read_line
from tumbuh.regions.api import get_number

DESA = ["91.01.01.2001", "91.01.01.2002", "9101021001"]
PLACES = {get_number("91.01.01.2001"): "A", get_number("91.01.01.2002"): "B", 9101021001: "C"}
HELD = frozenset({(7, "DESA_OPERATOR", 9101012001)})
SERVING = {
    get_number("91.01.01"): [Serving(1, "PUSKESMAS", get_number("91.01.01"), ("Puskesmas A",))],
    get_number("91.01.01.2001"): [Serving(2, "GOVERNMENT", get_number("91.01.01.2001"), ("Desa A", "TPPPS"))],
}
LABELS = [role.label for role in ROLES.values()]
LINES = st.lists(
    st.builds(
        Asked,
        sheet=st.just("Akun"),
        row=st.integers(2, 5000),
        code=st.sampled_from([*DESA, "91.02.01.2001", "", "x"]) | st.text(max_size=12),
        role=st.sampled_from([*LABELS, *ROLES, "Lurah", ""]),
        name=st.text(max_size=160) | st.just("Siti Aminah"),
        email=st.sampled_from(["", "siti@contoh.id", "siti@"]),
        institution=st.sampled_from(["", "Puskesmas A", "TPPPS", "x"]),
        username=st.sampled_from(["", "siti", "SITI", "admin", "desa-9101012001", "a b"]) | st.text(max_size=8),
    ),
    max_size=30,
)


def check_username(name: str) -> None:
    if not name.isascii() or not name.replace("-", "").isalnum():
        raise ValidationError("no")


def check(lines):
    names = {"admin": 1, "desa-9101012001": 7}
    known = Known(PLACES, lambda role, _region: role != "PROVINSI_ADMIN", names, HELD, SERVING)
    return check_lines(lines, known, check_username)


@given(LINES)
def test_each_line_has_one_outcome_in_its_place(lines):
    checked = check(lines)
    assert [(line.sheet, line.row) for line in checked] == [(asked.sheet, asked.row) for asked in lines]
    for line in checked:
        if line.outcome == Outcome.REFUSED:
            assert line.column in COLUMNS and line.reason
            assert (line.name, line.email, line.username) == ("", "", "")
        else:
            assert line.region_id in PLACES and line.role in ROLES and line.name and line.username


@given(LINES)
def test_no_account_is_made_twice(lines):
    checked = check(lines)
    made = [line.username for line in checked if line.outcome != Outcome.REFUSED]
    assert len(made) == len(set(made)) and "admin" not in made
    assert all(line.username != "desa-9101012001" for line in checked if line.outcome == Outcome.NEW)


@given(st.integers(0, 9), st.permutations(COLUMNS))
def test_the_header_is_found_wherever_and_however_it_stands(above, columns):
    rows = [["Kabupaten Hulu"]] * above + [[f" {name.upper()} " for name in columns]]
    start, places = find_header(rows)
    assert start == above and all(columns[place] == name for name, place in places.items())
    assert find_header([["x"]] * 10 + rows) is None


@given(st.lists(st.none() | st.text(max_size=5) | st.integers() | st.floats(allow_nan=True), max_size=8))
def test_any_row_is_read(row):
    line = read_line("Akun", 2, row, {name: place for place, name in enumerate(COLUMNS)})
    assert line is None or line.name or line.email or line.username


@given(LINES)
def test_whoever_gets_a_role_that_needs_an_institution_has_one_that_suits(lines):
    for line in check(lines):
        if line.outcome == Outcome.REFUSED:
            continue
        suited = {one.id for one in list_suited(line.role, line.region_id, SERVING)}
        assert line.institution_id in suited | ({0} if not get_needed(line.role).is_required else set())
