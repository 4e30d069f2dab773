"""Numbers, months and dates as people here write them: 17,2 %; 1.513; 1,3 poin; November 2026; “belum ada data”.

Indonesian unless the page is in English (17.2%; 1,513; 1.3 points). Source of the forms: PUEBI and KBBI (decimal comma,
thousands point, a space before %), CLDR for English.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
Number = Decimal | float | int


def _is_english() -> bool:
    return (get_language() or "id").startswith("en")


def write_number(value: Number, places: int = 0) -> str:
    """The number with grouping and that many decimals, rounded half up, with a true minus sign."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if not _is_english():
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def no_data() -> str:
    """What stands where there is no figure."""
    return gettext("belum ada data")


@register.filter
def percent(value: Number | None, places: int = 1) -> str:
    """17.2 → “17,2 %” (English “17.2%”); None → “belum ada data”."""
    if value is None:
        return no_data()
    return write_number(value, places) + ("%" if _is_english() else f"{NO_BREAK}%")


@register.filter
def share(value: float | None) -> str:
    """A fraction as a percentage: 0.172 → “17,2 %”; None → “belum ada data”."""
    return percent(None if value is None else 100 * value)


@register.filter
def chance(probability: float | None) -> str:
    """A probability in steps of five points: “di bawah 5 %”, “sekitar 35 %”; None → “belum ada data”."""
    if probability is None:
        return no_data()
    if probability < 0.05:
        return gettext("di bawah {limit}").format(limit=percent(5, 0))
    if probability > 0.95:
        return gettext("di atas {limit}").format(limit=percent(95, 0))
    return gettext("sekitar {share}").format(share=percent(5 * round(20 * probability), 0))


@register.filter
def count(value: Number | None) -> str:
    """1513 → “1.513” (English “1,513”); None → “belum ada data”."""
    return no_data() if value is None else write_number(value)


@register.filter
def decimal(value: Number | None, places: int = 1) -> str:
    """12.5 → “12,5”; None → “belum ada data”."""
    return no_data() if value is None else write_number(value, places)


@register.filter
def quantity(value: Number | None) -> str:
    """A quantity without needless decimals: 300 → “300”, 9.9 → “9,9”; None → “belum ada data”."""
    if value is None:
        return no_data()
    return write_number(value, 0 if value == int(value) else 1)


@register.filter
def points(value: Number | None) -> str:
    """A gap in percentage points without its sign: -1.3 → “1,3 poin” (English “1.3 points”)."""
    if value is None:
        return no_data()
    unit = gettext("poin")
    return f"{write_number(abs(value), 1)}{NO_BREAK}{unit}"


@register.filter
def month(value: date | None) -> str:
    """The month of a date: “September 2026”; None → “belum ada data”."""
    return no_data() if value is None else date_format(value, "F Y")


@register.filter
def day(value: date | None) -> str:
    """A date in full: “24 November 2026”; None → “belum ada data”."""
    return no_data() if value is None else date_format(value, "j F Y")


@register.filter
def month_code(value: date) -> str:
    """A month as it stands in an address: 2026-09."""
    return f"{value:%Y-%m}"


@register.filter
def num(text: str) -> SafeString:
    """Wrapped so that its digits align and it does not break over lines."""
    return format_html('<span class="num">{}</span>', text)
