"""The one sentence at the top of a page, made to be read aloud."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from tumbuh.web.indicators.figures import Shown
from tumbuh.web.site.trend import Target
from tumbuh.web.templatetags.numbers import count, percent, points
from tumbuh.web.templatetags.numbers import month as write_month


def find_target(targets: Sequence[Target], year: int) -> Target | None:
    """The target of that year; after the last year the last one holds on, before the first there is none."""
    held = [target for target in targets if target.year <= year]
    return held[-1] if held else None


def tell_gap(value: Decimal, target: Target) -> SafeString:
    """“1,3 poin di atas target 2026”, “0,4 poin di bawah target 2026” or “tepat pada target 2026”."""
    gap = value.quantize(Decimal("0.1"), ROUND_HALF_UP) - target.value
    if gap > 0:
        words = gettext("{gap} di atas target {year}")
    elif gap < 0:
        words = gettext("{gap} di bawah target {year}")
    else:
        words = gettext("tepat pada target {year}")
    kind = "over" if gap > 0 else "under"
    return format_html('<span class="{}">{}</span>', kind, words.format(gap=points(gap), year=target.year))


def tell_region(
    place: str, month: date, stunting: Shown | None, weighed: Shown | None, target: Target | None
) -> SafeString:
    """What the region's figures say in one sentence, with what is known of them."""
    if stunting is None or stunting.value is None:
        if stunting is not None and not stunting.is_exact and stunting.denominator is not None:
            words = gettext("{place}: angka stunting {month} tidak ditampilkan karena jumlah anaknya sedikit.")
        else:
            words = gettext("{place}: belum ada data stunting untuk {month}.")
        return format_html(words, place=place, month=write_month(month))
    sentence = format_html(
        gettext("{place}: {value} balita stunting"), place=place, value=_strong(percent(stunting.value))
    )
    if target is not None:
        sentence = format_html("{}, {}", sentence, tell_gap(stunting.value, target))
    missing = weighed.missing if weighed is not None else None
    if missing:
        words = ngettext("{missing} balita belum ditimbang", "{missing} balita belum ditimbang", missing)
        about = "" if weighed.is_exact else gettext("sekitar") + " "
        sentence = format_html("{}; {}{}", sentence, about, words.format(missing=count(missing)))
    return format_html("{}.", sentence)


def _strong(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text)
