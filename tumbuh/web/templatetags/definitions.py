"""Words that come from definition files, in the page's language."""

from django import template
from django.utils.translation import get_language

from tumbuh.engines.definitions.api import Text

register = template.Library()


@register.filter
def say(text: Text) -> str:
    """A definition's words in the page's language."""
    return text.en if (get_language() or "id").startswith("en") else text.id
