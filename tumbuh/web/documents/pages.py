"""What the pages of documents show, put into words."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from tumbuh.audit.api import Wanted as WantedEvents
from tumbuh.audit.api import list_events
from tumbuh.documents.api import (
    INVERSE,
    MARKS,
    Document,
    Reach,
    RelationKind,
    StoredFile,
    TextState,
    Wanted,
    find_passages,
    list_relations,
    list_versions,
    list_years,
    make_reach,
    name_kind,
    search_documents,
)
from tumbuh.regions.api import Span, find_region, search_regions
from tumbuh.web.audit.rows import describe_events
from tumbuh.web.documents.forms import RelationForm, SearchForm
from tumbuh.web.site.viewer import list_held
from tumbuh.web.templatetags.numbers import count

PER_PAGE = 20
HISTORY = 50
NOWHERE = Span(1, 0)


def get_request_reach(request: HttpRequest) -> Reach:
    """The reader's reach; asked once a request together with the rail."""
    return make_reach(list_held(request))


def read_list(request: HttpRequest, reach: Reach) -> dict[str, Any]:
    """All that the list shows: the form, a page of documents with their passages, and the sentence above."""
    form = SearchForm(request.GET or None, years=list_years(reach), sees_all=bool(reach.read.spans))
    wanted = read_wanted(form) if form.is_bound else Wanted()
    page = Paginator(search_documents(reach, wanted), PER_PAGE).get_page(request.GET.get("halaman"))
    passages = find_passages(list(page), wanted.text)
    keep = urlencode({key: value for key, value in request.GET.items() if key != "halaman" and value})
    return {
        "form": form,
        "page": page,
        "rows": [describe_row(document, passages) for document in page],
        "keep": f"{keep}&" if keep else "",
        "is_sought": wanted != Wanted(),
        "sentence": say_count(page, is_sought=wanted != Wanted()),
        "may_add": bool(reach.manage.spans),
    }


def read_wanted(form: SearchForm) -> Wanted:
    """What is looked for; what was not understood does not matter, a region that is not found finds nothing."""
    form.is_valid()
    found = form.cleaned_data
    span = find_span(found["wilayah"]) if found.get("wilayah") else None
    published = {"ya": True, "tidak": False}.get(found.get("terbit", ""))
    return Wanted(found.get("q", ""), found.get("jenis", ""), found.get("tahun"), span, published)


def find_span(text: str) -> Span:
    """The region that is meant, and everything below it."""
    words = " ".join(text.split())
    region = find_region(words) or next(iter(search_regions(words, limit=1)), None)
    return region.span if region else NOWHERE


def say_count(page: Page, *, is_sought: bool) -> str:
    """The sentence above the list."""
    number = page.paginator.count
    shown = {"count": count(number)}
    if is_sought:
        return ngettext("%(count)s dokumen cocok.", "%(count)s dokumen cocok.", number) % shown
    return ngettext("%(count)s dokumen tersimpan.", "%(count)s dokumen tersimpan.", number) % shown


def describe_row(document: Document, passages: dict[int, Any]) -> dict[str, Any]:
    """A document of the list."""
    passage = passages.get(document.pk)
    return {
        "document": document,
        "kind": name_kind(document.kind),
        "passage": mark_words(passage.text) if passage else "",
        "page_number": passage.page if passage else None,
    }


def mark_words(text: str) -> SafeString:
    """The passage with the found words marked; everything else escaped."""
    first, last = MARKS
    pieces = []
    for part in text.split(first):
        marked, _, plain = part.rpartition(last)
        pieces.append(format_html("<mark>{}</mark>{}", marked, plain) if marked else format_html("{}", plain))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def read_document(request: HttpRequest, reach: Reach, document: Document) -> dict[str, Any]:
    """All that the page of one document shows its reader."""
    may_read_all = reach.may_read(document.region_id, is_published=False)
    may_manage = reach.may_manage(document.region_id)
    versions = list_versions(document)
    relations = describe_relations(*list_relations(reach, document))
    page = {
        "document": document,
        "kind": name_kind(document.kind),
        "file": describe_file(versions[0]),
        "versions": [describe_file(file) for file in versions] if may_read_all else [],
        "relations": relations,
        "is_revoked": any(one["is_revoking"] for one in relations),
        "may_read_all": may_read_all,
        "may_manage": may_manage and document.withdrawn_at is None,
        "relation_form": RelationForm(auto_id="hubungan_%s"),
    }
    if may_manage:
        where = Q(object_kind="document", object_id=str(document.public_id))
        page["history"] = describe_events(list_events(where, WantedEvents(), limit=HISTORY)[0])
    return page


def describe_file(file: StoredFile) -> dict[str, Any]:
    """A version in words."""
    return {"file": file, "kind": file.kind.upper(), "text": TextState(file.text_state).label,
            "megabytes": file.size_bytes / 1_000_000}  # fmt: skip


def describe_relations(out: list[Any], back: list[Any]) -> list[dict[str, Any]]:
    """What it does and what is done to it, as sentences' parts."""
    found = [
        {"verb": RelationKind(one.kind).label, "other": one.target, "pk": one.pk, "is_revoking": False} for one in out
    ]
    for one in back:
        stands = one.source.withdrawn_at is None
        found.append({"verb": INVERSE[RelationKind(one.kind)], "other": one.source, "pk": None,
                      "is_revoking": one.kind == RelationKind.REVOKES and stands})  # fmt: skip
    return found


def say_added(document: Document, *, is_new: bool) -> str:
    """The sentence after an upload."""
    if is_new:
        return gettext("Dokumen disimpan. Periksa isinya, lalu terbitkan bila boleh dibaca umum.")
    return gettext("Berkas ini sudah ada untuk wilayah, jenis, dan tahun yang sama; tidak ada yang ditambahkan.")
