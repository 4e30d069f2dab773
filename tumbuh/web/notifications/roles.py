"""What administrators do with somebody's roles and second factors, with a word to whose they are."""

from typing import Any

from django.db import transaction

from tumbuh.accounts.api import Assignment, User, end_role, grant_role, remove_factors
from tumbuh.notifications.api import notify
from tumbuh.regions.api import Region

KIND = "account.role_changed"


@transaction.atomic
def grant_and_tell(*, by: User, user: User, region: Region, **about: Any) -> Assignment:
    """As `grant_role`, which takes the rest; the user is told in the same transaction."""
    notify(by=by, kind=KIND, to=[user.pk], key=region.code, places={"place": region.full_name})
    return grant_role(by=by, user=user, region=region, **about)


@transaction.atomic
def end_and_tell(*, by: User, assignment: Assignment, reason: str) -> Assignment:
    """As `end_role`; the user is told in the same transaction."""
    region = assignment.region
    notify(by=by, kind=KIND, to=[assignment.user_id], key=region.code, places={"place": region.full_name})
    return end_role(by=by, assignment=assignment, reason=reason)


@transaction.atomic
def remove_factors_and_tell(*, by: User, user: User, reason: str) -> int:
    """As `remove_factors`; the user is told in the same transaction."""
    notify(by=by, kind="security.factor_removed", to=[user.pk], key="own")
    return remove_factors(by=by, user=user, reason=reason)
