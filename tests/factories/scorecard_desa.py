"""The small desa whose scorecard was computed on paper: three mothers, five children, the first quarter of 2026."""

from datetime import date
from decimal import Decimal

from tests.factories.children import make_batch, make_person, measure
from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import (
    CheckRow,
    Household,
    LifeRows,
    Person,
    PregnancyRow,
    ServiceRow,
    SourceBatch,
    StatementRow,
    save_life,
)

DESA = 9101012001
DOSES = "hb0 bcg opv1 penta1 opv2 pcv1 rotavirus1 penta2 opv3 pcv2 rotavirus2 penta3 opv4 ipv1 rotavirus3".split()


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def make_home(rt: str, **stated: bool) -> tuple[Household, list[StatementRow]]:
    home = Household.objects.create(desa_id=DESA, rt=rt, rw="1", family_key=f"keluarga {rt}")
    return home, [StatementRow(DESA, code, value, day(1, 5), household_id=home.pk) for code, value in stated.items()]


def make_woman(name: str, home: Household, batch: SourceBatch) -> Person:
    fields = {"sex": "F", "household": home, "registered_on": day(1, 1, 2025), "name": name, "name_key": name}
    return make_person(DESA, date(1997, 4, 4), batch, **fields)


def receive(person: Person, code: str, *days: date, quantity: int = 1) -> list[ServiceRow]:
    return [ServiceRow(DESA, code, one, person_id=person.pk, quantity=quantity) for one in days]


def state(person: Person, **stated: bool) -> list[StatementRow]:
    return [StatementRow(DESA, code, value, day(2, 1), person_id=person.pk) for code, value in stated.items()]


def make_mothers(batch: SourceBatch, homes: dict[str, Household]) -> tuple[dict[str, Person], LifeRows]:
    """Ani is pregnant for 181 days, Betty for 233 with a thin arm, Citra gave birth on 20 February."""
    ani, betty, citra = (make_woman(name, homes[name], batch) for name in ("ani", "betty", "citra"))
    rows = LifeRows(
        pregnancies=[
            PregnancyRow(ani.pk, DESA, day(10, 1, 2025)),
            PregnancyRow(betty.pk, DESA, day(8, 10, 2025)),
            PregnancyRow(citra.pk, DESA, day(5, 20, 2025), ended_on=day(2, 20), outcome="LIVE"),
        ],
        checks=[
            CheckRow(ani.pk, DESA, day(1, 15), muac_cm=Decimal("25.0")),
            CheckRow(betty.pk, DESA, day(1, 20), muac_cm=Decimal("22.9")),
        ],
        services=[
            *receive(ani, "pregnancy_check", day(11, 10, 2025), day(1, 15)),
            *receive(ani, "iron_tablets", day(1, 15), quantity=30),
            *receive(ani, "nutrition_counselling", day(2, 10)),
            *receive(betty, "pregnancy_check", day(10, 5, 2025), day(12, 5, 2025), day(1, 20), day(3, 5)),
            *receive(betty, "iron_tablets", day(12, 5, 2025), quantity=90),
            *receive(betty, "nutrition_counselling", day(1, 20)),
            *receive(betty, "pregnancy_class", day(3, 5)),
            *receive(betty, "home_visit", day(1, 11), day(3, 11)),
            *receive(citra, "postpartum_care", day(2, 21), day(2, 26), day(3, 10)),
        ],
        statements=[*state(ani, insurance=True), *state(betty, insurance=False), *state(citra, insurance=True)],
    )
    return {"ani": ani, "betty": betty, "citra": citra}, rows


def make_children(batch: SourceBatch, homes: dict[str, Household], citra: Person) -> tuple[dict[str, Person], LifeRows]:
    """Dodi of 1 month, Eka of 8 and stunted, Fani of 14; Gita of 40 months goes to preschool, Hadi of 70 does not."""
    dodi = make_person(DESA, day(2, 20), batch, name="dodi", sex="M", household=homes["citra"], mother=citra)
    eka = make_person(DESA, day(7, 10, 2025), batch, name="eka", household=homes["ani"])
    fani = make_person(DESA, day(1, 15, 2025), batch, name="fani", household=homes["fani"])
    gita = make_person(DESA, day(11, 2, 2022), batch, name="gita", household=homes["betty"])
    hadi = make_person(DESA, day(5, 3, 2020), batch, name="hadi", sex="M", household=homes["betty"])
    measure(dodi, day(3, 10), haz=20)
    for month in (1, 2, 3):
        measure(eka, day(month, 12), haz=-250)
    measure(fani, day(2, 12), haz=-150)
    rows = LifeRows(
        services=[
            *receive(dodi, "hb0", day(2, 20)),
            *[row for code in DOSES for row in receive(eka, code, day(1, 7))],
            *receive(eka, "nutrition_counselling", day(1, 12), day(2, 12), day(3, 12)),
            *receive(eka, "home_visit", day(1, 20), day(2, 20)),
            *receive(eka, "parenting_class", day(1, 25)),
            *receive(fani, "bcg", day(2, 15, 2025)),
            *receive(fani, "mr1", day(10, 15, 2025)),
        ],
        statements=[
            *state(eka, birth_certificate=True, insurance=True),
            *state(fani, birth_certificate=False, insurance=True),
            *state(gita, preschool=True),
            *state(hadi, preschool=False),
        ],
    )
    return {"dodi": dodi, "eka": eka, "fani": fani, "gita": gita, "hadi": hadi}, rows


def make_desa() -> dict[str, Person]:
    """The whole desa; the people by name. The months of the quarter count, for somebody was measured in each."""
    batch = make_batch("scorecard")
    homes, stated = {}, []
    for name, rt, water, latrine in (("ani", "1", True, False), ("betty", "1", True, True), ("citra", "2", None, True),
                                     ("fani", "2", True, True)):  # fmt: skip
        known = {code: value for code, value in (("water", water), ("latrine", latrine)) if value is not None}
        homes[name], said = make_home(f"{rt}{name[0]}", **known)
        stated += said
    mothers, life = make_mothers(batch, homes)
    children, growing = make_children(batch, homes, mothers["citra"])
    for rows in (life, growing, LifeRows(statements=stated)):
        save_life(by=SYSTEM, batch=batch, rows=rows)
    return {**mothers, **children}
