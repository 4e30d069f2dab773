"""What lines of a list say, as rows of the records room: what a line leaves out stays as the register has it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tumbuh.intake.actions.lists.entries import Entry
from tumbuh.intake.actions.lists.known import Known, read_known
from tumbuh.intake.sources.api import PARTNER, SELF, Fact
from tumbuh.records.api import CheckRow, CoupleRow, LifeRows, PregnancyRow, ServiceRow, StatementRow

TERM_DAYS, LONGEST_DAYS = 280, 308
Key = tuple[int | None, int | None, str, date]
SAME_DAYS = 100  # two starts that lie this near together are one pregnancy, told twice
OLDEST_DAYS = 1827


@dataclass
class Ledger:
    """Collects the rows; each line is compared with what is known before it."""

    known: Known
    pregnancies: list[PregnancyRow] = field(default_factory=list)
    couples: list[CoupleRow] = field(default_factory=list)
    checks: list[CheckRow] = field(default_factory=list)
    services: list[ServiceRow] = field(default_factory=list)
    statements: list[StatementRow] = field(default_factory=list)
    deciles: dict[int, int] = field(default_factory=dict)
    visits: list[tuple[Entry, dict[str, Any]]] = field(default_factory=list)
    days: dict[int, dict[tuple[Any, ...], list[date]]] = field(default_factory=dict)

    @property
    def life(self) -> LifeRows:
        return LifeRows(self.pregnancies, self.couples, self.checks, self.services, self.statements)

    def add(self, entry: Entry, fact: Fact) -> None:
        subject = entry.find_subject(fact.whom)
        if subject is not None:
            getattr(self, f"add_{fact.kind}")(entry, subject, fact.values)

    def find_key(self, entry: Entry, table: dict[Key, Any], subject: dict[str, int], code: str, on: date) -> Key:
        """The row's key. A line that knows only the month means what is known of that month, where anything is."""
        key = (subject.get("person_id"), subject.get("household_id"), code, on)
        if entry.told.is_day_told or key in table:
            return key
        same = [day for day in self.list_days(table, key) if (day.year, day.month) == (on.year, on.month)]
        return (*key[:3], max(same)) if same else key

    def list_days(self, table: dict[Key, Any], key: Key) -> list[date]:
        """The days of the same code of the same person or household."""
        days = self.days.get(id(table))
        if days is None:
            days = self.days[id(table)] = defaultdict(list)
            for person, home, code, day in table:
                days[person, home, code].append(day)
        return days[key[:3]]

    def note(self, entry: Entry, table: dict[Any, Any], key: Any, values: dict[str, Any]) -> None:
        """Whether the row is new or changed, and that it is known from now on."""
        entry.is_new |= key not in table
        entry.is_changed |= key in table and table[key] != values
        table[key] = values

    def add_service(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        key = self.find_key(entry, self.known.services, subject, values["code"], values["received_on"])
        old = self.known.services.get(key, {})
        person = self.known.people.get(entry.ids.get(SELF, 0))
        posyandu = old.get("posyandu_id") or (person.posyandu_id if person and "person_id" in subject else None)
        new = {
            "quantity": values["quantity"]
            if entry.told.is_day_told
            else max(values["quantity"], old.get("quantity", 1)),
            "posyandu_id": posyandu,
            "desa_id": old.get("desa_id", entry.row.desa_id),
        }
        self.note(entry, self.known.services, key, new)
        self.services.append(ServiceRow(code=values["code"], received_on=key[3], **subject, **new))

    def add_statement(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        key = self.find_key(entry, self.known.statements, subject, values["code"], values["stated_on"])
        new = {
            "value": values["value"],
            "desa_id": self.known.statements.get(key, {}).get("desa_id", entry.row.desa_id),
        }
        self.note(entry, self.known.statements, key, new)
        self.statements.append(StatementRow(code=values["code"], stated_on=key[3], **subject, **new))

    def add_check(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        key = (subject["person_id"], values["checked_on"])
        told = {name: value for name, value in values.items() if name != "checked_on"}
        new = fold(self.known.checks.get(key, {}), told | {"desa_id": entry.row.desa_id})
        self.note(entry, self.known.checks, key, new)
        self.checks.append(CheckRow(person_id=key[0], checked_on=key[1], **new))

    def add_couple(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        key = (subject["person_id"], values["registered_on"])
        told = {
            "groom_id": entry.ids.get(PARTNER), "planned_on": values["planned_on"], "married_on": values["married_on"],
            "called_off_on": None, "desa_id": entry.row.desa_id,
        }  # fmt: skip
        new = fold(self.known.couples.get(key, {}), told)
        self.note(entry, self.known.couples, key, new)
        self.couples.append(CoupleRow(bride_id=key[0], registered_on=key[1], **new))

    def add_decile(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        if "household_id" not in subject:
            return
        home = subject["household_id"]
        entry.is_changed |= self.known.deciles.get(home) != values["decile"]
        self.known.deciles[home] = self.deciles[home] = values["decile"]

    def add_pregnancy(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        """The pregnancy that the register knows where it can be meant; its start stands as first told."""
        spans = self.known.pregnancies.setdefault(subject["person_id"], {})
        start = find_pregnancy(spans, values["started_on"], entry.told.on)
        if start is None:
            entry.say("HPHT", "PREGNANCY_OVERLAPS" if values["started_on"] else "PREGNANCY_START_MISSING")
            return
        old = spans.get(start, {})
        told = {
            "due_on": start + timedelta(days=TERM_DAYS), "number": values["number"], "is_wanted": None,
            "risks": sorted({*old.get("risks", ()), *values["risks"]}), "desa_id": entry.row.desa_id,
            "is_risky": old.get("is_risky", False) or values["is_risky"], "ended_on": None, "outcome": "",
        }  # fmt: skip
        ended_on = values["ended_on"]
        if ended_on is not None and ended_on > start and not old.get("ended_on"):
            told |= {"ended_on": ended_on, "outcome": values["outcome"]}
        new = fold(old, told, kept=("due_on",))
        self.note(entry, spans, start, new)
        self.pregnancies.append(PregnancyRow(mother_id=subject["person_id"], started_on=start, **new))

    def add_visit(self, entry: Entry, subject: dict[str, int], values: dict[str, Any]) -> None:
        """A measurement of a child, unless the file says another one of that day or the child is too old for it."""
        person, key = self.known.people[subject["person_id"]], (subject["person_id"], values["measured_on"])
        age_days = (values["measured_on"] - person.birth_date).days
        earlier = self.known.visits.setdefault(key, values)
        if not 0 <= age_days < OLDEST_DAYS:
            entry.say("Tanggal Periksa", "VISIT_NOT_SAVED", value="umurnya di luar 0-59 bulan")
        elif earlier is not values:
            if earlier != values:
                entry.say("Tanggal Periksa", "VISIT_NOT_SAVED", value="baris lain menyebut nilai berbeda pada hari itu")
        else:
            self.visits.append((entry, values))


def fold(old: dict[str, Any], told: dict[str, Any], kept: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is told over what is known; what is not told stays, so does where it was first written down."""
    stands = {name for name in ("desa_id", *kept) if old.get(name) is not None}
    return {
        name: old.get(name, value) if name in stands or value in (None, "") else value for name, value in told.items()
    }


def find_pregnancy(spans: dict[date, dict[str, Any]], start: date | None, on: date | None) -> date | None:
    """The start of the pregnancy that is meant: a known one that goes on, or the told one if it overlaps with none."""
    if start is None:
        running = [known for known, values in spans.items() if on and known <= on <= find_end(known, values)]
        return max(running, default=None)
    near = [known for known in spans if abs((known - start).days) <= SAME_DAYS]
    if near:
        return min(near, key=lambda known: abs((known - start).days))
    end = start + timedelta(days=LONGEST_DAYS)
    overlaps = any(known < end and start < find_end(known, values) for known, values in spans.items())
    return None if overlaps else start


def find_end(start: date, values: dict[str, Any]) -> date:
    return values.get("ended_on") or start + timedelta(days=LONGEST_DAYS)


def make_ledger(entries: Sequence[Entry]) -> Ledger:
    """The rows of all entries that can be saved."""
    ledger = Ledger(read_known(entries))
    for entry in entries:
        for fact in entry.told.facts if entry.is_open else ():
            ledger.add(entry, fact)
    return ledger
