"""Who may open which page of verification; what is absent and what is not yours look the same."""

from uuid import UUID

from django.http import Http404, HttpRequest

from tumbuh.accounts.api import READ_FIGURES, READ_PEOPLE, Scope, get_scope
from tumbuh.regions.api import Level, Region, RegionCodeError, get_region
from tumbuh.verification.api import PERMISSION, CellReturn, Tier, find_cell
from tumbuh.web.site.viewer import may


def get_region_or_404(request: HttpRequest, code: str, permission: str = READ_FIGURES) -> Region:
    """The active region, for those with the permission there."""
    try:
        region = get_region(code)
    except (Region.DoesNotExist, RegionCodeError) as error:
        raise Http404 from error
    if not region.is_active or not may(request, permission, region.pk):
        raise Http404
    return region


def get_desa_or_404(request: HttpRequest, code: str) -> Region:
    """The desa, for those who may read its people."""
    desa = get_region_or_404(request, code, READ_PEOPLE)
    if desa.level != Level.DESA:
        raise Http404
    return desa


def get_cell_or_404(request: HttpRequest, cell_id: UUID) -> tuple[Scope, CellReturn]:
    """The viewer's scope and the returned cell in it."""
    scope = get_scope(request.user, READ_PEOPLE)
    try:
        return scope, find_cell(scope, cell_id)
    except CellReturn.DoesNotExist as error:
        raise Http404 from error


def list_tiers(request: HttpRequest, region: Region) -> list[Tier]:
    """The tiers as which the viewer acts in the region, from below."""
    return [tier for tier, permission in PERMISSION.items() if may(request, permission, region.pk)]
