"""Finding documents, as far as the reader's reach goes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from tumbuh.documents.models import CONFIG, Document, FilePage, LegalRelation, StoredFile
from tumbuh.documents.rules import Reach, RelationKind
from tumbuh.lib.files import get_kept_path
from tumbuh.regions.api import Span

MARKS = ("\x02", "\x03")  # around found words; the pages never hold them
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Wanted:
    """Which documents somebody looks for; what is empty does not matter. `published`: None for both."""

    text: str = ""
    kind: str = ""
    year: int | None = None
    span: Span | None = None
    published: bool | None = None


@dataclass(frozen=True)
class Passage:
    """Words of a document around what was looked for, between MARKS."""

    page: int
    text: str


@dataclass(frozen=True)
class DocumentFact:
    """A document in short, for rooms that count it."""

    id: int
    public_id: UUID
    kind: str
    title: str
    number: str
    region_id: int
    institution_id: int | None
    year: int | None
    issued_on: date | None
    is_published: bool
    is_revoked: bool
    uploaded_by_id: int


def find_document(reach: Reach, public_id: UUID) -> Document | None:
    """The document with region, institution and uploader; None when it is absent or not theirs to read."""
    found = Document.objects.filter(reach.q, public_id=public_id)
    return found.select_related("region", "institution", "uploaded_by").first()


def search_documents(reach: Reach, wanted: Wanted) -> QuerySet[Document]:
    """Those that may be read and fit, the newest first; withdrawn ones only for those who read unpublished ones."""
    found = Document.objects.filter(reach.q).select_related("region")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.year is not None:
        found = found.filter(year=wanted.year)
    if wanted.span is not None:
        found = found.filter(region_id__gte=wanted.span.low, region_id__lte=wanted.span.high)
    if wanted.published is not None:
        found = found.filter(is_published=wanted.published)
    if text := wanted.text.strip()[:LONGEST_SEARCH]:
        pages = FilePage.objects.filter(file__document=OuterRef("pk"), file__is_current=True, search=make_query(text))
        found = found.filter(Q(search=make_query(text)) | Q(number__icontains=text) | Exists(pages))
    return found.annotate(is_revoked=is_revoked())


def is_revoked() -> Exists:
    """Whether a document that stands revokes this one."""
    revoking = LegalRelation.objects.filter(target=OuterRef("pk"), kind=RelationKind.REVOKES)
    return Exists(revoking.filter(source__withdrawn_at__isnull=True))


def make_query(text: str) -> SearchQuery:
    """The words as people write them: all of them, "a phrase", -without."""
    return SearchQuery(text, config=CONFIG, search_type="websearch")


def find_passages(documents: Collection[Document], text: str) -> dict[int, Passage]:
    """Document key → the first of its passages with the words; nothing for those found by title. One query."""
    if not (text := text.strip()[:LONGEST_SEARCH]) or not documents:
        return {}
    pages = FilePage.objects.filter(
        file__document__in=[document.pk for document in documents], file__is_current=True, search=make_query(text)
    )
    first, last = MARKS
    headline = SearchHeadline(
        "text", make_query(text), config=CONFIG, start_sel=first, stop_sel=last, min_words=12, max_words=32
    )
    firsts = pages.order_by("file__document_id", "number").distinct("file__document_id").values("pk")
    rows = FilePage.objects.filter(pk__in=firsts).annotate(headline=headline)  # words are marked in one page each only
    return {row[0]: Passage(*row[1:]) for row in rows.values_list("file__document_id", "number", "headline")}


def list_years(reach: Reach) -> list[int]:
    """The years that readable documents serve, the latest first."""
    years = Document.objects.filter(reach.q, year__isnull=False).order_by("-year")
    return list(years.values_list("year", flat=True).distinct())


def list_versions(document: Document) -> list[StoredFile]:
    """All versions of the file, the newest first."""
    return list(document.files.select_related("uploaded_by"))


def get_path(file: StoredFile) -> Path:
    """Where the version's bytes lie."""
    return get_kept_path(Path(settings.DOCUMENTS), file.sha256)


def list_relations(reach: Reach, document: Document) -> tuple[list[LegalRelation], list[LegalRelation]]:
    """What it does to others and what others do to it, as far as those may be read; two queries."""
    readable = Document.objects.filter(reach.q)
    out = document.relations.filter(target__in=readable).select_related("target__region")
    back = document.related_by.filter(source__in=readable).select_related("source__region")
    return list(out), list(back)


def get_text(document: Document) -> str:
    """The words of the current file, all pages; empty where there are none."""
    pages = FilePage.objects.filter(file__document=document, file__is_current=True)
    return "\n".join(pages.order_by("number").values_list("text", flat=True))


def list_documents(
    *,
    kinds: Collection[str] | None = None,
    spans: Iterable[Span] | None = None,
    years: Collection[int] | None = None,
    ids: Collection[int] | None = None,
    only_published: bool = False,
    or_ids: Collection[UUID] = (),
) -> list[DocumentFact]:
    """Documents that stand (not withdrawn), by region and key; None does not matter, empty finds nothing. One query.

    `or_ids`: public numbers of others that are wanted too, whatever their kind.

    For rooms that count them, so without a reader: who may see what comes of it is their business.
    """
    found = Document.objects.filter(withdrawn_at__isnull=True)
    if kinds is not None:
        found = found.filter(Q(kind__in=list(kinds)) | Q(public_id__in=list(or_ids)))
    for field, values in (("year__in", years), ("pk__in", ids)):
        if values is not None:
            found = found.filter(**{field: list(values)})
    if spans is not None:
        inside = Q(pk__in=[])
        for span in spans:
            inside |= Q(region_id__gte=span.low, region_id__lte=span.high)
        found = found.filter(inside)
    if only_published:
        found = found.filter(is_published=True)
    fields = [name for name in DocumentFact.__dataclass_fields__ if name != "is_revoked"]
    rows = found.annotate(is_revoked=is_revoked()).order_by("region_id", "pk").values(*fields, "is_revoked")
    return [DocumentFact(**row) for row in rows]
