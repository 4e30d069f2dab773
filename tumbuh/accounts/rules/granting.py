"""Who may give which role where: an administrator below their own region, never to themselves."""

from dataclasses import dataclass

from tumbuh.accounts.rules.roles import MANAGE_ACCOUNTS, ROLES
from tumbuh.regions.api import Level, Span

# Roles that only the administrator of the province gives, wherever they are held.
PROVINSI_ONLY = frozenset({"PROVINSI_ADMIN", "PROVINSI_VERIFIER", "SUPERVISOR"})


@dataclass(frozen=True)
class Held:
    """A role in a region, as the one who gives it holds it, or as it is to be given."""

    role: str
    level: Level
    span: Span

    def lies_in(self, other: "Held") -> bool:
        """Whether this one's region is the other's or below it."""
        return other.span.low <= self.span.low and self.span.high <= other.span.high


def can_grant(holder: Held, given: Held) -> bool:
    """Whether somebody who holds `holder` may give `given` (or end it) to somebody else.

    The province's administrator: any role in the province. A region's administrator: strictly below their region, and
    none of those that the province keeps to itself.
    """
    if MANAGE_ACCOUNTS not in ROLES[holder.role].permissions or not given.lies_in(holder):
        return False
    if given.role not in ROLES or given.level not in ROLES[given.role].levels:
        return False
    if holder.level == Level.PROVINSI:
        return True
    return given.level > holder.level and given.role not in PROVINSI_ONLY
