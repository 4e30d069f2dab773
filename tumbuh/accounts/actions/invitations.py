"""Inviting somebody to their account, and taking an invitation up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.actions.delegation import check_manage, find_home
from tumbuh.accounts.actions.sessions import raise_stamp
from tumbuh.accounts.errors import InvitationError
from tumbuh.accounts.models import AccountBatch, Invitation, User
from tumbuh.accounts.queries.invitations import find_invitation
from tumbuh.accounts.rules import hash_token, make_token
from tumbuh.accounts.sources.parameters import get_lifetime
from tumbuh.audit.api import record_event


def draw_invitation(by: User, user: User, batch: AccountBatch | None = None) -> Invitation:
    """An unsaved invitation that begins now."""
    now, key = timezone.now(), uuid4()
    expires_at = now + get_lifetime(timezone.localdate(now))
    return Invitation(
        id=key, user=user, token_hash=hash_token(make_token(key)), made_by=by, batch=batch, made_at=now,
        expires_at=expires_at,
    )  # fmt: skip


@transaction.atomic
def invite(*, by: User, user: User) -> Invitation:
    """A new invitation, also for somebody who lost their password; earlier ones are void from now on."""
    held = User.objects.select_for_update().get(pk=user.pk)
    check_manage(by, held)
    if not held.is_active:
        raise InvitationError(_("Akun ini ditutup. Buka kembali akunnya, lalu buat undangan."))
    held.invitations.filter(used_at__isnull=True, void_at__isnull=True).update(void_at=timezone.now())
    made = draw_invitation(by, held)
    made.save(force_insert=True)
    record_event(
        by=by, action="accounts.user.invited", object_kind="user", object_id=held.pk,
        after={"expires_at": made.expires_at.isoformat()}, region_id=find_home(held),
    )  # fmt: skip
    return made


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """Give the account its password, once; the sessions that it has end. InvitationError for a token that is not good.

    The caller has checked the password against the rules for passwords.
    """
    Invitation.objects.select_for_update().filter(token_hash=hash_token(token)).first()
    found = find_invitation(token)  # read behind the lock: of two at once the second finds it used
    if found is None:
        raise InvitationError(explain_refusal())
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    user = found.user
    user.set_password(password)
    user.save(update_fields=["password"])
    raise_stamp(user)
    record_event(
        by=user, action="accounts.invitation.used", object_kind="user", object_id=user.pk, region_id=find_home(user)
    )
    return user


def explain_refusal() -> str:
    """What is said of a token that is not good, whatever the reason."""
    return _("Undangan ini tidak berlaku: sudah dipakai, diganti, atau lewat masanya. Mintalah yang baru kepada admin.")


@dataclass(frozen=True)
class Slip:
    """What somebody is given on paper, `role` by its code: the token stands here and nowhere else."""

    key: UUID
    name: str
    username: str
    role: str
    place: str
    token: str
    expires_at: datetime


@transaction.atomic
def print_slips(*, by: User, invitations: Iterable[Invitation]) -> list[Slip]:
    """One slip for each invitation that `by` made, with an event; those of a former secret of the server are left out.

    The invitations come from `list_open_invitations`.
    """
    chosen = [one for one in invitations if one.made_by_id == by.pk]
    slips = [write_slip(one) for one in chosen if hash_token(make_token(one.pk)) == one.token_hash]
    if slips:
        after = {"count": len(slips)}
        about = str(chosen[0].user_id) if len(chosen) == 1 else "*"
        record_event(by=by, action="accounts.invitations.printed", object_kind="user", object_id=about, after=after)
    return slips


def write_slip(invitation: Invitation) -> Slip:
    held = [one for one in invitation.user.assignments.all() if one.valid_to is None]
    role = held[0].role if held else ""
    place = held[0].region.full_name if held else ""
    user = invitation.user
    return Slip(
        invitation.pk, user.display_name, user.username, role, place, make_token(invitation.pk), invitation.expires_at
    )
