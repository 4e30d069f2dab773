"""A tier whose approval was passed on asks the one that holds the package for it; the holder grants or declines."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.accounts import make_user
from tests.factories.packages import MONTH, climb, submit, verify
from tumbuh.audit.models import Event
from tumbuh.verification.api import (
    Answer,
    Move,
    Package,
    Recall,
    State,
    Tier,
    Wish,
    ask_back,
    decline_recall,
    list_recalls_for,
    take_step,
)
from tumbuh.verification.errors import MoveError, NotYoursError, ReasonError

pytestmark = pytest.mark.django_db


def ask(holders, desa, tier: Tier = Tier.KECAMATAN, reason: str = "dua desa tertukar") -> Recall:
    return ask_back(by=holders[tier], region=desa, month=MONTH, tier=tier, reason=reason)


def test_granting_takes_the_approvals_back_and_answers_the_request(holders, desa):
    climb(holders, desa, Tier.PROVINSI)
    recall = ask(holders, desa)
    assert ask(holders, desa).pk == recall.pk
    assert [len(list_recalls_for(holders[tier])) for tier in Tier] == [0, 0, 0, 1]
    wish = Wish(Move.UNAPPROVE, Tier.PROVINSI, State.SUBMITTED, recall.reason)
    take_step(by=holders[Tier.PROVINSI], region=desa, month=MONTH, wish=wish)
    recall.refresh_from_db()
    assert (recall.answer, recall.answered_by, recall.role) == (
        Answer.GRANTED, holders[Tier.PROVINSI], "KECAMATAN_VERIFIER",
    )  # fmt: skip
    assert Package.objects.get().state == State.SUBMITTED and list_recalls_for(holders[Tier.PROVINSI]) == []
    asked = Event.objects.get(action="verification.recall_asked")
    assert (asked.reason, asked.region_id, asked.actor_name) == ("dua desa tertukar", desa.pk, "camat")


def test_declining_says_why_and_leaves_the_package(holders, desa):
    climb(holders, desa, Tier.KABUPATEN)
    recall = ask(holders, desa)
    with pytest.raises(ReasonError):
        decline_recall(by=holders[Tier.KABUPATEN], recall=recall, reason=" ")
    with pytest.raises(NotYoursError):
        decline_recall(by=holders[Tier.PROVINSI], recall=recall, reason="sudah benar")
    decline_recall(by=holders[Tier.KABUPATEN], recall=recall, reason="sudah benar")
    with pytest.raises(MoveError):
        decline_recall(by=holders[Tier.KABUPATEN], recall=recall, reason="sudah benar")
    recall.refresh_from_db()
    assert (recall.answer, recall.words, Package.objects.get().state) == (
        Answer.DECLINED, "sudah benar", State.VERIFIED_KABUPATEN,
    )  # fmt: skip
    assert Event.objects.get(action="verification.recall_declined").reason == "sudah benar"
    assert ask(holders, desa).pk != recall.pk  # with a new reason it can be asked again


def test_a_request_follows_the_package_upwards_and_is_met_by_any_way_back(holders, desa):
    climb(holders, desa, Tier.KABUPATEN)
    recall = ask(holders, desa)
    verify(holders[Tier.PROVINSI], desa, Tier.PROVINSI)
    assert list_recalls_for(holders[Tier.KABUPATEN]) == [] and list_recalls_for(holders[Tier.PROVINSI]) == [recall]
    down = Wish(Move.UNAPPROVE, Tier.PROVINSI, State.VERIFIED_KABUPATEN, "periksa lagi")
    take_step(by=holders[Tier.PROVINSI], region=desa, month=MONTH, wish=down)
    assert list_recalls_for(holders[Tier.KABUPATEN]) == [recall]
    back = Wish(Move.RETURN, Tier.PROVINSI, State.RETURNED_DESA, "unggah ulang")
    take_step(by=holders[Tier.PROVINSI], region=desa, month=MONTH, wish=back)
    recall.refresh_from_db()
    assert (recall.answer, recall.words) == (Answer.GRANTED, "unggah ulang")


@pytest.mark.parametrize(
    ("up_to", "tier"), [(Tier.DESA, Tier.DESA), (Tier.KECAMATAN, Tier.KECAMATAN), (Tier.PROVINSI, Tier.PROVINSI)]
)
def test_nobody_asks_for_what_they_can_take_back_themselves(holders, desa, up_to, tier):
    climb(holders, desa, up_to)
    with pytest.raises(MoveError):
        ask(holders, desa, tier)
    assert not Recall.objects.exists()


def test_only_the_tier_at_that_place_asks_and_says_why(holders, regions, desa):
    submit(holders[Tier.DESA], desa)
    verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN)
    with pytest.raises(ReasonError):
        ask(holders, desa, Tier.DESA, " ")
    elsewhere = make_user("lain", role="DESA_OPERATOR", region=regions["91.01.01.2002"])
    with pytest.raises(NotYoursError):
        ask_back(by=elsewhere, region=desa, month=MONTH, tier=Tier.DESA, reason="x")
    assert ask(holders, desa, Tier.DESA).tier == Tier.DESA


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"answer": "MAYBE"}, "recall_answer"), ({"tier": 4}, "recall_tier"), ({"answer": "GRANTED"}, "recall_answered")],
)
def test_the_database_holds_the_codes(holders, desa, values, constraint):
    climb(holders, desa, Tier.PROVINSI)
    ask(holders, desa)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Recall.objects.update(**values)
