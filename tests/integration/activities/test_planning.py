"""Planning: once, for many regions, changed, called off."""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

import pytest

from tests.factories.accounts import make_user
from tests.factories.activities import make_held, make_plan
from tests.factories.regions import make_province
from tumbuh.activities.api import (
    Activity,
    NotYoursError,
    PlanError,
    Series,
    State,
    StateError,
    cancel,
    change_plan,
    plan_activity,
    plan_for_units,
    reopen,
)
from tumbuh.audit.api import Event
from tumbuh.regions.api import Level

pytestmark = pytest.mark.django_db


def count_events() -> int:
    return Event.objects.filter(action__startswith="activities.").count()


def test_planned_once_however_often_it_is_sent(operator, desa):
    key = uuid4()
    first = plan_activity(by=operator, region=desa, plan=make_plan(), public_id=key)
    again = plan_activity(by=operator, region=desa, plan=make_plan(), public_id=key)
    assert first == again and Activity.objects.count() == 1 and count_events() == 1
    event = Event.objects.get(action="activities.planned")
    assert event.region_id == desa.pk and event.object_id == str(key)


def test_not_outside_ones_regions(operator, staff, province):
    for code in ("91.01.01.2002", "91.01.01", "91.02.01.2001", "91"):
        with pytest.raises(NotYoursError):
            plan_activity(by=operator, region=province[code], plan=make_plan("RAPAT_KOORDINASI"))
    for role in ("ANALYST", "KABUPATEN_VERIFIER", "PROVINSI_VERIFIER"):
        with pytest.raises(NotYoursError):
            plan_activity(by=staff[role], region=province["91.01"], plan=make_plan("RAKOR"))
    assert Activity.objects.count() == 0


def test_the_number_of_somebody_elses_activity_opens_nothing(operator, staff, province, desa):
    other = plan_activity(by=staff["PROVINSI_ADMIN"], region=province["91.02.01.2001"], plan=make_plan())
    with pytest.raises(NotYoursError):
        plan_activity(by=operator, region=desa, plan=make_plan(), public_id=other.public_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "TIDAK_ADA"}, {"kind": "RAKOR"}, {"title": "  "}, {"mode": "TELEPATI"}, {"agenda": ("x",) * 41},
        {"ends_at": make_plan().starts_at}, {"ends_at": make_plan().starts_at + timedelta(days=400)},
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be(operator, desa, changes):
    with pytest.raises(PlanError):
        plan_activity(by=operator, region=desa, plan=replace(make_plan(), **changes))


def test_changed_and_unchanged(operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    same = change_plan(by=operator, public_id=planned.public_id, plan=make_plan(), version=0)
    assert same.version == 0 and count_events() == 1
    moved = change_plan(by=operator, public_id=planned.public_id, plan=make_plan(place="Balai dusun"), version=0)
    assert moved.version == 1 and moved.place == "Balai dusun" and count_events() == 2
    with pytest.raises(StateError):
        change_plan(by=operator, public_id=planned.public_id, plan=make_plan(), version=0)


def test_called_off_with_a_reason_and_back(operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    with pytest.raises(StateError):
        cancel(by=operator, public_id=planned.public_id, reason=" ")
    cancel(by=operator, public_id=planned.public_id, reason="banjir")
    assert cancel(by=operator, public_id=planned.public_id, reason="banjir").state == State.CANCELLED
    assert count_events() == 2
    with pytest.raises(StateError):
        change_plan(by=operator, public_id=planned.public_id, plan=make_plan(place="lain"))
    assert reopen(by=operator, public_id=planned.public_id, reason="surut").state == State.PLANNED


def test_what_was_held_is_not_called_off(operator, desa):
    held = make_held(operator, desa)
    with pytest.raises(StateError):
        cancel(by=operator, public_id=held.public_id, reason="keliru")
    assert reopen(by=operator, public_id=held.public_id, reason="salah tanggal").state == State.PLANNED


def test_one_plan_for_every_desa_of_ones_regions(staff, province):
    key, plan = uuid4(), make_plan(after=timedelta(days=30))
    made = plan_for_units(
        by=staff["KABUPATEN_ANALYST"], within=province["91.01"], level=Level.DESA, plan=plan, public_id=key
    )
    assert (made.made, made.present) == (3, 0)
    again = plan_for_units(
        by=staff["KABUPATEN_ANALYST"], within=province["91.01"], level=Level.DESA, plan=plan, public_id=key
    )
    assert (again.made, again.present) == (0, 3) and Series.objects.count() == 1 and count_events() == 1
    with pytest.raises(StateError):
        plan_for_units(
            by=staff["KABUPATEN_ANALYST"], within=province["91.01"], level=Level.DESA,
            plan=replace(plan, title="lain"), public_id=key,
        )  # fmt: skip
    with pytest.raises(NotYoursError):
        plan_for_units(
            by=staff["KABUPATEN_ANALYST"], within=province["91"], level=Level.DESA, plan=plan, public_id=uuid4()
        )


def test_a_desa_that_came_later_is_added(staff, province):
    province["91.01.01.2002"].is_active = False
    province["91.01.01.2002"].save()
    key = uuid4()
    wish = {"by": staff["PROVINSI_ADMIN"], "within": province["91"], "level": Level.DESA, "public_id": key}
    assert plan_for_units(plan=make_plan(), **wish).made == 4
    province["91.01.01.2002"].is_active = True
    province["91.01.01.2002"].save()
    assert plan_for_units(plan=make_plan(), **wish)[1:] == (1, 4)


@pytest.mark.slow
def test_fifteen_hundred_desa_in_five_seconds(db):
    codes = {f"91.{kab:02}": "x" for kab in range(1, 11)} | {f"91.{kab:02}.01": "x" for kab in range(1, 11)}
    codes |= {f"91.{kab:02}.01.2{desa:03}": "Desa" for kab in range(1, 11) for desa in range(1, 152)}
    regions = make_province({"91": "Anu"} | codes)
    admin = make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    start = perf_counter()
    made = plan_for_units(by=admin, within=regions["91"], level=Level.DESA, plan=make_plan(), public_id=uuid4())
    assert made.made == 1510 and perf_counter() - start < 5
