"""Reading imports: one's own, and those in regions where one may import."""

from uuid import UUID

from django.db.models import Q, QuerySet

from tumbuh.accounts.api import IMPORT, UNDO_IMPORT, User, get_scope
from tumbuh.intake.models import Import
from tumbuh.intake.rules import State
from tumbuh.records.api import list_batches


def list_imports(user: User) -> QuerySet[Import]:
    """The newest first."""
    scope = get_scope(user, IMPORT)
    if not scope.spans:
        return Import.objects.none()
    mine = Q(by=user) & (Q(region__isnull=True) | scope.q("region_id"))
    return Import.objects.filter(mine | scope.q("region_id")).select_related("by", "region")


def list_imports_about(user: User, desa_id: int, limit: int = 5) -> list[Import]:
    """The newest imports that the user may see and that brought something of the desa."""
    about = Q(region_id=desa_id) | Q(batch__in=list_batches(desa_id))
    return list(list_imports(user).filter(about)[:limit])


def get_import(user: User, import_id: UUID) -> Import:
    """The import, or Import.DoesNotExist when there is none that this user may see."""
    return list_imports(user).get(pk=import_id)


def can_undo(user: User, job: Import) -> bool:
    """Whether the import can be taken back and the user is one who may."""
    scope = get_scope(user, UNDO_IMPORT)
    return (
        job.state == State.COMMITTED
        and job.cleared_at is None
        and (scope.contains(job.region_id) if job.region_id is not None else job.by_id == user.pk and bool(scope.spans))
    )
