"""From a desa's figures to what they come from: its children and its imports, for those who may see them."""

from typing import Any

from django.http import HttpRequest

from tumbuh.accounts.api import IMPORT, READ_FIGURES, READ_PEOPLE
from tumbuh.intake.api import list_imports_about
from tumbuh.regions.api import Level, Region
from tumbuh.web.site.viewer import may


def list_links(request: HttpRequest, region: Region) -> dict[str, Any]:
    """`convergence`; of a desa `children`, `work` (addresses, "" where not theirs) and `imports`, newest first."""
    links = {"convergence": f"/wilayah/{region.code}/konvergensi" if may(request, READ_FIGURES, region.pk) else ""}
    if region.level != Level.DESA:
        return links
    return links | {
        "work": f"/wilayah/{region.code}/layanan" if may(request, READ_PEOPLE, region.pk) else "",
        "children": f"/wilayah/{region.code}/anak" if may(request, READ_PEOPLE, region.pk) else "",
        "imports": list_imports_about(request.user, region.pk) if may(request, IMPORT, region.pk) else [],
    }
