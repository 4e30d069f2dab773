"""Invitations as administrators make them: mailed to whoever has an address, in the same transaction."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from tumbuh.accounts.api import AccountBatch, Invitation, User, confirm_accounts, create_account, invite
from tumbuh.notifications.api import mail_invitations


@transaction.atomic
def create_and_mail(*, by: User, **about: Any) -> Invitation:
    """As `create_account`."""
    made = create_account(by=by, **about)
    mail_invitations(by=by, invitations=[made])
    return made


@transaction.atomic
def invite_and_mail(*, by: User, user: User) -> Invitation:
    """As `invite`."""
    made = invite(by=by, user=user)
    mail_invitations(by=by, invitations=[made])
    return made


@transaction.atomic
def confirm_and_mail(*, by: User, key: UUID) -> AccountBatch:
    """As `confirm_accounts`."""
    batch = confirm_accounts(by=by, key=key)
    mail_invitations(by=by, invitations=list(batch.invitations.select_related("user")))
    return batch


def say_way(*, is_mailed: bool) -> str:
    """What is left to do with a new invitation."""
    if is_mailed:
        return gettext("Undangannya dikirim ke alamat surel akun ini.")
    return gettext("Cetak undangannya dan serahkan kepada orangnya.")
