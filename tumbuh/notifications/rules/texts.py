"""Notices in words, in the language of their reader."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from django.utils import translation
from django.utils.formats import date_format, number_format

from tumbuh.notifications.rules.kinds import Kind

DATES = {"month": "F Y", "day": "j F Y", "moment": "j F Y H:i"}  # places that hold a time, and how it is written


def write_place(name: str, value: str) -> str:
    """A place's value in the language that is active; months, days and moments are kept as ISO writes them."""
    if name == "number":
        return number_format(int(value), force_grouping=True)
    if name not in DATES:
        return value
    whole = f"{value}-01" if name == "month" else value
    return date_format(datetime.fromisoformat(whole), DATES[name])


def write_notice(kind: Kind, places: Mapping[str, str], count: int, language: str) -> tuple[str, str]:
    """Subject and text."""
    with translation.override(language):
        values = {name: write_place(name, value) for name, value in kind.complete(places).items()}
        values |= {name: kind.words[name][values[name]][language] for name in values if name in kind.words}
        values["count"] = number_format(count, force_grouping=True)
    return kind.subject[language].format(**values), kind.text[language].format(**values)


def write_link(kind: Kind, places: Mapping[str, str]) -> str:
    """The path of the page where something can be done about it."""
    values = kind.complete(places)
    words = {name: kind.words[name][value]["link"] for name, value in values.items() if name in kind.words}
    return kind.link.format(**{name: quote(value, safe="") for name, value in values.items()} | words)
