"""Those invited and those who came, read as one."""

from django.db.models import BigIntegerField, BooleanField, F, Value

from tumbuh.activities.models import Activity, Invitee, Participant

NAMES = ("name", "institution", "sex", "part")


def read_people(activity: Activity) -> tuple[list[Invitee], list[Participant]]:
    """The invitations in their order, and the attendance in its own; one query, within the scope that is acted for."""
    nobody = Value(None, output_field=BigIntegerField())
    invited = activity.invitees.annotate(
        is_guest=Value(True), came=Value(False, output_field=BooleanField()), upon=nobody,
        place=F("position") * Value(1, output_field=BigIntegerField()),
    )  # fmt: skip
    present = activity.participants.annotate(
        is_guest=Value(False), came=F("is_present"), upon=F("invitee_id"), place=F("pk")
    )
    columns = ("is_guest", "place", "pk", "came", "upon", *NAMES)
    rows = sorted(
        invited.order_by().values_list(*columns).union(present.order_by().values_list(*columns), all=True),
        key=lambda row: row[:3],
    )
    invitees, people = [], []
    for is_guest, place, key, came, upon, *values in rows:
        named = {"pk": key, "activity": activity, **dict(zip(NAMES, values, strict=True))}
        if is_guest:
            invitees.append(Invitee(position=place, **named))
        else:
            people.append(Participant(is_present=came, invitee_id=upon, **named))
    return invitees, people
