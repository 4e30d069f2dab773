"""Welfare deciles of households, from lists of the whole population."""

from collections.abc import Mapping

from django.db import transaction

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import Actor, record_event
from tumbuh.records.models import Household, SourceBatch
from tumbuh.regions.api import find_enclosing


@transaction.atomic
def set_deciles(*, by: Actor, batch: SourceBatch, deciles: Mapping[int, int]) -> dict[int, int | None]:
    """Give households (by id) their decile; what each that changed had before. The same again changes nothing."""
    with whole_country("matching"):
        homes = Household.objects.select_for_update().in_bulk(list(deciles))
        changed = [home for home in homes.values() if home.decile != deciles[home.pk]]
        before = {home.pk: home.decile for home in changed}
        for home in changed:
            home.decile = deciles[home.pk]
        Household.objects.bulk_update(changed, ["decile"])
    if changed:
        record_event(
            by=by, action="records.deciles.set", object_kind="batch", object_id=batch.pk,
            after={"households": len(changed)}, region_id=find_enclosing({home.desa_id for home in changed}),
        )  # fmt: skip
    return before
