"""The scope of a user as ranges of region numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from tumbuh.regions.api import Span


@dataclass(frozen=True)
class Scope:
    """Where a user may do something: ranges of region numbers. Empty means nowhere."""

    spans: tuple[Span, ...] = ()

    def contains(self, region_id: int) -> bool:
        return any(span.low <= region_id <= span.high for span in self.spans)

    def q(self, field: str) -> Q:
        """A filter on a region key, for example `scope.q("desa_id")`; an empty scope matches nothing."""
        condition = Q(pk__in=[])
        for span in self.spans:
            condition |= Q(**{f"{field}__gte": span.low, f"{field}__lte": span.high})
        return condition


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same ranges sorted, overlapping and touching ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.low <= joined[-1].high + 1:
            joined[-1] = Span(joined[-1].low, max(joined[-1].high, span.high))
        else:
            joined.append(span)
    return tuple(joined)
