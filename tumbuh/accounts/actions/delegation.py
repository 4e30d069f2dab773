"""What administrators do with other people's accounts: give roles, end them, close and open accounts."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.actions.accounts import assign_role
from tumbuh.accounts.actions.sessions import raise_stamp
from tumbuh.accounts.errors import InstitutionError, NotGrantableError
from tumbuh.accounts.models import Assignment, Institution, User
from tumbuh.accounts.queries.users import list_assignments
from tumbuh.accounts.rules import Held, can_grant, get_needed
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Level, Region


def describe(role: str, region: Region) -> Held:
    """A role in a region, as the rules take it."""
    return Held(role, Level(region.level), region.span)


def check_grant(by: User, user: User, role: str, region: Region) -> None:
    """NotGrantableError unless a role of `by` lets them give or end this one there, to somebody else."""
    if by.pk == user.pk:
        raise NotGrantableError(_("Anda tidak dapat mengubah peran Anda sendiri. Mintalah admin lain."))
    given = describe(role, region)
    if not any(can_grant(describe(held.role, held.region), given) for held in list_assignments(by)):
        raise NotGrantableError(_("Peran itu tidak dapat Anda berikan atau akhiri di wilayah ini."))


def check_manage(by: User, user: User) -> None:
    """NotGrantableError unless `by` could give every role that the user holds or will hold; of somebody who holds none
    any more, every role that they held last. Nobody manages themselves."""
    roles = list(user.assignments.select_related("region").order_by("valid_to"))
    day = timezone.localdate()
    held = [one for one in roles if one.valid_to is None or one.valid_to >= day]
    last = [one for one in roles if roles[-1].valid_to and one.valid_to == roles[-1].valid_to]
    if not roles:
        raise NotGrantableError(_("Akun ini tidak memegang peran di wilayah Anda."))
    for assignment in held or last:
        check_grant(by, user, assignment.role, assignment.region)


def can_manage(by: User, user: User) -> bool:
    """Whether `check_manage` would let them."""
    try:
        check_manage(by, user)
    except NotGrantableError:
        return False
    return True


def find_home(user: User) -> int | None:
    """The region of the user's latest role, for the trail; None without any."""
    return user.assignments.order_by("-valid_from", "-pk").values_list("region_id", flat=True).first()


@transaction.atomic
def grant_role(
    *, by: User, user: User, role: str, region: Region, valid_from: date, valid_to: date | None = None,
    institution: Institution | None = None,
) -> Assignment:  # fmt: skip
    """As `assign_role`, by an administrator within their bounds; NotGrantableError beyond them, InstitutionError when
    the role needs an institution and none is named."""
    check_grant(by, user, role, region)
    if user.assignments.exists():
        check_manage(by, user)
    if institution is None and get_needed(role).is_required:
        raise InstitutionError(_("Peran ini dipegang untuk sebuah instansi. Pilih instansinya."))
    return assign_role(
        by=by, user=user, role=role, region=region, valid_from=valid_from, valid_to=valid_to, institution=institution
    )


@transaction.atomic
def end_role(*, by: User, assignment: Assignment, reason: str) -> Assignment:
    """The role was held until yesterday and the user's sessions end; a role that has ended stays as it is."""
    held = Assignment.objects.select_for_update(of=("self",)).select_related("user", "region").get(pk=assignment.pk)
    check_grant(by, held.user, held.role, held.region)
    yesterday = timezone.localdate() - timedelta(days=1)
    if held.valid_to is not None and held.valid_to <= yesterday:
        return held
    if held.valid_from > yesterday:  # given today or for later: it never held for a whole day
        held.valid_from = yesterday
    held.valid_to = yesterday
    held.save(update_fields=["valid_from", "valid_to"])
    raise_stamp(held.user)
    after = {"role": held.role, "region": held.region.code, "valid_to": yesterday.isoformat()}
    record_event(
        by=by, action="accounts.role.ended", object_kind="user", object_id=held.user_id, after=after, reason=reason,
        region_id=held.region_id,
    )  # fmt: skip
    return held


@transaction.atomic
def set_active(*, by: User, user: User, is_active: bool, reason: str) -> User:
    """Close or open an account of which `by` could give every role that it holds; saying it again changes nothing."""
    held = User.objects.select_for_update().get(pk=user.pk)
    check_manage(by, held)
    if held.is_active == is_active:
        return held
    held.is_active = is_active
    held.save(update_fields=["is_active"])
    raise_stamp(held)
    about = {"object_kind": "user", "object_id": held.pk, "reason": reason, "region_id": find_home(held)}
    if is_active:
        record_event(by=by, action="accounts.user.opened", **about)
    else:
        record_event(by=by, action="accounts.user.closed", **about)
    return held
