"""Measuring a campaign: its reach by channel, and surveys before and after it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.activities.actions.gates import lock_activity
from tumbuh.activities.actions.reviews import check_open
from tumbuh.activities.errors import SurveyError
from tumbuh.activities.models import Activity, Survey
from tumbuh.activities.queries.definitions import get_instrument, get_kind, list_channels
from tumbuh.activities.rules import Wave, check_counts
from tumbuh.audit.api import record_event

MOST_PEOPLE = 10_000_000


def lock_campaign(by: User, public_id: UUID) -> Activity:
    """The activity, open and of a kind with reach and surveys; raises SurveyError for other kinds."""
    activity, _scope = lock_activity(by, public_id)
    check_open(activity)
    if not get_kind(activity.kind).has_reach:
        raise SurveyError(_("Jenis kegiatan ini tidak diukur dengan survei. Pilih kegiatan kampanye."))
    return activity


@transaction.atomic
def record_reach(*, by: User, public_id: UUID, people: Mapping[str, int]) -> Activity:
    """The reach of each channel in place of the former one; 0 takes a channel out. The same once more does nothing."""
    activity = lock_campaign(by, public_id)
    if set(people) - set(list_channels()) or any(not 0 <= count <= MOST_PEOPLE for count in people.values()):
        raise SurveyError(_("Jangkauan tidak dapat dibaca. Tulis jumlah orang tiap saluran sebagai angka."))
    wanted = {channel: count for channel, count in people.items() if count}
    if activity.reach == wanted:
        return activity
    activity.reach = wanted
    activity.save()
    record_event(
        by=by, action="activities.reach_recorded", object_kind="activity", object_id=public_id, after=wanted,
        region_id=activity.region_id,
    )  # fmt: skip
    return activity


@transaction.atomic
def record_survey(
    *, by: User, public_id: UUID, instrument: str, wave: str, held_on: date, respondents: int, counts: Mapping[str, int]
) -> Survey:
    """The wave of the instrument (its key), in place of the former counts. The same once more does nothing."""
    activity = lock_campaign(by, public_id)
    asked = get_instrument(instrument)
    check_counts(asked, respondents, counts)
    if wave not in Wave.values:
        raise SurveyError(_("Waktu survei tidak dikenal. Pilih sebelum atau sesudah kampanye."))
    if not asked.valid_from <= held_on <= timezone.localdate():
        raise SurveyError(_("Tanggal survei di luar masa berlaku instrumennya atau di masa depan. Periksa tanggalnya."))
    values = {"held_on": held_on, "respondents": respondents, "counts": dict(counts)}
    found, is_new = Survey.objects.get_or_create(
        activity=activity, instrument=asked.code, version=asked.version, wave=wave,
        defaults={**values, "recorded_by": by},
    )  # fmt: skip
    if not is_new and all(getattr(found, name) == value for name, value in values.items()):
        return found
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    record_event(
        by=by, action="activities.survey_recorded", object_kind="activity", object_id=public_id,
        after={"instrument": asked.key, "wave": wave, "respondents": respondents, "counts": dict(counts)},
        region_id=activity.region_id,
    )  # fmt: skip
    return found
