"""Twenty thousand activities of a province: evidence, list, month and board stay quick and few in queries."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import READ_ACTIVITIES, get_scope
from tumbuh.activities.api import (
    Activity,
    Asked,
    FollowUp,
    State,
    Wish,
    count_days,
    count_follow_ups,
    list_activities,
    list_follow_ups,
    list_held,
)
from tumbuh.regions.api import get_span
from tumbuh.verification.models import Review

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 20_000


@pytest.fixture
def admin(db):
    codes = {f"91.{kab:02}": "x" for kab in range(1, 11)} | {f"91.{kab:02}.01": "x" for kab in range(1, 11)}
    codes |= {f"91.{kab:02}.01.2{desa:03}": "Desa" for kab in range(1, 11) for desa in range(1, 101)}
    regions = make_province({"91": "Anu"} | codes)
    user = make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    desa = [region for code, region in regions.items() if code.count(".") == 3]
    start = timezone.now() - timedelta(days=700)
    made = Activity.objects.bulk_create(
        Activity(
            kind="REMBUK_STUNTING" if number % 2 else "KAP", title=f"Kegiatan {number}", region=desa[number % 1000],
            starts_at=start + timedelta(hours=number % 16000), ends_at=start + timedelta(hours=number % 16000 + 2),
            state=State.HELD if number % 4 else State.PLANNED, attended=number % 50, planned_by=user,
        )
        for number in range(MANY)
    )  # fmt: skip
    Review.objects.bulk_create(
        Review(subject_kind="ACTIVITY", subject_id=one.public_id, region=one.region, tier=2, state="VERIFIED")
        for one in made[::3]
    )
    FollowUp.objects.bulk_create(
        FollowUp(activity=one, text="x", owner_name="PKK", due_on=date(2026, 1, 1) + timedelta(days=place % 900))
        for place, one in enumerate(made[::2])
    )
    return user


def clock(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def test_a_provinces_worth(admin, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        held = list_held({"REMBUK_STUNTING", "KAP"})
    assert len(held) == 15_000 and 3_000 < sum(one.is_verified for one in held) < 6_000
    assert len(list_held({"KAP"}, within=get_span("91.05"))) == 500
    scope, today = get_scope(admin, READ_ACTIVITIES), timezone.localdate()
    took = {
        "evidence": clock(lambda: list_held({"REMBUK_STUNTING", "KAP"})),
        "list": clock(lambda: list(list_activities(scope, Wish())[:40])),
        "days": clock(lambda: count_days(scope, Wish(since=today - timedelta(30), until=today))),
        "board": clock(lambda: list(list_follow_ups(scope, Asked(), today)[:40])),
        "counts": clock(lambda: count_follow_ups(scope, today)),
    }
    client.force_login(admin)
    for address in ("/kegiatan", "/kegiatan?tampilan=bulan", "/tindak-lanjut", "/tindak-lanjut?status=LATE"):
        client.get(address)
        took[address] = clock(lambda address=address: client.get(address))
    print({name: f"{1000 * seconds:.0f} ms" for name, seconds in took.items()})
    assert all(seconds < 1.5 for seconds in took.values()), took
