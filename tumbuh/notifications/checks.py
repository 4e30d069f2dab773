"""Says at each start when the gateway for text messages is half configured."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from tumbuh.notifications.actions.gateway import check_address
from tumbuh.notifications.errors import GatewayAddressError

SHORTEST_SECRET = 16


@register()
def check_gateway(app_configs: Sequence[Any] | None = None, **options: Any) -> list[Error]:
    """An error for an address to which nothing may be sent, and for a missing or short secret."""
    if not settings.WEBHOOK_URL:
        return []
    try:
        check_address(settings.WEBHOOK_URL)
    except GatewayAddressError as error:
        return [Error(str(error), id="notifications.E001")]
    if len(settings.WEBHOOK_SECRET) < SHORTEST_SECRET:
        words = f"TUMBUH_WEBHOOK_SECRET must have at least {SHORTEST_SECRET} characters."
        return [Error(words, id="notifications.E002")]
    return []
