"""The fields of a measurement in words, and their values as people write them."""

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.records.api import Measurement, Mode
from tumbuh.web.templatetags.numbers import decimal

FIELDS: dict[str, str | Promise] = {
    "weight_kg": _("Berat (kg)"),
    "lenhei_cm": _("Panjang/tinggi (cm)"),
    "mode": _("Cara ukur"),
    "muac_cm": _("LiLA (cm)"),
    "head_cm": _("Lingkar kepala (cm)"),
    "oedema": _("Edema"),
}
NUMBERS = {"weight_kg": 3, "lenhei_cm": 2, "muac_cm": 2, "head_cm": 2}  # with how many decimals each is kept


def show_value(visit: Measurement, field: str) -> str:
    """What stands in a field of the visit, in words; numbers with every decimal that they have, one at least."""
    value: Any = getattr(visit, field)
    if field == "mode":
        return gettext(Mode(value).label)
    if field == "oedema":
        return gettext("ya") if value else gettext("tidak")
    return "–" if value is None else decimal(value, max(1, -value.normalize().as_tuple().exponent))


def read_value(field: str, text: str) -> Any:
    """What somebody wrote for a field, as the register keeps it; ValueError where it is no such value."""
    text = text.strip()
    if field == "mode":
        return Mode(text).value
    if field == "oedema":
        return {"ya": True, "tidak": False}[text]
    value = Decimal(text.replace(",", "."))
    if not value.is_finite() or value <= 0:
        raise ValueError(text)
    return round(value, NUMBERS[field])
