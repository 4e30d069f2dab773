"""Packages and reviews of a made-up province, many at once, as if each step had been taken."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from tumbuh.accounts.api import ROLES, User, list_assignments
from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.api import Level, find_enclosing
from tumbuh.verification.models import Package, Review, ReviewStep, Step
from tumbuh.verification.rules import GROWTH, PASSED, PERMISSION, REVIEWER, Move, ReviewMove, ReviewState, State, Tier

CLIMB = (State.DRAFT, State.SUBMITTED, State.VERIFIED_KECAMATAN, State.VERIFIED_KABUPATEN, State.ACCEPTED)
CHUNK = 2000
DECISIONS = {ReviewState.VERIFIED: ReviewMove.VERIFY, ReviewState.RETURNED: ReviewMove.RETURN}
RETURNED = "Tanda tangan belum lengkap (contoh)."


@transaction.atomic
def backfill_packages(
    *, by: Actor, people: Mapping[Tier, User], wanted: Iterable[tuple[int, date, State]], statement: str,
    data_set: str = GROWTH,
) -> int:  # fmt: skip
    """Make packages of (region id, month, state on the way up) with the steps that lead there; how many were new.

    Only for synthetic data: `people` take the steps of their tier everywhere. A package that is there stays as it is.
    """
    rows = [row for row in wanted if row[2] in CLIMB[1:]]
    taken = set(Package.objects.filter(data_set=data_set).values_list("region_id", "month"))
    packages = [
        Package(
            region_id=region, month=month, data_set=data_set, state=state, is_whole_open=False, version=PASSED[state]
        )
        for region, month, state in rows
        if (region, month) not in taken
    ]
    Package.objects.bulk_create(packages, batch_size=CHUNK)
    roles = {tier: find_role(user, tier) for tier, user in people.items()}
    Step.objects.bulk_create(
        (step for package in packages for step in list_steps(package, people, roles, statement)), batch_size=CHUNK
    )
    record_event(
        by=by, action="verification.backfilled", object_kind="package", object_id="synthetic",
        after={"data_set": data_set, "packages": len(packages)}, reason=statement,
        region_id=find_enclosing({region for region, _month, _state in rows}),
    )  # fmt: skip
    return len(packages)


def find_role(user: User, tier: Tier) -> str:
    """A role of the user that gives the tier's step, or blank."""
    held = (one.role for one in list_assignments(user))
    return next((role for role in held if PERMISSION[tier] in ROLES[role].permissions), "")


def list_steps(package: Package, people: Mapping[Tier, User], roles: Mapping[Tier, str], statement: str) -> list[Step]:
    """One step for each tier that the package has passed."""
    return [
        Step(
            package=package,
            move=Move.SUBMIT if tier == Tier.DESA else Move.VERIFY,
            tier=tier,
            by=people[tier],
            role=roles[tier],
            source=CLIMB[tier - 1],
            target=CLIMB[tier],
            statement=statement,
        )
        for tier in Tier
        if tier <= PASSED[State(package.state)]
    ]


class Reviewed(NamedTuple):
    """A made-up thing that was put forward: what it is, whose region, where its review stands."""

    kind: str
    subject_id: UUID
    region_id: int
    level: Level
    state: ReviewState


@transaction.atomic
def backfill_reviews(*, by: Actor, maker: User, people: Mapping[Tier, User], rows: Iterable[Reviewed]) -> int:
    """Reviews of made-up things, made and put forward by `maker`, reviewed by the `people` of their tier; how many.

    Only for synthetic data: `people` take the steps of their tier everywhere.
    """
    reviews = [
        Review(
            subject_kind=row.kind,
            subject_id=row.subject_id,
            region_id=row.region_id,
            tier=REVIEWER[row.level],
            state=row.state,
            makers=[maker.pk],
            version=1 + (row.state != ReviewState.SUBMITTED),
        )
        for row in rows
    ]
    Review.objects.bulk_create(reviews, batch_size=CHUNK)
    roles = {tier: find_role(user, tier) for tier, user in people.items()}
    steps = [ReviewStep(review=one, move=ReviewMove.SUBMIT, target=ReviewState.SUBMITTED, by=maker) for one in reviews]
    steps += [
        ReviewStep(
            review=one,
            move=DECISIONS[ReviewState(one.state)],
            target=one.state,
            by=people[Tier(one.tier)],
            role=roles[Tier(one.tier)],
            reason=RETURNED if one.state == ReviewState.RETURNED else "",
        )
        for one in reviews
        if one.state in DECISIONS
    ]
    ReviewStep.objects.bulk_create(steps, batch_size=CHUNK)
    record_event(
        by=by,
        action="verification.items.backfilled",
        object_kind="review",
        object_id="synthetic",
        after={"reviews": len(reviews)},
    )
    return len(reviews)
