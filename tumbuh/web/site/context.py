"""What every page can use in its template."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """`is_demo`: whether the people shown are made up (the ribbon says so)."""
    return {"is_demo": settings.DEMO != "none"}
