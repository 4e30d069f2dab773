"""Who is shown when somebody is about to be entered. One line a case: the register, what the form says, who and why.

The register's child everywhere: KHANZA AZZAHRA PUTRI, a girl, born 5 March 2024, of NURHAYATI, in the desa asked for.
"""

from datetime import date

import pytest

from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import Scope, whole_country
from tumbuh.records.api import Person, find_similar
from tumbuh.regions.api import get_span

pytestmark = pytest.mark.django_db
HERE, NEXT = 9101012001, 9101012002
NIK, TWIN_NIK = "9101014503240001", "9101014503240002"
CHILD = {"name": "KHANZA AZZAHRA PUTRI", "birth_date": date(2024, 3, 5), "mother_name": "NURHAYATI"}
ASKED = {"name": "KHANZA AZZAHRA", "sex": "F", "birth_date": date(2024, 3, 5), "mother_name": "NURHAYATI"}

# case: (what differs in the register, what differs in the form, levels that reasons are told by, or None: not shown)
CASES = {
    "a word of the name left out": ({}, {"name": "AZZAHRA"}, {"name": "part", "birth": "same", "mother": "same"}),
    "heard alike": ({}, {"name": "Khansa Azahra Putri"}, {"name": "sound"}),
    "day and month exchanged": ({}, {"birth_date": date(2024, 5, 3)}, {"birth": "swapped"}),
    "another year": ({}, {"birth_date": date(2023, 3, 5)}, {"birth": "year"}),
    "a day later": ({}, {"birth_date": date(2024, 3, 6)}, {"birth": "days"}),
    "the mother written otherwise": ({}, {"mother_name": "NUR HAYATI"}, {"mother": "sound"}),
    "the mother not known": ({}, {"mother_name": ""}, {"mother": "unknown"}),
    "a newborn without a name": ({"name": "By. Ny. Nurhayati"}, {"name": "KHANZA"}, {"mother": "same"}),
    "the same NIK, the name otherwise": ({"nik": NIK}, {"name": "ZAHRA", "nik": NIK}, {"nik": "same"}),
    "in the next desa of the kecamatan": ({"desa_id": NEXT}, {"name": "KHANZA AZZAHRA PUTRI"}, {"place": "kecamatan"}),
    "a twin: asked, for the form can say that it is one": ({"name": "GENDIS"}, {"name": "ARUMI"}, {"name": "other"}),
    "a brother born later": ({"sex": "M", "birth_date": date(2022, 1, 9)}, {"name": "RIZKI"}, None),
    "a namesake of another mother and day": ({"birth_date": date(2022, 8, 17)}, {"mother_name": "SRI"}, None),
    "born the same day in the same desa": ({}, {"name": "WULAN DEWI", "mother_name": "SRI"}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_who_is_shown(case):
    make_province()
    register, form, expected = CASES[case]
    save_rows(make_staged(**{**CHILD, **register}))
    with whole_country("a test"):
        found = find_similar(Scope((get_span("91"),)), desa_id=HERE, **{**ASKED, **form})
        assert bool(found) is (expected is not None)
        if expected:
            assert found[0].person_id == Person.objects.get().pk
            assert expected.items() <= found[0].levels.items()
