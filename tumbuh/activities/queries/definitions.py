"""Kinds, instruments and channels as the definitions have them, read once."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from tumbuh.activities.errors import PlanError, SurveyError
from tumbuh.activities.rules import Instrument, Kind, parse_instruments, parse_kinds, pick_words


def read_definition(name: str) -> dict[str, Any]:
    """One file of definitions/activities."""
    content: dict[str, Any] = yaml.safe_load((settings.DEFINITIONS / "activities" / name).read_text(encoding="utf-8"))
    return content


@cache
def read_kinds() -> dict[str, Kind]:
    """Every kind by code, in the order of the definition."""
    return parse_kinds(read_definition("kinds.yaml"))


def get_kind(code: str) -> Kind:
    """The kind with this code; raises PlanError."""
    if code not in read_kinds():
        raise PlanError(_("Jenis kegiatan tidak dikenal. Pilih jenis dari daftar."))
    return read_kinds()[code]


@cache
def read_instruments() -> dict[str, Instrument]:
    """Every version of every instrument by its key."""
    return parse_instruments(read_definition("instruments.yaml"))


def get_instrument(key: str) -> Instrument:
    """The version of an instrument with this key; raises SurveyError."""
    if key not in read_instruments():
        raise SurveyError(_("Instrumen survei tidak dikenal. Pilih instrumen dari daftar."))
    return read_instruments()[key]


@cache
def _read_channels() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["id"], row["en"]) for row in read_definition("instruments.yaml")["channels"]}


def list_channels() -> dict[str, str]:
    """Channels of a campaign by code, in the reader's language."""
    return {code: pick_words(*words) for code, words in _read_channels().items()}
