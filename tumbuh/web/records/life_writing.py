"""Writing what a life form says, under one source; each returns the desa and months whose figures it touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from tumbuh.engines.convergence.api import read_content
from tumbuh.records.api import (
    CERTAIN,
    CheckRow,
    Couple,
    CoupleRow,
    Leaving,
    LifeRows,
    Match,
    Outcome,
    Person,
    PersonRow,
    PregnancyOverlapError,
    PregnancyRow,
    SourceBatch,
    StatementRow,
    correct_pregnancy,
    enrol_people,
    list_desa_months,
    match_people,
    record_birth,
    record_leaving,
    save_life,
)
from tumbuh.web.records.couple_forms import MARRIED
from tumbuh.web.records.once import RefusedError, note_month

Places = list[tuple[int, date]]
Write = Callable[[HttpRequest, SourceBatch, Any], Places]


def save(request: HttpRequest, batch: SourceBatch, rows: LifeRows) -> Places:
    return save_life(by=request.user, batch=batch, rows=rows).desa_months


def write_pregnancy(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    mother, told = form.person, form.cleaned_data
    row = PregnancyRow(
        mother.pk, mother.desa_id, told["started_on"], told["due_on"], number=told["number"], is_risky=told["is_risky"]
    )
    check = CheckRow(mother.pk, mother.desa_id, told["checked_on"], muac_cm=told["muac_cm"], hb_g_dl=told["hb_g_dl"])
    checks = [check] if told["muac_cm"] or told["hb_g_dl"] else []
    try:
        return save(request, batch, LifeRows([row], checks=checks))
    except PregnancyOverlapError as error:
        words = gettext(
            "Ibu ini masih tercatat hamil pada waktu itu. Tutup dulu kehamilan sebelumnya di “Melahirkan atau "
            "kehamilan berakhir”, atau periksa HPHT."
        )
        raise RefusedError(words) from error


def write_correction(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    try:
        return correct_pregnancy(by=request.user, batch=batch, pregnancy=form.pregnancy, **form.cleaned_data)
    except PregnancyOverlapError as error:
        words = gettext("Pada waktu itu ibu ini tercatat hamil yang lain. Periksa HPHT-nya.")
        raise RefusedError(words) from error


def write_birth(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    mother, told = form.person, form.cleaned_data
    rows = make_children(form, mother, told["ended_on"])
    saved, _enrolled = record_birth(
        by=request.user, batch=batch, mother=mother, born_on=told["ended_on"], outcome=Outcome(told["outcome"]),
        children=rows,
    )  # fmt: skip
    if not saved.merged and not rows:
        words = gettext("Tidak ada kehamilan yang tercatat untuk tanggal itu. Catat dulu kehamilannya.")
        raise RefusedError(words)
    return saved.desa_months


def make_children(form: Any, mother: Person, born_on: date) -> list[PersonRow]:
    """The children as rows; RefusedError where one looks like somebody who is there already."""
    rows = [
        PersonRow(
            mother.desa_id, child["name"], child["sex"], born_on, born_on, posyandu_id=mother.posyandu_id,
            mother_id=mother.pk, mother_name=mother.name, birth_weight_kg=child["weight"],
            birth_length_cm=child["length"],
        )
        for _number, child in form.list_children()
    ]  # fmt: skip
    for position, found in enumerate(match_people(rows)):
        if found.match is Match.NEAR_NAME and found.person_id is not None and found.person_id < 0:
            rows[position] = replace(rows[position], is_apart=True)  # twins whose names are nearly the same
        elif found.match not in CERTAIN:
            words = gettext(
                "%(name)s mirip dengan anak lain yang lahir pada hari itu dan sudah terdaftar. Tulis namanya persis "
                "seperti di daftar anak, atau tulis nama lengkapnya."
            )
            raise RefusedError(words % {"name": rows[position].name})
    return rows


def write_check(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    person = form.person
    row = CheckRow(person.pk, person.desa_id, **form.cleaned_data)
    return save(request, batch, LifeRows(checks=[row]))


def write_statements(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    person, day = form.person, form.cleaned_data["stated_on"]
    rows = [make_statement(person, code, value, day) for code, value in form.list_answers()]
    return save(request, batch, LifeRows(statements=rows))


def make_statement(person: Person, code: str, value: bool, day: date) -> StatementRow:
    """Of the household where the code is one of households."""
    is_home = read_content().codes[code].holder == "HOUSEHOLD"
    whose = {"household_id": person.household_id} if is_home else {"person_id": person.pk}
    return StatementRow(person.desa_id, code, value, day, **whose)


def write_leaving(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    told, person = form.cleaned_data, form.person
    note_month(request, person.desa_id, told["left_on"])
    return record_leaving(by=request.user, person=person, left_on=told["left_on"], reason=Leaving(told["reason"]))


def write_return(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    note_month(request, form.person.desa_id, form.person.left_on)
    return record_leaving(by=request.user, person=form.person, left_on=None)


def write_couple(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    person, told = form.person, form.cleaned_data
    partner = form.get_partner()
    partner_id = partner.pk if partner else enrol_partner(request, batch, person, told)
    bride, groom = (person.pk, partner_id) if person.sex == "F" else (partner_id, person.pk)
    row = CoupleRow(person.desa_id, told["registered_on"], bride, groom, told["planned_on"])
    before = list_desa_months([key for key in (bride, groom) if key])
    return [*before, *save(request, batch, LifeRows(couples=[row]))]


def enrol_partner(request: HttpRequest, batch: SourceBatch, person: Person, told: dict[str, Any]) -> int | None:
    """The partner taken into the register, where name and birth date are given and nobody chosen."""
    if not (told["partner_name"] and told["partner_born"]):
        return None
    row = PersonRow(
        person.desa_id, told["partner_name"], "M" if person.sex == "F" else "F", told["partner_born"],
        told["registered_on"],
    )  # fmt: skip
    (found,) = enrol_people(by=request.user, batch=batch, rows=[row])
    if found.match not in CERTAIN:
        words = gettext(
            "%(name)s mirip dengan orang yang sudah terdaftar. Pilih orang itu di daftar, tanpa tanggal lahir."
        )
        raise RefusedError(words % {"name": row.name})
    return found.person_id


def write_wedding(request: HttpRequest, batch: SourceBatch, form: Any) -> Places:
    couple: Couple = form.couple
    day = form.cleaned_data["ended_on"]
    is_married = form.cleaned_data["how"] == MARRIED
    row = CoupleRow(
        couple.desa_id, couple.registered_on, couple.bride_id, couple.groom_id, couple.planned_on,
        married_on=day if is_married else None, called_off_on=None if is_married else day,
    )  # fmt: skip
    if day < couple.registered_on:
        raise RefusedError(gettext("Hari itu sebelum pasangan ini mendaftar. Periksa tanggalnya."))
    return save(request, batch, LifeRows(couples=[row]))
