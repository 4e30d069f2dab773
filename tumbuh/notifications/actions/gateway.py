"""Handing messages to a gateway for SMS or WhatsApp: signed JSON by HTTPS, no redirects.

The gateway knows people's numbers; we tell it the account name, the text and a key by which it knows a message again.
"""

import http.client
import ipaddress
import json
import socket
import ssl
import time
from urllib.parse import SplitResult, urlsplit

from tumbuh.notifications.errors import DeliveryError, GatewayAddressError, RefusedError
from tumbuh.notifications.models import OutgoingMessage
from tumbuh.notifications.rules import sign

SECONDS = 10
LOCAL = {"localhost", "127.0.0.1", "::1"}
LATER = {408, 409, 425, 429}  # not now, rather than never


def check_address(url: str) -> SplitResult:
    """The parts of a gateway's address; GatewayAddressError unless it is HTTPS to an ordinary host, or this machine."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise GatewayAddressError("TUMBUH_WEBHOOK_URL must be an address such as https://gateway.example/messages.")
    if parts.scheme not in {"http", "https"} or (parts.scheme == "http" and parts.hostname not in LOCAL):
        raise GatewayAddressError("TUMBUH_WEBHOOK_URL must begin with https:// (http:// only for this machine).")
    return parts


def find_host(parts: SplitResult) -> str:
    """The numeric address to connect to, looked up once; a name that leads to this machine or nowhere is refused."""
    host = parts.hostname or ""
    if host in LOCAL:
        return host
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise DeliveryError("The gateway's name could not be looked up.") from error
    address = ipaddress.ip_address(found[0][4][0])
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified:
        raise GatewayAddressError("The gateway's name leads to an address to which nothing may be sent.")
    return str(address)


class PinnedConnection(http.client.HTTPSConnection):
    """Connects to an address that was looked at, and asks for the certificate of the name."""

    def __init__(self, host: str, address: str, port: int | None) -> None:
        super().__init__(host, port, timeout=SECONDS, context=ssl.create_default_context())
        self.address = address

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


def open_connection(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection, not yet made."""
    host, address = parts.hostname or "", find_host(parts)
    if parts.scheme == "http":
        return http.client.HTTPConnection(address, parts.port, timeout=SECONDS)
    return PinnedConnection(host, address, parts.port)


def post_message(url: str, secret: str, message: OutgoingMessage) -> None:
    """Give the message to the gateway: any 2xx took it, 4xx is RefusedError, everything else DeliveryError."""
    about = {"id": str(message.public_id), "to": message.user.username, "text": f"{message.subject}. {message.body}"}
    body = json.dumps(about, ensure_ascii=False).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": str(message.public_id),
        "X-Tumbuh-Timestamp": timestamp,
        "X-Tumbuh-Signature": sign(secret, timestamp, body),
    }
    try:
        parts = check_address(url)
        connection = open_connection(parts)
    except GatewayAddressError as error:
        raise RefusedError(str(error)) from error
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryError(f"The gateway did not answer ({type(error).__name__}).") from error
    finally:
        connection.close()
    if 400 <= status < 500 and status not in LATER:
        raise RefusedError(f"The gateway refused the message (status {status}).")
    if not 200 <= status < 300:
        raise DeliveryError(f"The gateway could not take the message (status {status}).")
