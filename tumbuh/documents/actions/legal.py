"""What documents do to each other: amend, revoke, implement."""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.documents.actions.documents import lock_document
from tumbuh.documents.errors import RelationError
from tumbuh.documents.models import Document, LegalRelation
from tumbuh.documents.queries.documents import find_document
from tumbuh.documents.queries.reach import get_reach
from tumbuh.documents.rules import RelationKind

ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def choose_target(*, by: User, text: str) -> Document:
    """The document that somebody means by an address or by a whole number; RelationError when it is not one."""
    reach = get_reach(by)
    if found := ADDRESS.search(text):
        target = find_document(reach, UUID(found.group()))
        if target is not None:
            return target
    number = " ".join(text.split())
    numbered = list(Document.objects.filter(reach.q, number__iexact=number, withdrawn_at__isnull=True)[:2])
    if number and len(numbered) == 1:
        return numbered[0]
    if number and numbered:
        raise RelationError(_("Nomor itu dipakai beberapa dokumen. Tempel alamat halaman dokumen yang dimaksud."))
    raise RelationError(
        _("Dokumen yang dimaksud tidak ditemukan. Tulis nomornya persis, atau tempel alamat halamannya.")
    )


@transaction.atomic
def relate(*, by: User, source: Document, target: Document, kind: RelationKind) -> LegalRelation:
    """The source does this to the target; saying it again changes nothing. The reverse of what stands is refused."""
    held = lock_document(by, source)
    if not get_reach(by).may_read(target.region_id, is_published=target.is_published) or held.pk == target.pk:
        raise RelationError(_("Pilih dokumen lain: sebuah dokumen tidak dapat dihubungkan dengan dirinya sendiri."))
    if LegalRelation.objects.filter(source=target, target=held, kind=kind).exists():
        raise RelationError(_("Hubungan sebaliknya sudah dicatat. Hapus dahulu yang keliru."))
    relation, is_new = LegalRelation.objects.get_or_create(
        source=held, target=target, kind=kind, defaults={"added_by": by}
    )
    if is_new:
        after = {"kind": relation.kind, "target": str(target.public_id)}
        record_event(
            by=by, action="documents.relation.added", object_kind="document", object_id=held.public_id, after=after,
            region_id=held.region_id,
        )  # fmt: skip
    return relation


@transaction.atomic
def unrelate(*, by: User, source: Document, relation_id: int) -> None:
    """Take a relation back that was written by mistake; one that is not there is no fault."""
    held = lock_document(by, source)
    relation = held.relations.select_related("target").filter(pk=relation_id).first()
    if relation is None:
        return
    before = {"kind": relation.kind, "target": str(relation.target.public_id)}
    relation.delete()
    record_event(
        by=by, action="documents.relation.removed", object_kind="document", object_id=held.public_id, before=before,
        region_id=held.region_id,
    )  # fmt: skip
