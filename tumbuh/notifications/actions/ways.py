"""The ways out of the platform: e-mail by the configured server, and a gateway for text messages."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from tumbuh.notifications.actions.gateway import post_message
from tumbuh.notifications.errors import DeliveryError, NotificationError, RefusedError
from tumbuh.notifications.models import OutgoingMessage
from tumbuh.notifications.queries.kinds import list_ways
from tumbuh.notifications.queries.letters import write_whole
from tumbuh.notifications.rules import Way


def send(message: OutgoingMessage) -> None:
    """Deliver it; RefusedError when it can never be, DeliveryError when not now."""
    if not message.user.is_active:
        raise RefusedError("The account is closed.")
    if Way(message.way) not in list_ways():
        raise RefusedError("This way out is no longer configured.")
    try:
        if message.way == Way.EMAIL:
            send_mail(message)
        else:
            post_message(settings.WEBHOOK_URL, settings.WEBHOOK_SECRET, message)
    except NotificationError:
        raise
    except Exception as error:  # whatever it is, it must not keep the messages behind it from going out
        raise DeliveryError(f"Unforeseen: {type(error).__name__}.") from None


def send_mail(message: OutgoingMessage) -> None:
    """One plain letter. The errors kept say nothing of the address."""
    if not message.user.email:
        raise RefusedError("The account has no e-mail address.")
    host = urlsplit(settings.SITE_ADDRESS).hostname or "tumbuh.invalid"
    letter = EmailMessage(
        subject=f"Tumbuh: {message.subject}",
        body=write_whole(message),
        to=[message.user.email],
        # the same at each try, so that a mail program shows a letter that came twice once
        headers={"Message-ID": f"<{message.public_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _words in error.recipients.values()):
            raise RefusedError("The mail server knows no such address.") from None
        raise DeliveryError("The mail server put the address off.") from None
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"The mail server could not be used ({type(error).__name__}).") from None
