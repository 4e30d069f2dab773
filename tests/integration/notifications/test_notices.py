"""Notices: told once, gathered, read by their own reader, in the caller's transaction."""

import pytest
from django.db import transaction

from tests.factories.accounts import make_user
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.notifications.api import (
    Channel,
    News,
    Notice,
    count_unread,
    describe,
    find_notice,
    find_notices,
    list_choices,
    mark_read,
    notify,
    notify_each,
    set_preferences,
)
from tumbuh.notifications.errors import PlaceError
from tumbuh.notifications.models import OutgoingMessage, Preference

pytestmark = pytest.mark.django_db
MARCH = {"region": "91.01.01", "place": "Kecamatan Anu", "month": "2026-03"}
DUE = {**MARCH, "number": "4", "day": "2026-04-06"}


def tell(*to, kind="package.waiting", key="2026-03:2", places=None, **more):
    places = places or {"package.waiting": MARCH, "deadline.late": DUE}[kind]
    return notify(by=SYSTEM, kind=kind, to=[user.pk for user in to], key=key, places=places, **more)


def test_each_person_gets_their_own(reader, other):
    tell(reader, other)
    [line] = [describe(notice) for notice in find_notices(reader)]
    assert line.subject == "Paket pengukuran anak menunggu: Kecamatan Anu, Maret 2026"
    assert line.text.startswith(
        "Ada 1 paket pengukuran anak Maret 2026 dari Kecamatan Anu yang baru masuk dan menunggu"
    )
    assert line.link == "/verifikasi/91.01.01/2026-03"
    assert count_unread(reader) == count_unread(other) == 1


def test_what_is_told_once_is_not_told_again_even_after_it_was_read(reader):
    tell(reader, kind="deadline.late")
    mark_read(by=reader)
    assert tell(reader, kind="deadline.late") == []
    assert find_notices(reader).count() == 1
    assert count_unread(reader) == 0


def test_what_gathers_counts_up_until_it_is_read(reader):
    tell(reader)
    tell(reader, count=3)
    assert [notice.count for notice in find_notices(reader)] == [4]
    mark_read(by=reader)
    tell(reader, count=2)
    assert [notice.count for notice in find_notices(reader)] == [2]
    assert count_unread(reader) == 1


def test_another_key_or_kind_is_another_notice(reader):
    tell(reader)
    tell(reader, key="2026-04:2")
    tell(reader, kind="deadline.late")
    assert count_unread(reader) == 3


def test_who_did_it_is_not_told(reader, other):
    notify(by=reader, kind="package.waiting", to=[reader.pk, other.pk], key="x", places=MARCH)
    assert (count_unread(reader), count_unread(other)) == (0, 1)


def test_a_notice_goes_with_the_transaction_that_told_it(reader):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(reader)
        raise ZeroDivisionError
    assert count_unread(reader) == 0


def test_places_that_the_texts_do_not_know_are_refused(reader):
    with pytest.raises(PlaceError):
        tell(reader, places={**MARCH, "name": "ANI"})


def test_many_are_told_with_few_queries(django_assert_max_num_queries):
    users = [make_user(f"pemeriksa{number}") for number in range(30)]
    news = [News(user.pk, "2026-03", {**MARCH, "place": f"Desa {user.pk}"}, 2) for user in users]
    with django_assert_max_num_queries(6):  # a savepoint, preferences, the insert, the notices
        assert len(notify_each(by=SYSTEM, kind="package.accepted", news=news)) == 30


def test_reading_is_only_of_ones_own(reader, other):
    tell(reader, other)
    [mine], [theirs] = find_notices(reader), find_notices(other)
    assert mark_read(by=reader, notices=[theirs]) == 0
    assert count_unread(other) == 1
    with pytest.raises(Notice.DoesNotExist):
        find_notice(reader, theirs.public_id)
    assert mark_read(by=reader, notices=[mine]) == 1
    assert mark_read(by=reader, notices=[mine]) == 0


def test_counting_takes_one_query(reader, django_assert_num_queries):
    for number in range(3):
        tell(reader, key=str(number))
    with django_assert_num_queries(1):
        assert count_unread(reader) == 3


def test_off_means_that_nothing_is_kept(reader):
    set_preferences(by=reader, channels={"package.waiting": Channel.OFF}, language="id")
    assert tell(reader) == []
    assert not Notice.objects.exists()


def test_preferences_keep_what_can_be_chosen_and_say_so_in_the_trail(reader):
    wanted = {"package.waiting": Channel.OFF, "deadline.late": Channel.OFF, "unknown": Channel.OFF}
    before = Event.objects.count()
    set_preferences(by=reader, channels=wanted, language="en")
    assert list(Preference.objects.values_list("kind", "channel")) == [("package.waiting", "OFF")]
    set_preferences(by=reader, channels=wanted, language="en")
    assert Event.objects.count() == before + 1
    chosen = {choice.kind.code: choice.channel for choice in list_choices(reader)}
    assert (chosen["package.waiting"], chosen["deadline.late"]) == (Channel.OFF, Channel.IN_APP)


def test_without_mail_server_nothing_leaves(reader):
    tell(reader, kind="deadline.late")
    assert Notice.objects.get().channel == Channel.IN_APP
    assert not OutgoingMessage.objects.exists()
