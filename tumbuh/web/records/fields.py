"""Fields that the forms share: numbers as people write them, days as browsers ask for them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.web.templatetags.numbers import decimal


class DateInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that is not to come, unless `is_future` allows it."""

    def __init__(self, *, is_future: bool = False, **more: Any) -> None:
        self.is_future = is_future
        errors = {"invalid": _("Tulis tanggal yang ada."), "required": _("Isi tanggalnya.")}
        super().__init__(widget=DateInput(), error_messages=errors, **more)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.is_future and value > timezone.localdate():
            raise ValidationError(gettext("Tanggal ini belum tiba."))


class NumberField(forms.Field):
    """A number between two others, both in, with so many decimals; comma or point. Never required alone."""

    def __init__(self, low: str, high: str, places: int, **more: Any) -> None:
        self.low, self.high, self.places = Decimal(low), Decimal(high), places
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 8})
        super().__init__(widget=widget, required=False, **more)

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            number = Decimal(text)
        except ArithmeticError:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(gettext("Tulis angka, misalnya 11,9."))
        number = round(number, self.places)
        if not self.low <= number <= self.high:
            words = gettext("Tulis angka dari %(low)s sampai %(high)s.")
            raise ValidationError(words % {"low": shorten(self.low), "high": shorten(self.high)})
        return number


def shorten(number: Decimal) -> str:
    """0,5 but 60."""
    return decimal(number, max(0, -int(number.normalize().as_tuple().exponent)))


# what the register takes, as its constraints say
LIMITS: dict[str, tuple[str, str, int]] = {
    "weight_kg": ("0.5", "60", 3),
    "lenhei_cm": ("25", "150", 2),
    "grown_weight_kg": ("15", "250", 2),
    "height_cm": ("80", "230", 1),
    "muac_cm": ("10", "60", 1),
    "hb_g_dl": ("2", "25", 1),
    "birth_weight_kg": ("0.4", "8", 3),
    "birth_length_cm": ("20", "65", 2),
}


def make_number(name: str, label: Any = "", **more: Any) -> NumberField:
    return NumberField(*LIMITS[name], label=label, **more)
