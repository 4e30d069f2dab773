"""Who may open which form; what is absent and what is not yours look the same."""

from uuid import UUID

from django.http import Http404, HttpRequest

from tumbuh.accounts.api import IMPORT
from tumbuh.records.api import Person
from tumbuh.regions.api import Level, Region, RegionCodeError, get_region
from tumbuh.web.records.reading import find_person
from tumbuh.web.site.viewer import may


def get_desa_to_record(request: HttpRequest, code: str) -> Region:
    """The desa, for those who enter its data."""
    try:
        desa = get_region(code)
    except (Region.DoesNotExist, RegionCodeError) as error:
        raise Http404 from error
    if desa.level != Level.DESA or not desa.is_active or not may(request, IMPORT, desa.pk):
        raise Http404
    return desa


def find_person_to_record(request: HttpRequest, public_id: UUID) -> Person:
    """The person, for those who enter data of their desa."""
    person = find_person(request, public_id)
    if not may(request, IMPORT, person.desa_id):
        raise Http404
    return person
