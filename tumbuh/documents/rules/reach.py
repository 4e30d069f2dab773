"""Who reads and manages which documents.

Published documents are everybody's. Others are read by those whose role reads documents in the region or above it, and
managed by those whose role manages them there.
"""

from dataclasses import dataclass

from django.db.models import Q

from tumbuh.accounts.api import Scope


@dataclass(frozen=True)
class Reach:
    """Where somebody reads documents that are not published, and where they manage documents."""

    read: Scope
    manage: Scope

    def may_read(self, region_id: int, *, is_published: bool) -> bool:
        return is_published or self.read.contains(region_id)

    def may_manage(self, region_id: int) -> bool:
        return self.manage.contains(region_id)

    @property
    def q(self) -> Q:
        """A filter on documents: those that may be read."""
        return Q(is_published=True) | self.read.q("region_id")
