"""Achievement beside each clause of the regulation, set into its rendered text at every reading."""

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tumbuh.programme.api import Regulation, Tally, add_up, count_by_code
from tumbuh.web.programme.boards import say

# Where a clause's achievement belongs in the rendered text; an HTML comment, so that it is nothing until it is filled.
MARK = "<!--status:{}-->"
MARKS = re.compile(r"<!--status:([A-Z0-9.a-z]+)-->")


def insert_statuses(regulation: Regulation, text: str, shown: Mapping[str, list[str]]) -> SafeString:
    """The text with a line on its achievement after each clause that owes something; one query.

    `shown`: code of an article → codes in which its fulfilment shows.
    """
    tallies = count_by_code(regulation, timezone.localdate())
    return mark_safe(  # noqa: S308  rendered by our own template
        MARKS.sub(lambda match: say_clause(match[1], tallies, shown), text)
    )


def say_clause(code: str, tallies: Mapping[str, Tally], shown: Mapping[str, list[str]]) -> str:
    """The line of one clause: its own obligations, or those in which its fulfilment shows; empty without any."""
    wanted = [code, *shown.get(code, [])]
    found = [one for one in tallies if any(one == each or one.startswith(f"{each}.") for each in wanted)]
    tally = add_up(tallies[one] for one in found)
    if not sum(tally.values()):
        return ""
    words = render_to_string("programme/parts/said.html", {"said": say(tally)})
    is_one = len(found) == 1
    address = reverse("programme_clause", args=found) if is_one else reverse("programme_board")
    return format_html(
        '<p class="achievement">{} <a href="{}">{}</a></p>',
        mark_safe(words),  # noqa: S308  rendered by our own template
        address,
        _("Capaian dan bukti") if is_one else _("Papan program"),
    )
