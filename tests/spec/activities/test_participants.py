"""Pasted lists of participants: what a line means, and the sentence for a line that cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.activities.api import Attendee, Part, Sex, parse_participants, write_participants

READ = [
    ("Ani; PKK; P", Attendee("Ani", "PKK", Sex.FEMALE)),
    ("Budi;BPD;L;pimpinan", Attendee("Budi", "BPD", Sex.MALE, Part.CHAIR)),
    ("  Siti   Aminah ;  Kader  ; perempuan ", Attendee("Siti Aminah", "Kader", Sex.FEMALE)),
    ("Dedi\tDinas Kesehatan\tL\tNarasumber", Attendee("Dedi", "Dinas Kesehatan", Sex.MALE, Part.SPEAKER)),
    ("Eka;;l", Attendee("Eka", "", Sex.MALE)),
    ("Fitri; PKK; P; notulis; tidak hadir", Attendee("Fitri", "PKK", Sex.FEMALE, Part.NOTE_TAKER, False)),
    ("Gani; RT 2; L; tidak hadir", Attendee("Gani", "RT 2", Sex.MALE, Part.PARTICIPANT, False)),
    ("Hadi; RT 3; Laki-laki; peserta; hadir", Attendee("Hadi", "RT 3", Sex.MALE)),
    ("dr. Ina, Sp.A; RSUD; P;", Attendee("dr. Ina, Sp.A", "RSUD", Sex.FEMALE)),
]
WRONG = [
    ("Ani, PKK, P", "jenis kelamin belum ada"),
    ("Ani", "jenis kelamin belum ada"),
    ("; PKK; P", "nama belum ada"),
    ("Ani; PKK; X", "jenis kelamin tidak dikenal"),
    ("Ani; PKK; P; bendahara", "peran tidak dikenal"),
    ("Ani; PKK; P; peserta; mungkin", "peran tidak dikenal"),
    ("Ani 1701014503240001; PKK; P", "nomor panjang"),
    ("Ani; 081234567890; P", "nomor panjang"),
    ("A" * 121 + "; PKK; P", "lebih dari 120 huruf"),
    ("Ani; PKK; P; peserta; hadir; lagi", "lebih dari lima kolom"),
]


@pytest.mark.parametrize(("line", "person"), READ)
def test_a_line_that_can_be_read(line, person):
    assert parse_participants(line) == ([person], [])


@pytest.mark.parametrize(("line", "words"), WRONG)
def test_a_line_that_cannot(line, words):
    people, wrong = parse_participants(f"Ani; PKK; P\n\n{line}")
    assert len(people) == 1 and len(wrong) == 1
    assert wrong[0].startswith("Baris 3: ") and words in wrong[0]
    assert "1701014503240001" not in wrong[0] and "081234567890" not in wrong[0]


def test_the_same_line_twice_is_one_person_and_empty_lines_are_none():
    people, wrong = parse_participants("Ani; PKK; P\n\n  \nAni;PKK;P\nAni; Kader; P\n")
    assert [one.institution for one in people] == ["PKK", "Kader"] and wrong == []


def test_too_long_a_list_is_refused_whole():
    people, wrong = parse_participants("\n".join(f"Peserta {number}; PKK; P" for number in range(501)))
    assert people == [] and len(wrong) == 1 and "501 baris" in wrong[0]


names = st.text("abcdefghij ", min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
attendees = st.builds(Attendee, names, names | st.just(""), st.sampled_from(Sex), st.sampled_from(Part), st.booleans())


@given(st.lists(attendees, unique=True, max_size=30))
def test_what_is_written_is_read_again(people):
    assert parse_participants(write_participants(people)) == (people, [])


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    people, wrong = parse_participants(text)
    assert len(people) + len(wrong) <= len(text.splitlines())
