"""What can be chosen in the forms: regions, institutions and documents around the regions of the writer's roles."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from tumbuh.accounts.api import Institution, Scope, join_spans
from tumbuh.documents.api import Document
from tumbuh.partners.api import PARTNER_KINDS
from tumbuh.regions.api import Level, Region, get_number, get_parent_code

AGREEMENT_DOCUMENTS = ("MOU_PKS",)
RESEARCH_DOCUMENTS = ("KAJIAN", "PUBLIKASI", "NASKAH_AKADEMIK", "POLICY_BRIEF")
Tops = Sequence[Region]


def make_scope(tops: Tops) -> Scope:
    """These regions and everything below them."""
    return Scope(join_spans(region.span for region in tops))


def list_places(tops: Tops) -> list[Region]:
    """These regions and those directly below them, in code order; one query."""
    where = Q(pk__in=[region.pk for region in tops]) | Q(parent__in=[region.pk for region in tops])
    return list(Region.objects.filter(where, is_active=True).order_by("pk"))


def list_above(tops: Tops) -> set[int]:
    """The numbers of the regions above these."""
    above: set[int] = set()
    for region in tops:
        code = get_parent_code(region.code)
        while code:
            above.add(get_number(code))
            code = get_parent_code(code)
    return above


def list_partner_choices(tops: Tops, kinds: Sequence[str] = PARTNER_KINDS) -> QuerySet[Institution]:
    """Partners of these regions, of those below and of those above them."""
    where = make_scope(tops).q("region_id") | Q(region_id__in=list_above(tops))
    return Institution.objects.filter(where, kind__in=kinds, valid_to__isnull=True).order_by("name")


def list_party_choices(tops: Tops) -> QuerySet[Institution]:
    """Partners, and every institution of these very regions."""
    here = Institution.objects.filter(region__in=[region.pk for region in tops], valid_to__isnull=True)
    return list_partner_choices(tops) | here.order_by("name")


def list_document_choices(tops: Tops, kinds: Sequence[str]) -> QuerySet[Document]:
    """Documents that carry an agreement or a research."""
    held = Document.objects.filter(make_scope(tops).q("region_id"), kind__in=kinds, withdrawn_at__isnull=True)
    return held.order_by("-pk")


def list_filter_places() -> list[tuple[str, str]]:
    """(code, name) of the province and its kabupaten/kota."""
    places = Region.objects.filter(level__lte=Level.KABUPATEN, is_active=True).order_by("pk")
    return [(place.code, place.full_name) for place in places]
