"""What administrators do with one account: make it, end its sessions, take lost second factors off."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.actions.delegation import check_manage, find_home, grant_role
from tumbuh.accounts.actions.invitations import draw_invitation
from tumbuh.accounts.actions.sessions import raise_stamp
from tumbuh.accounts.errors import AccountError, TakenError
from tumbuh.accounts.models import Institution, Invitation, User
from tumbuh.accounts.queries.users import find_namesake
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Region


@transaction.atomic
def create_account(
    *, by: User, username: str, full_name: str, role: str, region: Region, valid_from: date,
    institution: Institution | None = None, email: str = "", valid_to: date | None = None,
) -> Invitation:  # fmt: skip
    """An account that nobody can sign in to yet, its role, and the invitation to it; all or nothing.

    TakenError when the name is in use, NotGrantableError and its kin where `grant_role` refuses.
    """
    if find_namesake(username):
        raise TakenError(_("Nama akun “%(name)s” sudah dipakai. Pilih nama yang lain.") % {"name": username})
    user = User(username=username, first_name=full_name[:150], email=email)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:  # somebody else took it at the same moment
        raise TakenError(_("Nama akun “%(name)s” sudah dipakai. Pilih nama yang lain.") % {"name": username}) from error
    grant_role(
        by=by, user=user, role=role, region=region, valid_from=valid_from, valid_to=valid_to, institution=institution
    )
    invitation = draw_invitation(by, user)
    invitation.save(force_insert=True)
    about = {"object_kind": "user", "object_id": user.pk, "region_id": region.pk}
    record_event(by=by, action="accounts.user.created", **about)
    after = {"expires_at": invitation.expires_at.isoformat()}
    record_event(by=by, action="accounts.user.invited", after=after, **about)
    return invitation


@transaction.atomic
def expel(*, by: User, user: User, reason: str) -> None:
    """End the sessions of somebody whose account `by` manages."""
    held = User.objects.select_for_update().get(pk=user.pk)
    check_manage(by, held)
    check_reason(reason)
    raise_stamp(held)
    record_event(
        by=by, action="accounts.sessions.ended", object_kind="user", object_id=held.pk, reason=reason,
        region_id=find_home(held),
    )  # fmt: skip


@transaction.atomic
def remove_factors(*, by: User, user: User, reason: str) -> int:
    """Take all second factors off an account that `by` manages, with its recovery codes, and end its sessions.

    For a lost or broken phone. Where the role asks for a factor, the next sign-in sets one up. Returns how many went;
    without any nothing happens.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    check_manage(by, held)
    check_reason(reason)
    count, _each = Authenticator.objects.filter(user=held).delete()
    if count:
        raise_stamp(held)
        record_event(
            by=by, action="accounts.factors.reset", object_kind="user", object_id=held.pk, reason=reason,
            after={"count": count}, region_id=find_home(held),
        )  # fmt: skip
    return count


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise AccountError(_("Tulis alasannya; alasan itu disimpan dalam jejak kerja."))
