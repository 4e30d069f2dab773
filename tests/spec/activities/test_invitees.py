"""Lists of those invited: what a line means, the sentence for one that cannot be read, and what became of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.activities.api import Guest, Part, Sex, parse_guests, write_guests
from tumbuh.activities.rules import Turnout, count_turnout

READ = [
    ("Ani; PKK; P", Guest("Ani", "PKK", Sex.FEMALE)),
    ("Ani", Guest("Ani")),
    ("Kepala Puskesmas; Puskesmas Hulu", Guest("Kepala Puskesmas", "Puskesmas Hulu")),
    ("; Dinas Kesehatan", Guest("", "Dinas Kesehatan")),
    ("Budi\tBPD\t\tnarasumber", Guest("Budi", "BPD", "", Part.SPEAKER)),
    ("Budi; BPD; l; ketua", Guest("Budi", "BPD", Sex.MALE, Part.CHAIR)),
]
WRONG = [
    (";;P", "nama, jabatan, atau lembaga belum ada"),
    ("Ani; PKK; X", "jenis kelamin tidak dikenal"),
    ("Ani; PKK; P; bendahara", "peran tidak dikenal"),
    ("Ani; PKK; P; peserta; hadir", "lebih dari empat kolom"),
    ("Ani 1701014503240001; PKK", "nomor panjang"),
    ("A" * 121, "lebih dari 120 huruf"),
]


@pytest.mark.parametrize(("line", "guest"), READ)
def test_a_line_that_can_be_read(line, guest):
    assert parse_guests(line) == ([guest], [])


@pytest.mark.parametrize(("line", "words"), WRONG)
def test_a_line_that_cannot(line, words):
    guests, wrong = parse_guests(f"Ani; PKK\n\n{line}")
    assert len(guests) == 1 and len(wrong) == 1 and wrong[0].startswith("Baris 3: ") and words in wrong[0]
    assert "1701014503240001" not in wrong[0]


def test_the_same_name_of_the_same_institution_is_invited_once():
    guests, wrong = parse_guests("Ani; PKK\nAni; PKK; P\nAni; Kader")
    assert guests == [Guest("Ani", "PKK"), Guest("Ani", "Kader")] and wrong == []


def test_too_long_a_list_is_refused_whole():
    guests, wrong = parse_guests("\n".join(f"Tamu {number}" for number in range(501)))
    assert guests == [] and len(wrong) == 1 and "501 baris" in wrong[0]


names = st.text("abcdefghij ", min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
guests = st.one_of(
    st.builds(Guest, names, names | st.just(""), st.sampled_from(["", *Sex]), st.sampled_from(Part)),
    st.builds(Guest, st.just(""), names, st.just(""), st.sampled_from(Part)),
)


@given(st.lists(guests, unique_by=lambda guest: (guest.name, guest.institution), max_size=30))
def test_what_is_written_is_read_again(listed):
    assert parse_guests(write_guests(listed)) == (listed, [])


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    found, wrong = parse_guests(text)
    assert len(found) + len(wrong) <= len(text.splitlines())


TURNOUTS = [  # invited, upon which invitation each person present came, (invited, came, uninvited)
    ([], [], (0, 0, 0)),
    ([1, 2, 3], [], (3, 0, 0)),
    ([1, 2, 3], [1, 3, None], (3, 2, 1)),
    ([], [None, None], (0, 0, 2)),
    ([2], [1], (1, 0, 1)),  # upon one that is no longer on the list
]


@pytest.mark.parametrize(("invited", "present", "expected"), TURNOUTS)
def test_turnout(invited, present, expected):
    assert count_turnout(invited, present) == Turnout(*expected)
