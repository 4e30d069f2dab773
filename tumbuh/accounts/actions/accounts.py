"""Making accounts and giving roles."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.actions.sessions import raise_stamp
from tumbuh.accounts.errors import AlreadyStartedError, InstitutionError, RoleLevelError
from tumbuh.accounts.models import Assignment, Institution, User
from tumbuh.accounts.rules import ROLES, can_serve
from tumbuh.audit.api import SYSTEM, Actor, record_event
from tumbuh.regions.api import Region, find_expected_counts, get_region, iterate_rows, load_regions

FIRST_USER_LOCK = 7_306_002  # one visitor at a time makes the first account


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
    *, by: Actor, user: User, role: str, region: Region, valid_from: date, valid_to: date | None = None,
    institution: Institution | None = None,
) -> Assignment:  # fmt: skip
    """Give a role in a region, which ends the user's sessions; saying it again changes nothing.

    RoleLevelError where the role is not held at that level, InstitutionError where not for that institution. Who may
    give it, and whether there must be an institution, is `grant_role`'s to ask.
    """
    if region.level not in ROLES[role].levels:
        label = ROLES[role].label
        raise RoleLevelError(_("Peran %(role)s tidak dipegang di tingkat wilayah ini.") % {"role": label})
    if institution and not can_serve(role, region.span, institution.kind, institution.region.span):
        raise InstitutionError(_("Peran itu tidak dipegang untuk instansi tersebut. Pilih instansi yang lain."))
    assignment, is_new = Assignment.objects.get_or_create(
        user=user,
        role=role,
        region=region,
        valid_from=valid_from,
        defaults={"valid_to": valid_to, "institution": institution},
    )
    if is_new:
        after = {"role": role, "region": region.code, "valid_from": valid_from.isoformat()}
        if institution:
            after["institution"] = institution.name
        record_event(
            by=by, action="accounts.role.assigned", object_kind="user", object_id=user.pk, after=after,
            region_id=region.pk,
        )  # fmt: skip
        if by.pk != user.pk:  # the first administrator, who waits for the province, stays signed in
            raise_stamp(user)
    return assignment


@transaction.atomic
def create_first_user(*, username: str, password: str, full_name: str = "") -> User:
    """The very first account; AlreadyStartedError when there is any. Two visitors at once: one of them is refused."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [FIRST_USER_LOCK])
    if User.objects.exists():
        raise AlreadyStartedError("Tumbuh sudah disiapkan. Masuk dengan akun admin yang ada.")
    return create_user(by=SYSTEM, username=username, password=password, full_name=full_name)


@transaction.atomic
def settle_province(*, by: User, province: str) -> Assignment:
    """Load the province's list of regions and make `by` its administrator; saying it again changes nothing."""
    expected = find_expected_counts(province)
    load_regions(by=by, rows=iterate_rows([province]), expected={province: expected} if expected else None)
    region = get_region(province)
    return assign_role(by=by, user=by, role="PROVINSI_ADMIN", region=region, valid_from=timezone.localdate())
