"""Whether what a form sends was saved before."""

from uuid import UUID

from tumbuh.records.models import SourceBatch


def has_batch(key: UUID) -> bool:
    """Whether rows of this source were saved; a source that was taken back counts too."""
    return SourceBatch.objects.filter(pk=key).exists()
