"""What a letter needs at the moment when it is sent, and what became of letters."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from tumbuh.accounts.api import find_invitation, make_reset_key, make_token
from tumbuh.notifications.errors import RefusedError
from tumbuh.notifications.models import OutgoingMessage
from tumbuh.notifications.rules import PLACE, Link

State = OutgoingMessage.State


def write_whole(message: OutgoingMessage) -> str:
    """The body with its link, made now; RefusedError for an invitation that is no longer good."""
    if message.link == Link.PASSWORD:
        return message.body.replace(PLACE, f"{settings.SITE_ADDRESS}/lupa/{make_reset_key(message.user)}")
    if message.link == Link.INVITATION:
        token = make_token(UUID(message.about))
        if find_invitation(token) is None:
            raise RefusedError("The invitation is used, replaced or out of date.")
        return message.body.replace(PLACE, f"{settings.SITE_ADDRESS}/undangan/{token}")
    return message.body


def find_mailed(invitations: Iterable[UUID]) -> set[UUID]:
    """Of these invitations those that went, or are about to go, by e-mail; one that failed is none of them."""
    letters = OutgoingMessage.objects.filter(link=Link.INVITATION, about__in=[key.hex for key in invitations])
    return {UUID(about) for about in letters.exclude(state=State.FAILED).values_list("about", flat=True)}
