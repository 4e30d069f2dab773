"""The invitations in the form of the record: who came upon each, perhaps in somebody's stead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumbuh.activities.api import Attendee, Details, Invitee, Sex, parse_participants

LETTERS = {"L": Sex.MALE, "P": Sex.FEMALE}


@dataclass(frozen=True)
class Arrival:
    """One invitation in the form: `name` is written only where it is not the invited one's."""

    invitee: Invitee
    came: bool
    sex: str
    name: str

    @property
    def field(self) -> str:
        return f"undangan{self.invitee.pk}"


def describe_arrivals(details: Details) -> list[Arrival]:
    """As it stands: nobody came before somebody says so."""
    came = {one.invitee_id: one for one in details.people if one.invitee_id and one.is_present}
    rows = []
    for one in details.invitees:
        person = came.get(one.pk)
        stead = person.name if person and person.name != one.name else ""
        rows.append(Arrival(one, person is not None, person.sex if person else one.sex, stead))
    return rows


def echo_arrivals(values: Mapping[str, str], invitees: Sequence[Invitee]) -> list[Arrival]:
    """As it was sent."""
    return [
        Arrival(
            one, bool(values.get(f"undangan{one.pk}_hadir")),
            LETTERS.get(values.get(f"undangan{one.pk}_jk", ""), ""),
            values.get(f"undangan{one.pk}_nama", "")[:200],
        )
        for one in invitees
    ]  # fmt: skip


def read_arrivals(values: Mapping[str, str], invitees: Sequence[Invitee]) -> tuple[list[Attendee], list[str]]:
    """Those who came upon an invitation, and a sentence for each of whom something lacks."""
    found, wrong = [], []
    for number, arrival in enumerate(echo_arrivals(values, invitees), 1):
        if not arrival.came:
            continue
        person = read_arrival(arrival)
        if isinstance(person, str):
            wrong.append(_("Undangan %(number)d: %(problem)s") % {"number": number, "problem": person})
        else:
            found.append(person)
    return found, wrong


def read_arrival(arrival: Arrival) -> Attendee | str:
    """Who came, or what is wrong."""
    invitee, name = arrival.invitee, " ".join(arrival.name.split()) or arrival.invitee.name
    if not name:
        return _("nama yang hadir belum ditulis. Tulis nama orang yang datang dari lembaga itu.")
    if not arrival.sex:
        return _("jenis kelamin belum dipilih. Pilih L atau P.")
    if ";" in name:
        return _("nama memuat titik koma. Tulis satu nama saja.")
    letter = "L" if arrival.sex == Sex.MALE else "P"
    people, wrong = parse_participants(f"{name};{invitee.institution.replace(';', ',')};{letter}")
    if wrong:
        return wrong[0].partition(": ")[2]
    return Attendee(name, invitee.institution, people[0].sex, invitee.part, True, invitee.pk)
