"""What can go wrong with notices, each with a stable code."""


class NotificationError(Exception):
    """Base of the room's errors; the message says what happened, why, and what to do."""

    code = "notifications"


class PlaceError(NotificationError):
    """A notice lacks something that its kind's texts speak of, or holds something that they do not."""

    code = "notifications.places"


class DeliveryError(NotificationError):
    """A message could not be delivered now; it is tried again."""

    code = "notifications.delivery"


class RefusedError(NotificationError):
    """The other side does not want the message; trying again would change nothing."""

    code = "notifications.refused"


class GatewayAddressError(NotificationError):
    """The address of the gateway is one to which nothing may be sent."""

    code = "notifications.gateway_address"
