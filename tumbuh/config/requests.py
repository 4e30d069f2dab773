"""The outermost gate of every request: too large bodies stay out, headers that the browser should obey go on."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

# What no page of ours uses, nor may a page that slipped in.
POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class GateMiddleware:
    """Refuses a body by its announced length, before any of it is read, and completes each answer's headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = refuse_body() if is_too_large(request) else self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # what a person sees signed in stays in no cache
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def is_too_large(request: HttpRequest) -> bool:
    """Whether the body is announced as larger than any page takes; without an announcement there is none to read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > settings.REQUEST_MAX_BYTES


def refuse_body() -> HttpResponse:
    limit = settings.REQUEST_MAX_BYTES // 1_000_000
    text = _("Kiriman ini lebih besar dari %(limit)d MB sehingga ditolak. Bagi berkasnya, lalu kirim satu per satu.")
    return HttpResponse(text % {"limit": limit}, status=413, content_type="text/plain; charset=utf-8")
