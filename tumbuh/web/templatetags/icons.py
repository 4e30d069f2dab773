"""`{% icon "leaf" %}`: a small line drawing, hidden from screen readers because a word always stands beside it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# 24 × 24, stroked. Drawn in the manner of common open line icons.
PATHS: dict[str, str] = {
    "alert": "M12 4 2.8 20h18.4zM12 10v4M12 17v.01",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
    "book": "M12 6a8 8 0 0 0-9-1v14a8 8 0 0 1 9 1 8 8 0 0 1 9-1V5a8 8 0 0 0-9 1zM12 6v14",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "chart": "M4 4v16h16M8 16l4-5 3 3 5-7",
    "check": "M5 12l5 5L20 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "down": "M12 5v14M6 13l6 6 6-6",
    "list": "M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5",
    "flask": "M9 3h6M10 3v6l-5 10a1.5 1.5 0 0 0 1.4 2h11.2a1.5 1.5 0 0 0 1.4-2L14 9V3M8 14h8",
    "home": "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01",
    "lock": "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
    "map": "M9 4 3 7v13l6-3 6 3 6-3V4l-6 3zM9 4v13M15 7v13",
    "next": "M5 12h14M13 6l6 6-6 6",
    "people": (
        "M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20a6.5 6.5 0 0 1 13 0"
        "M16 4.5a3.5 3.5 0 0 1 0 6.5M18.5 14.5a6.5 6.5 0 0 1 3 5.5"
    ),
    "same": "M5 12h14",
    "up": "M12 19V5M6 11l6-6 6 6",
    "upload": "M4 16v4h16v-4M12 16V4M7 9l5-5 5 5",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing of this name as inline SVG; an unknown name is a KeyError, seen in the first test of the page."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        mark_safe(PATHS[name]),  # noqa: S308  our own constant
    )
