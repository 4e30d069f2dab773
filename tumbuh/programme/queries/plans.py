"""Action plans of regions."""

from collections.abc import Collection

from tumbuh.documents.api import DocumentFact, list_documents
from tumbuh.programme.models import ActionPlan, PlanAction
from tumbuh.regions.api import Region, Span


def list_plans(region: Region) -> list[ActionPlan]:
    """Every plan of the region, the newest first, with what enacted it and where it stands; two queries."""
    found = ActionPlan.objects.filter(region=region).select_related("enactment", "analysis").defer("analysis__content")
    return list(found.prefetch_related("documents"))


def list_plan_actions(plan: ActionPlan) -> list[PlanAction]:
    """Its actions by year and quarter; one query."""
    return list(plan.actions.select_related("owner"))


def list_own_documents(region: Region, kinds: Collection[str]) -> list[DocumentFact]:
    """The standing documents of the very region of these kinds, the newest first; one query."""
    found = list_documents(kinds=kinds, spans=[Span(region.pk, region.pk)])
    return sorted(found, key=lambda one: one.id, reverse=True)
