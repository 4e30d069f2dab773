"""From the plain values of a YAML file to the dataclasses of `documents`, with every fault found on the way."""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

Entry = TypeVar("Entry")
FAULTY: Any = object()


class Fault(NamedTuple):
    """What is wrong in a folder: the file, the key in it (`strategies[2].text`), what happened and what to do."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}" if self.key else f"{self.file}: {self.message}"


class Place(NamedTuple):
    """Where we are in a file, and the list that takes the faults."""

    file: str
    key: str
    faults: list[Fault]

    def at(self, key: str) -> "Place":
        joiner = "" if key.startswith("[") or not self.key else "."
        return self._replace(key=f"{self.key}{joiner}{key}")

    def report(self, message: str) -> Any:
        self.faults.append(Fault(self.file, self.key, message))
        return FAULTY


def read_as(entry: type[Entry], value: object, file: str, faults: list[Fault]) -> Entry | None:
    """The value as that dataclass; None when anything in it is wrong, and then `faults` says what."""
    found = len(faults)
    result = read_entry(entry, value, Place(file, "", faults))
    return None if len(faults) > found else result


def read_entry(entry: type[Any], value: object, place: Place) -> Any:
    """One dataclass from a mapping; unknown, missing and wrong keys are reported."""
    if not isinstance(value, dict):
        example = {"key": fields(entry)[0].name}
        return place.report(_("Di sini diharapkan kunci dan isi, misalnya “%(key)s: …”.") % example)
    known = {field.name: field for field in fields(entry)}
    for key in value:
        if key not in known:
            report_unknown(str(key), list(known), place)
    types = list_types(entry)  # type: ignore[arg-type]
    read = {name: read_field(field, types[name], value, place) for name, field in known.items()}
    return FAULTY if any(item is FAULTY for item in read.values()) else entry(**read)


@cache
def list_types(entry: type[Any]) -> dict[str, Any]:
    return get_type_hints(entry)


def report_unknown(key: str, known: list[str], place: Place) -> None:
    close = get_close_matches(key, known, n=1)
    if close:
        place.at(key).report(_("Kunci ini tidak dikenal. Mungkin maksudnya “%(key)s”.") % {"key": close[0]})
    else:
        message = _("Kunci ini tidak dikenal. Hapus, atau pakai salah satu dari: %(keys)s.")
        place.at(key).report(message % {"keys": ", ".join(known)})


def read_field(field: Field[Any], expected: Any, value: dict[Any, object], place: Place) -> Any:
    """The field's value, its default when the key is absent or empty, or a fault."""
    if value.get(field.name) is not None:
        return read_value(expected, value[field.name], place.at(field.name))
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return place.at(field.name).report(_("Kunci ini wajib ada dan berisi. Tambahkan."))


def read_value(expected: Any, value: object, place: Place) -> Any:
    """A value of the expected type: list, mapping, dataclass, enum by its word, text, number or date."""
    if get_origin(expected) is UnionType:
        return read_value(get_args(expected)[0], value, place)
    if get_origin(expected) is list:
        return read_list(get_args(expected)[0], value, place)
    if get_origin(expected) is dict:
        return read_mapping(get_args(expected)[1], value, place)
    if is_dataclass(expected) and isinstance(expected, type):
        return read_entry(expected, value, place)
    if issubclass(expected, Enum):
        return read_word(expected, value, place)
    return read_plain(expected, value, place)


def read_list(expected: Any, value: object, place: Place) -> Any:
    if not isinstance(value, list):
        return place.report(_("Di sini diharapkan daftar. Tulis setiap butir dengan “- ”."))
    read = [read_value(expected, item, place.at(f"[{number}]")) for number, item in enumerate(value, 1)]
    return FAULTY if any(item is FAULTY for item in read) else read


def read_mapping(expected: Any, value: object, place: Place) -> Any:
    if not isinstance(value, dict):
        return place.report(_("Di sini diharapkan kunci dan isi."))
    read = {str(key): read_value(expected, item, place.at(str(key))) for key, item in value.items()}
    return FAULTY if any(item is FAULTY for item in read.values()) else read


def read_word(expected: Any, value: object, place: Place) -> Any:
    """A member of the enum, by its code or by its label where the label is the folder's word."""
    words = {str(member.value): member for member in expected} | {str(member.label): member for member in expected}
    if value in words:
        return words[str(value)]
    choices = [member.label if str(member.label).islower() else member.value for member in expected]
    message = _("“%(value)s” tidak dikenal. Pilih salah satu dari: %(words)s.")
    return place.report(message % {"value": value, "words": ", ".join(choices)})


def read_plain(expected: Any, value: object, place: Place) -> Any:
    """Text, whole number, decimal number, yes/no or date. Numbers are never taken for text, nor text for numbers."""
    if expected is Decimal and isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            return place.report(
                _("“%(value)s” bukan angka. Tulis dengan titik desimal, misalnya 17.7.") % {"value": value}
            )
    right = isinstance(value, expected) and not (expected is int and isinstance(value, bool))
    if right and not isinstance(value, datetime):
        return value
    hints = {
        str: _("Di sini diharapkan teks. Apit dengan tanda kutip."),
        int: _("Di sini diharapkan bilangan bulat, tanpa tanda kutip."),
        bool: _("Di sini diharapkan true atau false."),
        date: _("Di sini diharapkan tanggal, misalnya 2025-12-31."),
    }
    return place.report(hints[expected])
