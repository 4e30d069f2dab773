"""From a desa's figures to what they come from: its children and its imports, for those who may see them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tumbuh.accounts.api import IMPORT, READ_FIGURES, READ_PEOPLE
from tumbuh.indicators.api import list_sets
from tumbuh.intake.api import list_imports_about
from tumbuh.regions.api import Level, Region
from tumbuh.web.indicators.pages import say
from tumbuh.web.site.viewer import may


def list_links(request: HttpRequest, region: Region) -> dict[str, Any]:
    """For those with exact figures: `convergence` and `boards`, pages of scorecard and sets (address, name). At a desa
    also `children`, `work` (addresses of lists, "" where not theirs) and `imports`, newest first."""
    is_exact = may(request, READ_FIGURES, region.pk)
    links: dict[str, Any] = {
        "convergence": f"/wilayah/{region.code}/konvergensi" if is_exact else "",
        "situation": f"/wilayah/{region.code}/analisis-situasi" if is_exact and has_analysis(region) else "",
        "boards": list_boards(region) if is_exact else [],
    }
    if region.level != Level.DESA:
        return links
    return links | {
        "work": f"/wilayah/{region.code}/layanan" if may(request, READ_PEOPLE, region.pk) else "",
        "children": f"/wilayah/{region.code}/anak" if may(request, READ_PEOPLE, region.pk) else "",
        "imports": list_imports_about(request.user, region.pk) if may(request, IMPORT, region.pk) else [],
    }


def has_analysis(region: Region) -> bool:
    return region.level in (Level.KABUPATEN, Level.KECAMATAN)


def list_boards(region: Region) -> list[tuple[str, str]]:
    """Scorecard and official sets of the region."""
    sets = [(reverse("indicator-set", args=[region.code, one.code]), say(one.title)) for one in list_sets()]
    return [(reverse("scorecard", args=[region.code]), gettext("Scorecard konvergensi desa")), *sets]
