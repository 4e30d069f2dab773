"""What the panel *Mengapa?* shows, and to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest

from tumbuh.accounts.api import READ_FIGURES, READ_PEOPLE, User
from tumbuh.engines.disclosure.api import Label, protect
from tumbuh.indicators.api import (
    Explanation,
    IndicatorError,
    IndicatorNotFound,
    explain,
    get_data_version,
    get_definition,
)
from tumbuh.intake.api import list_imports
from tumbuh.regions.api import Region
from tumbuh.web.indicators.figures import OPEN_LEVELS, WORDS, read_profile, read_trees
from tumbuh.web.indicators.pages import say
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count

KEPT_SECONDS = 10 * 60


def read_why(request: HttpRequest, indicator: str, region: Region, month: date) -> dict[str, Any]:
    """The figure, its formula, whom it counts and where it comes from; Http404 for an unknown indicator.

    Everybody sees the formula and the figure as it is open to them. Counts of who was left out are shown for a
    kabupaten/kota or province, or to those with exact figures; the imports only to the latter.
    """
    try:
        definition = get_definition(indicator)
    except IndicatorNotFound as error:
        raise Http404 from error
    is_exact = may(request, READ_FIGURES, region.pk)
    trees = None if is_exact else read_trees(region, [month], month, [indicator])
    shown = read_profile(region, [month], trees).get(indicator, {}).get(month)
    story = tell_story(indicator, region, month) if is_exact or region.level in OPEN_LEVELS else None
    may_see_names = may(request, READ_PEOPLE, region.pk)
    return {
        "definition": definition,
        "title": say(definition.title),
        "numerator": say(definition.numerator.text),
        "denominator": say(definition.denominator.text),
        "notes": [say(note) for note in definition.notes],
        "region": region,
        "month": month,
        "shown": shown,
        "is_exact": is_exact,
        "registered": (count(story.registered) if is_exact else protect_count(story.registered)) if story else None,
        "excluded": list_excluded(story, is_exact=is_exact),
        "contributions": list_origins(story, request.user, may_see_names) if story and is_exact else [],
    }


def tell_story(indicator: str, region: Region, month: date) -> Explanation | None:
    """The explanation, None for a region that is no longer counted; kept until a figure changes, for a large region."""
    key = f"why:{indicator}:{region.code}:{month}:{get_data_version()}"
    story: Explanation | None = cache.get(key)
    if story is None:
        try:
            story = explain(indicator, region.code, month)
        except IndicatorError:
            return None
        cache.set(key, story, KEPT_SECONDS)
    return story


@dataclass(frozen=True)
class Origin:
    """A batch in the figure. A file's name may hold a person's name: `name` and `href` are "" for those who may not."""

    name: str
    href: str
    recorded_at: datetime
    children: int


def list_origins(story: Explanation, user: User, may_see_names: bool) -> list[Origin]:
    """Where the figure's measurements came from, with links to imports that the user may open; at most two queries."""
    hrefs: dict[UUID, str] = {}
    if may_see_names:
        batches = [batch.batch_id for batch in story.contributions]
        found = list_imports(user).filter(batch_id__in=batches).values_list("batch_id", "pk")
        hrefs = {batch: f"/data-masuk/{key}" for batch, key in found}
    return [
        Origin(batch.name if may_see_names else "", hrefs.get(batch.batch_id, ""), batch.recorded_at, batch.children)
        for batch in story.contributions
    ]


def list_excluded(story: Explanation | None, *, is_exact: bool) -> list[tuple[str, str]]:
    """Why registered children are not in the denominator, with how many; reasons without children left out."""
    if story is None:
        return []
    counts = [(say(reason.text), reason.children) for reason in story.excluded if reason.children]
    return [(words, count(children) if is_exact else protect_count(children)) for words, children in counts]


def protect_count(children: int) -> str:
    """A count as the public may see it: rounded, or “kurang dari 10”."""
    rounded = protect(0, children).denominator
    return str(WORDS[Label.BELOW_THRESHOLD]) if rounded is None else count(rounded)
