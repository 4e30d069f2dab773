"""Pictures drawn on the server: one Altair definition becomes the SVG of page, print and download.

The theme draws with the light colours of `frontend/css/10-tokens.css`; on a page each of them becomes a reference to
the token, so that a dark page and black-and-white paper recolour the same picture.
"""

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from json import dumps
from typing import Any

from django.core.cache import caches
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

INK, MUTED, LINE, SURFACE = "#14213d", "#4d5871", "#e3dfd4", "#ffffff"
PRIMARY, ACCENT, ATTENTION = "#0f5c4d", "#c8402f", "#e0a526"
BLUE, PALE = "#3b6fa8", "#a9bcd3"
TOKENS = {
    INK: "ink",
    MUTED: "muted",
    LINE: "line",
    SURFACE: "surface",
    PRIMARY: "primary",
    ACCENT: "accent",
    ATTENTION: "attention",
    BLUE: "blue",
    PALE: "pale",
}
FONT = "Plus Jakarta Sans, system-ui, sans-serif"
ID_NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""], "percent": " %"}
EN_NUMBERS = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp", ""], "percent": "%"}
ID_TIMES = {
    "dateTime": "%A %e %B %Y %X",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["AM", "PM"],
    "days": ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    "shortDays": ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    "months": [
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ],
    "shortMonths": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
}
KEPT_SECONDS = 24 * 60 * 60

ARIA = re.compile(r' (?:aria-roledescription|aria-hidden|role)="[^"]*"')
AXIS_LABEL = re.compile(r'(<g class="mark-group[^>]*?) aria-label="[^"]*"')
EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*(?:d=""|d="M0,0h0v0h0Z")[^>]*/>')
STYLE = re.compile(r' style="([^"]*)"')
ROOT = re.compile(r'<svg [^>]*viewBox="([^"]*)"[^>]*>')
COLOUR = re.compile("|".join(TOKENS), re.IGNORECASE)


def build_theme() -> dict[str, Any]:
    """Vega-Lite configuration in the site's type and colours."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 13}
    axis = {**text, "titleFontSize": 13, "titleFontWeight": 500, "domain": False, "ticks": False, "labelPadding": 8}
    return {
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**axis, "gridColor": LINE},
        "axisX": {"grid": False, "domain": True, "domainColor": MUTED},
        "text": {"font": FONT, "fontSize": 13, "color": INK},
        "line": {"strokeCap": "round", "strokeJoin": "round"},
    }


@cache
def _get_engine() -> Any:
    """vl-convert, loaded with the first picture: it starts a JavaScript engine, which commands do not need."""
    import vl_convert

    return vl_convert


def _spread_style(match: re.Match[str]) -> str:
    """A style attribute as presentation attributes, which a strict content security policy allows."""
    rules = (rule.split(":", 1) for rule in match.group(1).split(";") if ":" in rule)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in rules)


def _clean(svg: str, title: str, description: str, key: str) -> str:
    svg = STYLE.sub(_spread_style, svg)
    svg = EMPTY.sub("", AXIS_LABEL.sub(r"\1", ARIA.sub("", svg))).replace(' aria-label="', ' data-tip="')
    svg = COLOUR.sub(lambda match: f"var(--chart-{TOKENS[match.group().lower()]},{match.group()})", svg)
    words = f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(description)}</desc>'
    root = '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t{0} d{0}" viewBox="{1}">'
    return ROOT.sub(lambda match: root.format(key, match.group(1)) + words, svg, count=1)


def _draw(specification: str, language: str) -> str:
    options: dict[str, Any] = {"format_locale": EN_NUMBERS}
    if language == "id":
        options = {"format_locale": ID_NUMBERS, "time_format_locale": ID_TIMES}
    svg: str = _get_engine().vegalite_to_svg(specification, config=build_theme(), **options)
    return svg


def keep_picture(content: object, draw: Callable[[], str]) -> SafeString:
    """What `draw` gives, kept for a day by the content that it is drawn from and the language.

    `content` says by its repr everything the picture depends on, so that nothing is built when it is there already.
    """
    text = f"{(get_language() or 'id')[:2]}|{content!r}"
    key = f"picture:{sha256(text.encode()).hexdigest()[:32]}"
    svg = caches["pages"].get(key)
    if svg is None:
        svg = str(draw())
        caches["pages"].set(key, svg, KEPT_SECONDS)
    return mark_safe(svg)  # noqa: S308  drawn by us; texts are escaped where they enter


def to_svg(chart: Any, *, title: str, description: str) -> SafeString:
    """The chart, Altair's or a Vega-Lite specification, as inline SVG with a title and a description.

    Marks with a `description` encoding keep it as `data-tip`: `frontend/js/pictures.js` makes tooltips and steps of
    them. The whole is one image to a screen reader, so that `description` must say what the marks do.
    """
    specification = dumps(chart if isinstance(chart, dict) else chart.to_dict(validate=False), sort_keys=True)
    text = "\0".join([specification, title, description])
    key = sha256(text.encode()).hexdigest()[:8]

    def draw() -> str:
        return _clean(_draw(specification, (get_language() or "id")[:2]), title, description, key)

    return keep_picture(text, draw)
