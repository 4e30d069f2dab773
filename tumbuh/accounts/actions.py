"""Making accounts and giving roles."""

from datetime import date

from django.db import transaction

from tumbuh.accounts.models import Assignment, User
from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.api import Region


@transaction.atomic
def create_user(
    *, by: Actor, username: str, password: str, full_name: str = "", email: str = "", is_demo: bool = False
) -> User:
    """A new account with a hashed password."""
    user = User.objects.create_user(
        username=username, password=password, email=email, first_name=full_name[:150], is_demo=is_demo
    )
    record_event(by=by, action="accounts.user.created", object_kind="user", object_id=user.pk)
    return user


@transaction.atomic
def assign_role(
    *, by: Actor, user: User, role: str, region: Region, valid_from: date, valid_to: date | None = None
) -> Assignment:
    """Give a role in a region; saying it again changes nothing."""
    assignment, is_new = Assignment.objects.get_or_create(
        user=user, role=role, region=region, valid_from=valid_from, defaults={"valid_to": valid_to}
    )
    if is_new:
        after = {"role": role, "region": region.code, "valid_from": valid_from.isoformat()}
        record_event(by=by, action="accounts.role.assigned", object_kind="user", object_id=user.pk, after=after)
    return assignment
