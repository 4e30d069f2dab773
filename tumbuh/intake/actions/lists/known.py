"""What the register already says of the people and households of a list, to tell new from changed from known."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from tumbuh.accounts.api import whole_country
from tumbuh.intake.actions.lists.entries import Entry
from tumbuh.intake.sources.api import PARTNER, SELF
from tumbuh.records.api import Couple, HealthCheck, Household, Person, Pregnancy, ServiceReceived, Statement

PREGNANCY = ("due_on", "ended_on", "outcome", "number", "is_risky", "risks", "is_wanted", "desa_id")
CHECK = ("weight_kg", "height_cm", "muac_cm", "hb_g_dl", "smoke", "desa_id")
COUPLE = ("groom_id", "planned_on", "married_on", "called_off_on", "desa_id")


@dataclass
class Known:
    """Rows of the register by their key; lines of the list that are read later see those read before."""

    people: dict[int, Person] = field(default_factory=dict)
    pregnancies: dict[int, dict[date, dict[str, Any]]] = field(default_factory=dict)
    checks: dict[tuple[int, date], dict[str, Any]] = field(default_factory=dict)
    couples: dict[tuple[int, date], dict[str, Any]] = field(default_factory=dict)
    services: dict[tuple[int | None, int | None, str, date], dict[str, Any]] = field(default_factory=dict)
    statements: dict[tuple[int | None, int | None, str, date], dict[str, Any]] = field(default_factory=dict)
    deciles: dict[int, int | None] = field(default_factory=dict)
    visits: dict[tuple[int, date], Any] = field(default_factory=dict)


def read_known(entries: Sequence[Entry]) -> Known:
    """Everything of the entries' people and households that a list may say again."""
    people = {entry.ids[role] for entry in entries for role in (SELF, PARTNER) if role in entry.ids}
    homes = {entry.home_id for entry in entries if entry.home_id is not None}
    known = Known()
    with whole_country("matching"):  # rows of somebody who moved may lie elsewhere
        known.people = Person.objects.in_bulk(people)
        for mother, start, *values in Pregnancy.objects.filter(mother_id__in=people).values_list(
            "mother_id", "started_on", *PREGNANCY
        ):
            known.pregnancies.setdefault(mother, {})[start] = dict(zip(PREGNANCY, values, strict=True))
        known.checks = read_pairs(HealthCheck, "person_id", "checked_on", CHECK, people)
        known.couples = read_pairs(Couple, "bride_id", "registered_on", COUPLE, people)
        whose = Q(person_id__in=people) | Q(household_id__in=homes)
        services = ServiceReceived.objects.filter(whose)
        for person, home, code, day, *values in services.values_list(
            "person_id", "household_id", "code", "received_on", "quantity", "posyandu_id", "desa_id"
        ):
            key = (person, home, code, day)
            known.services[key] = dict(zip(("quantity", "posyandu_id", "desa_id"), values, strict=True))
        for person, home, code, day, *values in Statement.objects.filter(whose).values_list(
            "person_id", "household_id", "code", "stated_on", "value", "desa_id"
        ):
            known.statements[person, home, code, day] = dict(zip(("value", "desa_id"), values, strict=True))
        known.deciles = dict(Household.objects.filter(pk__in=homes).values_list("pk", "decile"))
    return known


def read_pairs(
    model: Any, whose: str, day: str, columns: tuple[str, ...], people: Collection[int]
) -> dict[tuple[int, date], dict[str, Any]]:
    rows = model.objects.filter(**{f"{whose}__in": people}).values_list(whose, day, *columns)
    return {(person, on): dict(zip(columns, values, strict=True)) for person, on, *values in rows}
