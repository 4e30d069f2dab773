"""Concluded analyses of the made-up province, as definitions/demo/programme.yaml has them: plainly marked."""

from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.programme.actions.barriers import BarrierDetails, note_barrier
from tumbuh.programme.actions.situation import conclude_analysis
from tumbuh.programme.models import Barrier, Regulation
from tumbuh.programme.queries.situation import list_years, read_picture
from tumbuh.regions.api import Level, Region, list_regions


@transaction.atomic
def make_demo_situations(*, by: User, regulation: Regulation) -> int:
    """The analysis of the first kabupaten/kota and its first kecamatan, in their newest year with figures; how many.

    0 where a barrier was noted already. `by` notes and plans in the province.
    """
    if Barrier.objects.exists():
        return 0
    content = yaml.safe_load((settings.DEFINITIONS / "demo" / "programme.yaml").read_text(encoding="utf-8"))
    places = list_regions(within=regulation.province_code)
    kabupaten = places.filter(level=Level.KABUPATEN).first()
    kecamatan = places.filter(level=Level.KECAMATAN, parent=kabupaten).first()
    return sum(analyse(by, region, content["situation"]) for region in (kabupaten, kecamatan) if region)


def analyse(by: User, region: Region, wanted: list[dict[str, Any]]) -> bool:
    """The barriers are noted for the first gaps, one each, and the year is concluded; False without figures."""
    months = list_years(region)
    if not months:
        return False
    year = max(months)
    gaps = [gap for gap in read_picture(region, months[year])["gaps"] if gap["rank"] and not gap["key"].endswith("*")]
    for gap, entry in zip(gaps, wanted, strict=False):
        note_barrier(by=by, region=region, year=year, details=BarrierDetails(key=gap["key"], **entry))
    if gaps:
        conclude_analysis(by=by, region=region, year=year)
    return bool(gaps)
