"""Entering what a survey says of a region. Nothing is changed: a correction is another row."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import MANAGE_SURVEYS, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.indicators.errors import SurveyError
from tumbuh.indicators.models import SurveyResult
from tumbuh.indicators.queries.definitions import get_definition
from tumbuh.indicators.rules.surveys import SurveyDetails, check_survey, make_key
from tumbuh.regions.api import Region


@transaction.atomic
def record_survey(
    *, by: User, region: Region, indicator: str, details: SurveyDetails, is_withdrawn: bool = False
) -> SurveyResult:
    """Add a row; what says the same as the newest row of that survey is there already and is given back.

    SurveyError where the values cannot be, or the region is not the user's.
    """
    get_definition(indicator)
    check_survey(details, timezone.localdate())
    if not get_scope(by, MANAGE_SURVEYS).contains(region.pk):
        raise SurveyError("Hasil survei wilayah ini bukan bagian Anda. Minta pengelola provinsi mencatatnya.")
    if is_withdrawn and not details.note.strip():
        raise SurveyError("Tulis mengapa hasil survei ini dicabut.")
    Region.objects.select_for_update().get(pk=region.pk)
    newest = find_newest(region, indicator, details)
    if newest is not None and is_same(newest, details, is_withdrawn):
        return newest
    row = SurveyResult.objects.create(
        by=by, region=region, indicator=indicator, is_withdrawn=is_withdrawn, **asdict(details)
    )
    after = {key: str(value) for key, value in asdict(details).items() if value not in (None, "")}
    action = "indicators.survey.withdrawn" if is_withdrawn else "indicators.survey.recorded"
    record_event(by=by, action=action, object_kind="survey", object_id=row.pk, after=after, region_id=region.pk)
    return row


def find_newest(region: Region, indicator: str, details: SurveyDetails) -> SurveyResult | None:
    """The last row that anybody entered of the same survey."""
    key = make_key(details.source, details.year, details.month)
    rows = SurveyResult.objects.filter(region=region, indicator=indicator, year=details.year).order_by("-pk")
    return next((row for row in rows if make_key(row.source, row.year, row.month) == key), None)


def is_same(row: SurveyResult, details: SurveyDetails, is_withdrawn: bool) -> bool:
    return row.is_withdrawn == is_withdrawn and all(
        getattr(row, key) == value for key, value in asdict(details).items()
    )
