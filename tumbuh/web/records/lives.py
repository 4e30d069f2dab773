"""One person's services and life, and a household, put into words and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext, gettext_noop

from tumbuh.accounts.api import Scope
from tumbuh.engines.convergence.api import Answer, Receipt, Result, explain, list_answers, read_content
from tumbuh.records.api import Life, Outcome, Person, Sex, list_receipts, list_register, read_life
from tumbuh.web.indicators.pages import say
from tumbuh.web.records.pages import describe_household, write_age
from tumbuh.web.templatetags.numbers import count, decimal

EVENTS = 60  # the newest that a household's page shows
WORDS = {
    Result.YES: gettext_noop("Sudah"),
    Result.NO: gettext_noop("Belum"),
    Result.NOT_APPLICABLE: gettext_noop("Tidak berlaku"),
}


@dataclass(frozen=True)
class Due:
    """One service of one group: the result in words, why, and until when."""

    title: str
    result: str
    word: str
    why: str
    due_on: date | None
    sources: tuple[str, ...]
    is_beside: bool


class Event(NamedTuple):
    """Something recorded: the day, of whom (None: of the household as a whole), what kind of thing, and what."""

    day: date
    person_id: int | None
    kind: str
    words: str


def list_due(scope: Scope, person: Person, month: date) -> list[tuple[str, list[Due]]]:
    """Group by group, what the person is due that month and whether it was received; nothing if not in the register."""
    row = next((r for r in list_register(scope, person.desa_id, month) if r["person_id"] == person.pk), None)
    if row is None:
        return []
    received = list_receipts([person.pk], row["month_end"]).get(person.pk, [])
    groups: dict[str, list[Due]] = {}
    for found in list_answers(read_content().rules, row, [Receipt(*receipt) for receipt in received]):
        groups.setdefault(say(found.rule.group.title), []).append(make_due(found))
    return list(groups.items())


def make_due(found: Answer) -> Due:
    service = found.rule.service
    return Due(
        say(service.title), found.result.value, gettext(WORDS[found.result]), say(explain(found)), found.due_on,
        tuple(f"{source.document}, {source.article}" for source in service.sources), not service.in_package,
    )  # fmt: skip


def list_events(life: Life) -> list[Event]:
    """Everything recorded, the newest first."""
    began = gettext("hari pertama haid terakhir")
    events = [Event(one.started_on, one.mother_id, gettext("Kehamilan"), began) for one in life.pregnancies]
    events += [
        Event(one.ended_on, one.mother_id, gettext("Kehamilan"), gettext(Outcome(one.outcome).label).lower())
        for one in life.pregnancies
        if one.ended_on
    ]
    events += [Event(child.birth_date, child.mother_id, gettext("Kelahiran"), child.name) for child in life.children]
    events += [event for one in life.couples for event in describe_couple(one)]
    events += [Event(c.checked_on, c.person_id, gettext("Pemeriksaan"), describe_check(c)) for c in life.checks]
    events += [Event(r.received_on, r.person_id, gettext("Layanan"), describe_received(r)) for r in life.received]
    events += [Event(s.stated_on, s.person_id, gettext("Keterangan"), describe_statement(s)) for s in life.statements]
    return sorted(events, key=lambda event: event.day, reverse=True)


def name_code(code: str) -> str:
    """A code of what can be recorded, in words; the code itself once it is defined no more."""
    known = read_content().codes.get(code)
    return say(known.title) if known else code


def describe_received(one: Any) -> str:
    """What was received, and how much of it where it is not one."""
    known = read_content().codes.get(one.code)
    amount = f", {count(one.quantity)} {say(known.unit)}" if known and one.quantity > 1 else ""
    return name_code(one.code) + amount


def describe_statement(one: Any) -> str:
    return name_code(one.code) + ": " + (gettext("ya") if one.value else gettext("tidak"))


def describe_couple(couple: Any) -> list[Event]:
    days = (
        (couple.registered_on, gettext("terdaftar sebagai calon pengantin")),
        (couple.married_on, gettext("menikah")),
        (couple.called_off_on, gettext("batal menikah")),
    )
    person = couple.bride_id or couple.groom_id
    return [Event(day, person, gettext("Calon pengantin"), words) for day, words in days if day]


def describe_check(check: Any) -> str:
    """What was found: weight 45,0 kg; MUAC 23,1 cm."""
    parts = (
        (gettext("berat"), check.weight_kg, "kg"),
        (gettext("tinggi"), check.height_cm, "cm"),
        (gettext("LiLA"), check.muac_cm, "cm"),
        (gettext("Hb"), check.hb_g_dl, "g/dl"),
    )
    said = [f"{name} {decimal(value)} {unit}" for name, value, unit in parts if value is not None]
    if check.smoke is not None:
        said.append(gettext("terpapar asap rokok") if check.smoke else gettext("bebas asap rokok"))
    return "; ".join(said)


def describe_home(
    scope: Scope, person: Person, people: Sequence[Person], month: date | None, today: date
) -> dict[str, Any]:
    """What the page of a household shows: who lives there with what each misses, what holds, what happened last."""
    assert person.household is not None
    missing = list_missing(scope, person.desa_id, [one.pk for one in people], month) if month else {}
    facts = describe_household(person.household)
    if person.household.decile:
        facts.append((gettext("Desil kesejahteraan"), count(person.household.decile)))
    members = [
        (one, gettext(Sex(one.sex).label).lower(), write_age(one.birth_date, today), missing.get(one.pk, []))
        for one in people
    ]
    names = {one.pk: one.name for one in people}
    events = [(event, names.get(event.person_id or 0, "")) for event in list_events(read_life(scope, people))[:EVENTS]]
    return {"facts": facts, "members": members, "events": events}


def list_missing(scope: Scope, desa_id: int, people: Sequence[int], month: date) -> dict[int, list[str]]:
    """The services of the package that each of some people still misses that month."""
    rows = [row for row in list_register(scope, desa_id, month) if row["person_id"] in people]
    received = list_receipts(people, rows[0]["month_end"]) if rows else {}
    return {
        row["person_id"]: [
            say(found.rule.service.title)
            for found in list_answers(
                read_content().rules, row, [Receipt(*one) for one in received.get(row["person_id"], [])]
            )
            if found.result == Result.NO and found.rule.service.in_package
        ]
        for row in rows
    }
