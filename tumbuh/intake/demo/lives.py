"""Making the lives around the made-up children: kabupaten by kabupaten, each in one transaction."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Min

from tumbuh.audit.api import Actor
from tumbuh.intake.demo.happenings import tell_family
from tumbuh.intake.demo.kin import (
    SEED,
    Family,
    Numbers,
    choose_decile,
    draw_couple,
    draw_girl,
    draw_mother,
    list_families,
)
from tumbuh.intake.demo.life import Life
from tumbuh.intake.demo.mothers import tell_couple
from tumbuh.intake.demo.names import DEFINITIONS, read_names
from tumbuh.records.api import (
    Measurement,
    PersonRow,
    Pregnancy,
    SourceBatch,
    create_batch,
    enrol_people,
    link_mothers,
    save_life,
)

KIND = "DEMO_LIFE"
NAME = "Keluarga dan layanan contoh (rekaan)"


def has_lives() -> bool:
    """Whether the lives were made."""
    return Pregnancy.objects.filter(batch__kind=KIND).exists()


def make_lives(
    *, by: Actor, children: SourceBatch, months: list[date], spans: list[tuple[int, int]], say: Callable[[str], None]
) -> int:
    """Mothers, daughters, couples and what they all received, for the children of the demo; how many services.

    `months` are those of the demo, oldest first; `spans` the ranges of desa, one transaction each. The caller refreshes
    the indicators.
    """
    plan = yaml.safe_load((DEFINITIONS / "lives.yaml").read_text())
    batch = create_batch(by=by, kind=KIND, name=NAME)
    numbers, services = Numbers(), 0
    for low, high in spans:
        services += make_span(by, batch, list_span(children, low, high), make_life(plan, months), numbers, low)
        say(f"{services} layanan, kehamilan dan keterangan keluarga")
    return services


def make_life(plan: dict[str, Any], months: list[date]) -> Life:
    until = (months[-1] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Life(plan, months[-plan["months"] :], months[0], until)


def list_span(children: SourceBatch, low: int, high: int) -> list[Family]:
    visits = Measurement.objects.filter(batch=children, desa_id__gte=low, desa_id__lte=high)
    lows = visits.filter(whz_flag=False, haz_flag=False).values_list("person_id").annotate(Min("whz"), Min("haz"))
    return list_families(children, low, high, {person: (whz, haz) for person, whz, haz in lows})


@transaction.atomic
def make_span(by: Actor, batch: SourceBatch, families: list[Family], life: Life, numbers: Numbers, seed: int) -> int:
    """The people of some families and their lives, in one transaction; how many rows were written."""
    rng, names = Random(SEED + seed), read_names()  # noqa: S311 — made-up people
    share = life.plan["nik"]
    for family in families:
        family.decile = choose_decile(rng, life.plan["deciles"])
    mothers = [draw_mother(rng, numbers, family, life.since, share) for family in families]
    for family, enrolled in zip(families, enrol(by, batch, mothers), strict=True):
        family.mother_id = enrolled
    link_mothers(by=by, batch=batch, pairs=[(child.id, f.mother_id) for f in families for child in f.children])
    with_girl = [family for family in families if rng.random() < life.plan["girl"]]
    girls = [draw_girl(rng, numbers, f, life.until, life.since, share, draw_name(rng, names)) for f in with_girl]
    for family, enrolled in zip(with_girl, enrol(by, batch, girls), strict=True):
        family.girl_id = enrolled
    hosts = [family for family in families if rng.random() < life.plan["couples"]]
    pairs = [row for family in hosts for row in draw_couple(rng, numbers, family, life.since, names)]
    people = enrol(by, batch, pairs)
    for family in families:
        tell_family(rng, life, family)
    for family, bride, groom in zip(hosts, people[::2], people[1::2], strict=True):
        tell_couple(rng, life, family, bride, groom)
    return save_life(by=by, batch=batch, rows=life.rows).new


def draw_name(rng: Random, names: dict[str, list[str]]) -> str:
    return f"{rng.choice(names['girls'])} {rng.choice(names['second'])}"


def enrol(by: Actor, batch: SourceBatch, rows: list[PersonRow]) -> list[int]:
    """The ids of the people of the rows; every row is somebody new."""
    enrolled = enrol_people(by=by, batch=batch, rows=rows, is_synthetic=True)
    missing = [one for one in enrolled if one.person_id is None]
    if missing:
        raise ValueError(f"{len(missing)} of the made-up people look like others: {missing[0].match}")
    return [one.person_id for one in enrolled if one.person_id is not None]
