"""Which PostgreSQL the project uses: an address in, Django's settings out."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class DatabaseAddressError(ValueError):
    """DATABASE_URL cannot be used."""


def parse_database_url(address: str) -> dict[str, Any]:
    """Django's DATABASES entry for `postgresql://user:password@host:port/name?option=value`.

    A Unix socket folder is written as `?host=/folder`. Anything but PostgreSQL raises DatabaseAddressError.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # the text of the problem may quote the password
        raise DatabaseAddressError(
            "DATABASE_URL cannot be read: its host or port is not valid. "
            "Write postgresql://user:password@host:port/name, with special signs as %XX."
        ) from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise DatabaseAddressError(
            "DATABASE_URL must begin with postgresql:// because Tumbuh runs on PostgreSQL only. "
            "Unset it to use the built-in server."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise DatabaseAddressError("DATABASE_URL names no database. Write postgresql://user:password@host:port/name.")
    return {
        "ENGINE": "tumbuh.config.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", None) or port or ""),
        "OPTIONS": options,
        "ATOMIC_REQUESTS": True,
    }
