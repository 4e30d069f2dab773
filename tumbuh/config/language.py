"""The language that commands speak: Indonesian, or English where the environment asks for it."""

import argparse
import os
from collections.abc import Mapping

from django.utils import translation

ORDER = ("TUMBUH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as POSIX has it


def choose_language(environment: Mapping[str, str]) -> str:
    """`en` where the first of these variables that is set begins with en, else `id`."""
    wanted = next((environment[name] for name in ORDER if environment.get(name)), "")
    return "en" if wanted.lower().startswith("en") else "id"


def speak() -> None:
    """Texts of this process come in the chosen language, argparse's own ("usage", "required" …) among them."""
    translation.activate(choose_language(os.environ))
    argparse._ = _translate  # the only way in: argparse asks no class or setting for its words
    argparse.ngettext = translation.ngettext


def _translate(text: str | None) -> str | None:
    return translation.gettext(text) if text else text  # argparse asks for the translation of no text, too
