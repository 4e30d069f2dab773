"""Two who act on one activity at the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.factories.activities import DESA, make_held, make_photo, make_plan, make_record, make_staff
from tests.factories.regions import make_province
from tumbuh.activities.api import (
    Activity,
    ActivityError,
    FollowUp,
    Photo,
    add_photo,
    cancel,
    plan_activity,
    plan_for_units,
    record_held,
    submit_activity,
)
from tumbuh.activities.models import Minutes, Participant
from tumbuh.regions.api import Level
from tumbuh.verification.api import Review, ReviewState

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def race(*calls) -> list[str]:
    """Each call in a thread and connection of its own, all at once; "done" or the error's name."""
    barrier = Barrier(len(calls))

    def run(call) -> str:
        try:
            barrier.wait()
            call()
        except ActivityError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_what_is_sent_twice_at_once_is_there_once():
    regions = make_province()
    staff = make_staff(regions)
    operator, analyst, desa = staff["DESA_OPERATOR"], staff["KABUPATEN_ANALYST"], regions[DESA]
    for _round in range(5):
        key, many, plan = uuid4(), uuid4(), make_plan()
        assert race(*[partial(plan_activity, by=operator, region=desa, plan=plan, public_id=key)] * 3) == ["done"] * 3
        units = {"within": regions["91.01"], "level": Level.DESA, "plan": plan, "public_id": many}
        assert race(*[partial(plan_for_units, by=analyst, **units)] * 3) == ["done"] * 3
        assert Activity.objects.filter(series__public_id=many).count() == 3
        record, data = make_record(), make_photo()
        assert race(*[partial(record_held, by=operator, public_id=key, record=record)] * 3) == ["done"] * 3
        assert race(*[partial(add_photo, by=operator, public_id=key, data=data, caption="foto")] * 3) == ["done"] * 3
        held = Activity.objects.get(public_id=key)
        counts = [model.objects.filter(activity=held).count() for model in (Participant, Minutes, FollowUp, Photo)]
        assert counts == [6, 1, 1, 1]


def test_held_or_called_off_but_not_both():
    regions = make_province()
    operator, desa = make_staff(regions)["DESA_OPERATOR"], regions[DESA]
    for _round in range(10):
        key = plan_activity(by=operator, region=desa, plan=make_plan()).public_id
        answers = race(
            lambda key=key: record_held(by=operator, public_id=key, record=make_record()),
            lambda key=key: cancel(by=operator, public_id=key, reason="banjir"),
        )
        assert sorted(answers) == ["StateError", "done"]


def test_what_is_put_forward_is_what_was_written():
    """Either the correction comes before the submission, or it is refused: never after it."""
    regions = make_province()
    operator, desa = make_staff(regions)["DESA_OPERATOR"], regions[DESA]
    for _round in range(10):
        held = make_held(operator, desa, after=timedelta(days=-2))
        late = make_record(decisions=("lain",))
        answers = race(
            lambda held=held, late=late: record_held(by=operator, public_id=held.public_id, record=late),
            lambda held=held: submit_activity(by=operator, public_id=held.public_id),
        )
        assert answers[1] == "done" and answers[0] in ("done", "ClosedError")
        written = held.decisions.get().text
        assert (written == "lain") is (answers[0] == "done")
        assert Review.objects.get(subject_id=held.public_id).state == ReviewState.SUBMITTED
