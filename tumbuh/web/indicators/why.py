"""What the panel *Mengapa?* shows, and to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from tumbuh.accounts.api import READ_FIGURES, READ_PEOPLE, User
from tumbuh.indicators.api import Explanation, IndicatorError, IndicatorNotFound, explain, get_definition, list_cells
from tumbuh.intake.api import list_imports
from tumbuh.regions.api import Region
from tumbuh.verification.api import list_official
from tumbuh.web.indicators.figures import OPEN_LEVELS, read_profile, read_trees
from tumbuh.web.indicators.pages import say
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count, percent

ENOUGH = 1000  # registered children from which on everybody is told why some are not counted


def read_why(request: HttpRequest, indicator: str, region: Region, month: date) -> dict[str, Any]:
    """The figure, its formula, whom it counts and where it comes from; Http404 for one that is unknown or not theirs.

    Everybody sees the formula and the figure as it is open to them, and for a kabupaten/kota or province which share
    of the registered was left out. Those with exact figures see how many, and the imports.
    """
    try:
        definition = get_definition(indicator)
    except IndicatorNotFound as error:
        raise Http404 from error
    is_exact = may(request, READ_FIGURES, region.pk)
    if not (is_exact or definition.is_public):
        raise Http404
    trees = None if is_exact else read_trees(region, [month], month, [indicator])
    official = list_official([region.pk], [month])
    cells = list_cells(region, month, month) if is_exact else []
    shown = read_profile(region, cells, trees, official).get(indicator, {}).get(month)
    is_open = is_exact or region.level in OPEN_LEVELS
    story = tell_story(indicator, region, month, with_contributions=is_exact) if is_open else None
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
        "registered": story.registered if story else None,
        "excluded": list_excluded(story, is_exact=is_exact),
        "contributions": list_origins(story, request.user, may_see_names) if story and is_exact else [],
    }


def tell_story(indicator: str, region: Region, month: date, *, with_contributions: bool) -> Explanation | None:
    """The explanation, None for a region that is no longer counted."""
    try:
        return explain(indicator, region.code, month, with_contributions=with_contributions)
    except IndicatorError:
        return None


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
    """Why registered children are not in the denominator, with how many; reasons without children left out.

    Everybody sees whole percents of at least a thousand children: so wide a step tells less of the counts than the
    rounded figures beside it.
    """
    if story is None or not (is_exact or story.registered >= ENOUGH):
        return []
    counts = [(say(reason.text), reason.children) for reason in story.excluded if reason.children or not is_exact]
    return [(words, count(children) if is_exact else tell_share(children, story)) for words, children in counts]


def tell_share(children: int, story: Explanation) -> str:
    """The share of the registered in whole percents."""
    share = round(100 * children / story.registered)
    return percent(share, 0) if share else gettext("kurang dari 1 %")
