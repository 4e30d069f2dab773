"""Pages of documents: list, one document, its files, a new one, other details, another file."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tumbuh.documents.api import (
    DetailsError,
    Document,
    DocumentError,
    Reach,
    add_document,
    change_details,
    find_document,
    get_path,
    list_versions,
    replace_file,
)
from tumbuh.lib.attachments.api import AttachmentKind
from tumbuh.programme.api import SubjectKind
from tumbuh.verification.api import is_locked
from tumbuh.web.documents.forms import DetailsForm, NewForm
from tumbuh.web.documents.pages import get_request_reach, read_document, read_list, say_added
from tumbuh.web.site.viewer import list_my_regions

LOCKED = gettext_lazy(
    "Dokumen ini sedang diperiksa atau sudah terverifikasi sebagai bukti, maka tidak dapat diubah. "
    "Tarik kembali pengajuannya, atau minta pemeriksa mengembalikannya."
)
Page = Callable[..., HttpResponse]
BLOCK = 1 << 16


def with_document(page: Page) -> Page:
    """The view gets reach and document; who may not read it finds nothing, a visitor is asked to sign in."""

    @wraps(page)
    def find(request: HttpRequest, document_id: UUID, **more: object) -> HttpResponse:
        reach = get_request_reach(request)
        document = find_document(reach, document_id)
        if document is None:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise Http404
        return page(request, reach, document, **more)

    return find


def while_open(page: Page) -> Page:
    """The view changes nothing of a document that waits for review as evidence or was verified; it says so."""

    @wraps(page)
    def check(request: HttpRequest, reach: Reach, document: Document, **more: object) -> HttpResponse:
        if is_locked(SubjectKind.DOCUMENT, document.public_id):
            messages.error(request, str(LOCKED))
            return redirect("document", document.public_id)
        return page(request, reach, document, **more)

    return check


def with_own_document(page: Page) -> Page:
    """The same for those who manage it."""

    @wraps(page)
    def find(request: HttpRequest, reach: Reach, document: Document, **more: object) -> HttpResponse:
        if not reach.may_manage(document.region_id) or document.withdrawn_at is not None:
            raise Http404
        return page(request, reach, document, **more)

    return with_document(find)


@never_cache
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """All documents that the reader may see and looks for."""
    return render(request, "documents/list.html", read_list(request, get_request_reach(request)))


@never_cache
@require_safe
@with_document
def document_page(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    """One document."""
    return render(request, "documents/document.html", read_document(request, reach, document))


@never_cache
@require_safe
@with_document
def document_file(request: HttpRequest, reach: Reach, document: Document, number: int | None = None) -> HttpResponse:
    """The file, always as an attachment; older versions only for those who read unpublished documents there."""
    versions = list_versions(document)
    file = next((one for one in versions if (one.is_current if number is None else one.position == number)), None)
    if file is None or not (file.is_current or reach.may_read(document.region_id, is_published=False)):
        raise Http404
    path = get_path(file)
    response = StreamingHttpResponse(read_blocks(path), content_type=AttachmentKind(file.kind).media_type)
    response["Content-Length"] = path.stat().st_size
    name = f"filename=\"dokumen.{file.kind}\"; filename*=UTF-8''{quote(file.name)}"
    response["Content-Disposition"] = f"attachment; {name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def read_blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file; it is opened when the first of them are asked for."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: HttpRequest) -> HttpResponse:
    """Put a document in."""
    reach = get_request_reach(request)
    if not reach.manage.spans:
        raise Http404
    if request.method != "POST":
        mine = list_my_regions(request)
        form = NewForm(reach=reach, initial={"region": mine[0].code if mine else ""})
        return render(request, "documents/new.html", {"form": form})
    form = NewForm(request.POST, request.FILES, reach=reach)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document, is_new = add_document(
                by=request.user, details=form.read_details(), blocks=file.chunks(), name=file.name
            )
        except DocumentError as error:
            tell_form(form, error)
        else:
            tell = messages.success if is_new else messages.info
            tell(request, say_added(document, is_new=is_new))
            return redirect("document", document.public_id)
    return render(request, "documents/new.html", {"form": form}, status=422)


def tell_form(form: DetailsForm, error: DocumentError) -> None:
    """The error at the field that it is about, or above all."""
    faults = error.faults if isinstance(error, DetailsError) else {"file": str(error)}
    for field, words in faults.items():
        form.add_error(field if field in form.fields else None, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_document
@while_open
def change_document(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    """Write other details."""
    form = DetailsForm(request.POST if request.method == "POST" else None, reach=reach, document=document)
    if request.method == "POST" and form.is_valid():
        try:
            change_details(by=request.user, document=document, details=form.read_details())
        except DocumentError as error:
            tell_form(form, error)
        else:
            return redirect("document", document.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/change.html", {"form": form, "document": document}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_document
@while_open
def replace_document(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    """Give a newer version of the file."""
    error = ""
    if request.method == "POST" and (file := request.FILES.get("file")) is not None:
        try:
            replace_file(by=request.user, document=document, blocks=file.chunks(), name=file.name)
            return redirect("document", document.public_id)
        except DocumentError as refusal:
            error = str(refusal)
    page = {"document": document, "error": error}
    return render(request, "documents/replace.html", page, status=422 if request.method == "POST" else 200)
