"""From a desa's figures to what they come from: its children and its imports, for those who may see them."""

from typing import Any

from django.http import HttpRequest

from tumbuh.accounts.api import IMPORT, READ_PEOPLE
from tumbuh.intake.api import list_imports_about
from tumbuh.regions.api import Level, Region
from tumbuh.web.site.viewer import may


def list_links(request: HttpRequest, region: Region) -> dict[str, Any]:
    """`children` (address of the list, "" where it is not theirs) and `imports`, newest first; none above a desa."""
    if region.level != Level.DESA:
        return {}
    return {
        "children": f"/wilayah/{region.code}/anak" if may(request, READ_PEOPLE, region.pk) else "",
        "imports": list_imports_about(request.user, region.pk) if may(request, IMPORT, region.pk) else [],
    }
