"""What is done on a document's page: publish, take back, withdraw, relate."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tumbuh.documents.api import (
    Document,
    DocumentError,
    PersonalDataError,
    Reach,
    RelationKind,
    choose_target,
    publish,
    relate,
    unpublish,
    unrelate,
    withdraw,
)
from tumbuh.web.documents.forms import RelationForm
from tumbuh.web.documents.views import while_open, with_own_document


def take_step(request: HttpRequest, document: Document, step: Callable[[], object], done: str) -> HttpResponse:
    """Do it, say so or say why not, and show the page again."""
    try:
        step()
    except PersonalDataError as error:
        messages.error(request, str(error))
        return redirect(f"/dokumen/{document.public_id}?yakin=1#terbit")
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("document", document.public_id)


@never_cache
@require_POST
@with_own_document
def publish_document(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    is_sure = request.POST.get("yakin") == "1"
    return take_step(
        request, document, lambda: publish(by=request.user, document=document, is_sure=is_sure),
        gettext("Dokumen diterbitkan: siapa pun dapat membacanya."),
    )  # fmt: skip


@never_cache
@require_POST
@with_own_document
def unpublish_document(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    return take_step(
        request, document, lambda: unpublish(by=request.user, document=document),
        gettext("Penerbitan dibatalkan: hanya petugas wilayah ini dan di atasnya yang dapat membacanya."),
    )  # fmt: skip


@never_cache
@require_POST
@with_own_document
@while_open
def withdraw_document(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    return take_step(
        request, document,
        lambda: withdraw(by=request.user, document=document, reason=request.POST.get("alasan", "")),
        gettext("Dokumen ditarik; riwayat dan berkasnya tetap tersimpan."),
    )  # fmt: skip


@never_cache
@require_POST
@with_own_document
def relate_document(request: HttpRequest, reach: Reach, document: Document) -> HttpResponse:
    """Add a relation, or take one back."""
    if (number := request.POST.get("hapus", "")).isdecimal() and len(number) < 19:
        return take_step(
            request, document, lambda: unrelate(by=request.user, source=document, relation_id=int(number)),
            gettext("Hubungan dihapus."),
        )  # fmt: skip
    form = RelationForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Pilih hubungan dan tulis nomor atau alamat dokumen yang dimaksud."))
        return redirect("document", document.public_id)
    kind, text = RelationKind(form.cleaned_data["hubungan"]), form.cleaned_data["dokumen"]
    return take_step(
        request, document,
        lambda: relate(
            by=request.user, source=document, target=choose_target(by=request.user, text=text), kind=kind
        ),
        gettext("Hubungan dicatat."),
    )  # fmt: skip
