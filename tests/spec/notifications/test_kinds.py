"""The kinds as they are written down: both languages, the same open places, plain texts, links that exist."""

from datetime import date
from string import Formatter

import pytest
from django.urls import resolve

from tumbuh.notifications.errors import PlaceError
from tumbuh.notifications.queries.kinds import read_kinds
from tumbuh.notifications.rules import (
    Channel,
    Way,
    check_places,
    choose_channel,
    list_channels,
    write_link,
    write_notice,
)
from tumbuh.verification.api import DataSet

KINDS = read_kinds()
SAMPLES = {
    "data": "services",
    "region": "91.01.01",
    "place": "Kecamatan Anu",
    "month": "2026-03",
    "day": "2026-04-06",
    "moment": "2026-04-06T07:05+07:00",
    "number": "1513",
    "import": "5f0f7e2c-7d6e-4f3f-9b1a-0c2d1e3f4a5b",
}
BOTH, MAIL, NONE = {Way.EMAIL, Way.WEBHOOK}, {Way.EMAIL}, set()
# kind's own channel, what the user wants, ways out that exist, what it becomes
CHOICES = [
    (Channel.IN_APP, None, BOTH, Channel.IN_APP),
    (Channel.DIGEST, None, MAIL, Channel.DIGEST),
    (Channel.DIGEST, None, NONE, Channel.IN_APP),
    (Channel.EMAIL, None, NONE, Channel.IN_APP),
    (Channel.EMAIL, Channel.DIGEST, MAIL, Channel.DIGEST),
    (Channel.EMAIL, Channel.WEBHOOK, BOTH, Channel.WEBHOOK),
    (Channel.EMAIL, Channel.WEBHOOK, MAIL, Channel.IN_APP),
    (Channel.IN_APP, Channel.OFF, NONE, Channel.OFF),
]


def fill(kind):
    return {name: SAMPLES[name] for name in kind.places}


def list_open(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_kind_says_the_same_in_both_languages(kind):
    assert set(kind.label) == set(kind.subject) == set(kind.text) == {"id", "en"}
    assert kind.places <= set(SAMPLES)
    assert list_open(kind.text["id"]) == list_open(kind.text["en"])
    assert list_open(kind.subject["id"]) == list_open(kind.subject["en"])
    texts = [text for language in ("id", "en") for text in write_notice(kind, fill(kind), 3, language)]
    assert all("{" not in text and "<" not in text for text in texts)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_kind_leads_to_a_page_of_the_site(kind):
    link = write_link(kind, fill(kind))
    assert link.startswith("/") and "://" not in link
    assert resolve(link)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_that_shows_its_count_gathers(kind):
    assert kind.gathers or "count" not in list_open("".join([*kind.text.values(), *kind.subject.values()]))


@pytest.mark.parametrize("own,wanted,ways,becomes", CHOICES)
def test_the_channel_is_what_the_user_wants_where_it_exists(own, wanted, ways, becomes):
    kind = KINDS["package.waiting"]
    assert choose_channel(type(kind)(**{**vars(kind), "channel": own}), wanted, ways) == becomes


def test_nobody_is_spared_what_concerns_the_safety_of_their_account():
    for code in KINDS:
        if code.startswith(("security.", "account.")):
            assert Channel.OFF not in list_channels(KINDS[code], BOTH)
            assert choose_channel(KINDS[code], Channel.OFF, NONE) == Channel.IN_APP


def test_words_follow_the_language_of_the_reader():
    waiting = KINDS["package.waiting"]
    places = {"data": "services", "region": "91.01.01", "place": "Kecamatan Anu", "month": "2026-03"}
    said = write_notice(waiting, places, 1513, "id")[1]
    assert said.startswith("Ada 1.513 paket layanan Maret 2026 dari Kecamatan Anu")
    assert write_notice(waiting, places, 1513, "en")[1].endswith("for March 2026 wait for your review: 1,513.")
    assert write_link(waiting, {**places, "region": "../x"}) == "/verifikasi/layanan/..%2Fx/2026-03"


def test_a_notice_from_before_there_were_data_sets_speaks_of_measurements():
    waiting = KINDS["package.waiting"]
    places = {"region": "91.01.01", "place": "Kecamatan Anu", "month": "2026-03"}
    assert write_notice(waiting, places, 2, "id")[1].startswith("Ada 2 paket pengukuran anak Maret 2026 dari")
    assert write_link(waiting, places) == "/verifikasi/91.01.01/2026-03"


def test_every_data_set_has_its_words():
    assert list(KINDS["package.waiting"].words["data"]) == DataSet.values


@pytest.mark.parametrize(
    "places",
    [
        {},
        {"region": "91", "place": "Provinsi Anu"},
        {"data": "growth", "region": "91", "place": "Provinsi Anu", "month": date(2026, 3, 1)},
        {"data": "growth", "region": "91", "place": "Provinsi Anu", "month": "2026-03", "child": "ANI"},
    ],
)
def test_a_notice_holds_exactly_what_its_texts_speak_of(places):
    with pytest.raises(PlaceError):
        check_places(KINDS["package.waiting"], places)
