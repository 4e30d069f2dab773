"""Who was invited and who came, side by side."""

from dataclasses import dataclass
from itertools import chain

from tumbuh.activities.models import Invitee, Participant
from tumbuh.activities.queries.activities import Details
from tumbuh.activities.rules import Part, Sex, Standing, Turnout, count_turnout


@dataclass(frozen=True)
class Line:
    """One line of the list: `standing` empty before the activity is held, `instead_of` where another one came."""

    name: str
    institution: str
    sex: str
    part: str
    standing: Standing | None
    instead_of: str = ""


@dataclass(frozen=True)
class Attendance:
    """The invitations in their order, then those who came without one."""

    lines: list[Line]
    turnout: Turnout


def read_attendance(details: Details, *, is_held: bool) -> Attendance:
    """The lists of an activity as one; before it is held nobody has a standing."""
    came = {one.invitee_id: one for one in details.people if one.invitee_id and one.is_present}
    invited = [describe_invitee(one, came.get(one.pk), is_held=is_held) for one in details.invitees]
    keys = {one.pk for one in details.invitees}
    others = [describe_person(one, has_list=bool(keys)) for one in details.people if one.invitee_id not in keys]
    present = (one.invitee_id for one in details.people if one.is_present)
    return Attendance(list(chain(invited, others)), count_turnout(keys, present))


def describe_invitee(invitee: Invitee, came: Participant | None, *, is_held: bool) -> Line:
    """The invitation, or whoever came upon it."""
    if came is None:
        sex = str(Sex(invitee.sex).label) if invitee.sex else ""
        standing = Standing.ABSENT if is_held else None
        return Line(invitee.name, invitee.institution, sex, str(Part(invitee.part).label), standing)
    stead = invitee.name if invitee.name != came.name else ""
    sex, part = str(Sex(came.sex).label), str(Part(came.part).label)
    return Line(came.name, came.institution, sex, part, Standing.PRESENT, stead)


def describe_person(one: Participant, *, has_list: bool) -> Line:
    """Somebody of the attendance list alone; where nobody was invited, nobody came uninvited."""
    here = Standing.UNINVITED if has_list else Standing.PRESENT
    standing = here if one.is_present else Standing.ABSENT
    return Line(one.name, one.institution, str(Sex(one.sex).label), str(Part(one.part).label), standing)
