"""What a posyandu day is about: the day, the posyandu, the groups who come, what they are given."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from tumbuh.engines.convergence.api import Code, read_content
from tumbuh.regions.api import Facility, Region, list_facilities
from tumbuh.web.records.work import say

MEASURE, CHECK = "ukur", "periksa"  # beside the codes of definitions/receipts.yaml: scale and board, arm and blood
CHILDREN = ("CHILD_0_23", "CHILD_24_59")
NOWHERE = "0"  # people of whom no posyandu is known


@dataclass(frozen=True)
class Choice:
    """`is_filled`: all that is due is ticked beforehand. `people`: whom a list that comes back speaks of (ids)."""

    day: date
    posyandu: str
    groups: tuple[str, ...]
    codes: tuple[str, ...]
    name: str = ""
    page: int = 1
    is_filled: bool = False
    people: frozenset[int] = frozenset()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The choice as fields of a form or of an address."""
        return [
            ("hari", self.day.isoformat()), ("posyandu", self.posyandu), ("nama", self.name),
            *(("kelompok", group) for group in self.groups), *(("beri", code) for code in self.codes),
        ]  # fmt: skip

    @property
    def query(self) -> str:
        return urlencode(self.pairs)


def read_choice(values: QueryDict) -> Choice:
    """What was chosen; what cannot be is left out, and a day to come is today."""
    today = timezone.localdate()
    known = [group.code for group in read_content().groups]
    groups = tuple(code for code in known if code in values.getlist("kelompok")) or CHILDREN
    offered = [code for code, _title in list_gifts(groups)]
    codes = tuple(code for code in offered if code in values.getlist("beri"))
    if "beri" not in values and "hari" not in values and MEASURE in offered:
        codes = (MEASURE,)
    page = values.get("halaman", "")
    return Choice(
        day=min(read_day(values.get("hari", "")) or today, today),
        posyandu=values.get("posyandu", ""),
        groups=groups,
        codes=codes,
        name=values.get("nama", "").strip()[:60],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
        is_filled=values.get("isi") == "1",
        people=frozenset(int(key) for key in values.getlist("orang") if key.isdecimal() and len(key) < 19),
    )


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def list_gifts(groups: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and title of what can be given on a day to these groups."""
    gifts = [(MEASURE, gettext("Penimbangan dan pengukuran"))] if set(groups) & set(CHILDREN) else []
    if set(groups) - set(CHILDREN):
        gifts.append((CHECK, gettext("Pemeriksaan LiLA dan Hb")))
    return gifts + [(code.code, say(code.title)) for code in list_codes(groups)]


def list_codes(groups: tuple[str, ...]) -> list[Code]:
    return [
        code
        for code in read_content().codes.values()
        if code.kind == "EVENT" and not code.is_automatic and set(code.groups) & set(groups)
    ]


def list_posyandus(desa: Region) -> list[tuple[str, str]]:
    places = list_facilities(within=desa.code, kind=Facility.FacilityKind.POSYANDU)
    found = [(str(place.pk), place.name) for place in places]
    return [("", gettext("Semua posyandu")), *found, (NOWHERE, gettext("Tanpa posyandu"))]


def offer_choice(desa: Region, choice: Choice) -> dict[str, object]:
    """What the first form of the page shows."""
    groups = [(one.code, say(one.title), one.code in choice.groups) for one in read_content().groups]
    gifts = [(code, title, code in choice.codes) for code, title in list_gifts(choice.groups)]
    return {"choice": choice, "posyandus": list_posyandus(desa), "groups": groups, "gifts": gifts}
