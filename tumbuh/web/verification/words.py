"""The fields that can be sent back, by the kind of row, in words; and their values as people write them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.engines.convergence.api import read_content
from tumbuh.engines.definitions.api import Text
from tumbuh.records.api import Mode
from tumbuh.web.templatetags.numbers import day, decimal

Words = dict[str, str | Promise]
FIELDS: Words = {
    "weight_kg": _("Berat (kg)"),
    "lenhei_cm": _("Panjang/tinggi (cm)"),
    "mode": _("Cara ukur"),
    "muac_cm": _("LiLA (cm)"),
    "head_cm": _("Lingkar kepala (cm)"),
    "oedema": _("Edema"),
}
SERVICE_FIELDS: Words = {
    "code": _("Layanan"),
    "received_on": _("Tanggal layanan"),
    "quantity": _("Jumlah"),
    "row": _("Catatan ini seluruhnya"),
}
CHECK_FIELDS: Words = {
    "checked_on": _("Tanggal periksa"),
    "weight_kg": _("Berat (kg)"),
    "height_cm": _("Tinggi (cm)"),
    "muac_cm": _("LiLA (cm)"),
    "hb_g_dl": _("Hb (g/dL)"),
    "smoke": _("Paparan asap rokok"),
    "row": _("Catatan ini seluruhnya"),
}
KINDS: dict[str, Words] = {"measurement": FIELDS, "service": SERVICE_FIELDS, "check": CHECK_FIELDS}
# with how many decimals each is kept
NUMBERS = {"weight_kg": 3, "lenhei_cm": 2, "muac_cm": 2, "head_cm": 2, "quantity": 0, "height_cm": 1, "hb_g_dl": 1}
BOOLEANS = ("oedema", "smoke", "value", "is_risky", "is_wanted")
TAKE_OUT = "hapus"


def write(text: Text) -> str:
    """A definition's words in the reader's language."""
    return text.en if (get_language() or "id").startswith("en") else text.id


def list_codes() -> list[tuple[str, str]]:
    """(code, words) of what can be recorded as received."""
    codes = read_content().codes.values()
    return [(one.code, write(one.title)) for one in codes if one.kind == "EVENT" and not one.is_automatic]


def show_code(code: str) -> str:
    """A service or statement in words; one that the definitions do not know, as it is."""
    known = read_content().codes.get(code)
    return write(known.title) if known else code


def show_value(row: Any, field: str) -> str:
    """What stands in a field of the row, in words; numbers with every decimal that they have, one at least."""
    if field == "row":
        return gettext("ada") if row is not None else gettext("sudah dihapus")
    value: Any = getattr(row, field, None)
    if value is None:
        return "–"
    if field == "mode":
        return gettext(Mode(value).label)
    if field == "code":
        return show_code(value)
    if field in BOOLEANS:
        return gettext("ya") if value else gettext("tidak")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return decimal(value, max(1, -int(value.normalize().as_tuple().exponent)))
    return str(value)


def read_value(field: str, text: str) -> Any:
    """What somebody wrote for a field, as the register keeps it; ValueError or KeyError where it is no such value."""
    text = text.strip()
    if field == "mode":
        return Mode(text).value
    if field == "code":
        return {code: code for code, _words in list_codes()}[text]
    if field in BOOLEANS:
        return {"ya": True, "tidak": False}[text]
    if field.endswith("_on"):
        return date.fromisoformat(text)
    value = Decimal(text.replace(",", "."))
    if not value.is_finite() or value <= 0 or (NUMBERS[field] == 0 and value != int(value)):
        raise ValueError(text)
    return round(value, NUMBERS[field]) if NUMBERS[field] else int(value)
