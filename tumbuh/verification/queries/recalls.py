"""Requests to give a package back."""

from django.db.models import Q

from tumbuh.accounts.api import User, get_scopes
from tumbuh.verification.models import Package, Recall
from tumbuh.verification.rules import PERMISSION, Answer, State, Tier, find_holder


def list_recalls(package: Package) -> list[Recall]:
    """Every request about the package with who asked and who answered, in order; one query."""
    return list(package.recalls.select_related("by", "answered_by"))


def list_recalls_for(user: User) -> list[Recall]:
    """Open requests about packages that the user's tier holds, the oldest first; two queries."""
    scopes = get_scopes(user, PERMISSION.values())
    mine = Q(pk__in=[])
    for state in State:
        for tier in Tier:
            holder = find_holder(state, tier)
            if holder is not None and scopes[PERMISSION[holder]].spans:
                mine |= scopes[PERMISSION[holder]].q("package__region_id") & Q(tier=tier, package__state=state)
    return list(Recall.objects.filter(mine, answer=Answer.OPEN).select_related("package__region"))
