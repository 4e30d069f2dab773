"""`{% load regulation %}`: a regulation's notes, targets and involvements in a template."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tumbuh.programme.api import Involvement, Output, Role
from tumbuh.web.programme.phrases import say_target
from tumbuh.web.programme.statuses import MARK

register = template.Library()
register.filter("say_target", say_target)


@register.filter
def of(notes: dict[str, list[Any]], code: str) -> list[Any]:
    """The notes about this article or output: `{{ notes|of:article.code }}`."""
    return notes.get(code, [])


@register.filter
def status_mark(code: str) -> SafeString:
    """Where the clause's achievement is set in; see `web/programme/statuses.py`."""
    return mark_safe(MARK.format(code))  # noqa: S308  a code of ours


@register.filter
def own_words(entry: Any, name: str) -> str:
    """A text of ours in the reader's language; entry is a model or a mapping with `name` and `name_en`."""
    wanted = f"{name}_en" if (get_language() or "").startswith("en") else name
    return entry[wanted] if isinstance(entry, dict) else getattr(entry, wanted)


@register.filter
def responsible(output: Output) -> list[Involvement]:
    return [one for one in output.involvements.all() if one.role == Role.RESPONSIBLE]


@register.filter
def supporting(output: Output) -> list[Involvement]:
    return [one for one in output.involvements.all() if one.role == Role.SUPPORTING]
