"""Letters that are no notices: a new password, an invitation. No request waits for a mail server."""

from collections.abc import Collection
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tumbuh.accounts.api import Invitation, User
from tumbuh.audit.api import record_event
from tumbuh.lib.sealing import make_cipher
from tumbuh.notifications.actions.outbox import put
from tumbuh.notifications.models import OutgoingMessage
from tumbuh.notifications.queries.kinds import list_ways
from tumbuh.notifications.queries.letters import find_mailed
from tumbuh.notifications.queries.notices import find_languages
from tumbuh.notifications.rules import PLACE, Link, Way

PASSWORD_TASK = "notifications.password_letter"  # noqa: S105  the name of a job
PURPOSE = b"tumbuh.letters"


def ask_password_letter(*, address: str) -> None:
    """A job that writes to whoever has this address. Here nobody is looked up: whether there is such an account changes
    neither the answer nor the time it takes. The queue keeps the address sealed.

    Somebody who is not signed in asks; the event is recorded when the password is changed.
    """
    sealed = make_cipher(settings.NIK_KEY, PURPOSE).encrypt(address.encode()).decode()
    app.configure_task(PASSWORD_TASK).defer(sealed=sealed, asked=uuid4().hex)


@transaction.atomic
def write_password_letters(*, sealed: str, asked: str) -> int:
    """A letter to each open account with the sealed address, once for each time that somebody `asked`; how many."""
    address = make_cipher(settings.NIK_KEY, PURPOSE).decrypt(sealed.encode()).decode()
    users = list(User.objects.filter(email__iexact=address, is_active=True).exclude(email=""))
    languages = find_languages([user.pk for user in users]) if users else {}
    letters = [write_password_letter(user, asked, languages[user.pk]) for user in users]
    if letters:
        put(letters)
    return len(letters)


def write_password_letter(user: User, asked: str, language: str) -> OutgoingMessage:
    with translation.override(language):
        parts = (
            _(
                "Ada permintaan untuk membuat kata sandi baru bagi akun Tumbuh dengan alamat surel ini. "
                "Buka tautan ini untuk membuatnya:"
            ),
            PLACE,
            _("Bukan Anda yang meminta? Abaikan surat ini; tidak ada yang berubah."),
        )
        subject = _("kata sandi baru")
    return OutgoingMessage(
        user_id=user.pk, way=Way.EMAIL, key=f"password:{user.pk}:{asked}", subject=subject,
        body="\n\n".join(parts) + "\n", link=Link.PASSWORD,
    )  # fmt: skip


@transaction.atomic
def mail_invitations(*, by: User, invitations: Collection[Invitation]) -> int:
    """A letter with its link for each invitation whose account has an address, once; how many are new.

    None without a mail server: those are printed, as are those without an address.
    """
    if Way.EMAIL not in list_ways():
        return 0
    had = find_mailed([one.pk for one in invitations])
    wanted = [one for one in invitations if one.user.email and one.pk not in had]
    if not wanted:
        return 0
    languages = find_languages([one.user_id for one in wanted])
    put([write_invitation(one, languages[one.user_id]) for one in wanted])
    about = str(wanted[0].user_id) if len(wanted) == 1 else "*"
    after = {"count": len(wanted)}
    record_event(by=by, action="accounts.invitations.mailed", object_kind="user", object_id=about, after=after)
    return len(wanted)


def write_invitation(invitation: Invitation, language: str) -> OutgoingMessage:
    with translation.override(language):
        until = date_format(timezone.localtime(invitation.expires_at), "j F Y H:i")
        parts = (
            _("Sebuah akun Tumbuh menunggu Anda. Buka tautan ini untuk membuat kata sandinya:"),
            PLACE,
            _("Tautan ini berlaku sekali, sampai %(until)s WIB. Jangan meneruskan surat ini.") % {"until": until},
            _("Surat ini bukan untuk Anda? Abaikan, dan beri tahu admin wilayah Anda."),
        )
        subject = _("undangan ke akun Anda")
    return OutgoingMessage(
        user_id=invitation.user_id, way=Way.EMAIL, key=f"invitation:{invitation.pk.hex}", subject=subject,
        body="\n\n".join(parts) + "\n", link=Link.INVITATION, about=invitation.pk.hex,
    )  # fmt: skip


@transaction.atomic
def write_letter(*, user: User, subject: str, body: str) -> None:
    """Any other letter to a user; part of an action, no event of its own."""
    put([OutgoingMessage(user_id=user.pk, way=Way.EMAIL, key=f"letter:{uuid4().hex}", subject=subject, body=body)])
