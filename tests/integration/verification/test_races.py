"""Two people who act on one package at the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.accounts import make_user
from tests.factories.packages import MONTH, make_holders, submit, verify
from tests.factories.regions import make_province
from tumbuh.verification.api import Move, Package, State, Tier, VerificationError, Wish, take_step

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def race(*calls) -> list[str]:
    """Each call in a thread and connection of its own, all at once; "done" or the error's name."""
    barrier = Barrier(len(calls))

    def run(call) -> str:
        try:
            barrier.wait()
            call()
        except VerificationError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_at_once_one_goes_first_and_the_other_is_told():
    regions = make_province()
    holders = make_holders(regions)
    second = make_user("camat2", role="KECAMATAN_VERIFIER", region=regions["91.01.01"])
    desa = regions["91.01.01.2001"]
    back = Wish(Move.RETURN, Tier.KECAMATAN, State.RETURNED_DESA, "sebab")
    for round_ in range(20):
        submit(holders[Tier.DESA], desa)
        answers = race(
            lambda: verify(second, desa, Tier.KECAMATAN),
            lambda: take_step(by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=back),
        )
        assert sorted(answers) == ["MoveError", "done"], round_
        package = Package.objects.get()
        assert package.version == package.steps.count()
        if package.state == State.VERIFIED_KECAMATAN:
            undo = Wish(Move.UNAPPROVE, Tier.KECAMATAN, State.SUBMITTED, "sebab")
            take_step(by=second, region=desa, month=MONTH, wish=undo)
            take_step(by=second, region=desa, month=MONTH, wish=back)


def test_two_who_send_the_same_draft_make_one_package():
    regions = make_province()
    holders = make_holders(regions)
    desa = regions["91.01.01.2001"]
    second = make_user("operator2", role="DESA_OPERATOR", region=desa)
    answers = race(lambda: submit(holders[Tier.DESA], desa), lambda: submit(second, desa))
    assert sorted(answers) == ["MoveError", "done"]
    assert Package.objects.get().steps.count() == 1
