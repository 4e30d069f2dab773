"""Figures as the public may see them: through disclosure control, whole trees at once."""

from dataclasses import dataclass
from datetime import date

from tumbuh.engines.disclosure.api import Protected
from tumbuh.regions.api import Level


@dataclass(frozen=True)
class PublicValue:
    """A protected figure with its place. Show `figure`, never the true counts (which are not here)."""

    indicator: str
    region_id: int
    region_code: str
    region_name: str
    level: int
    month: date
    figure: Protected
    status: str


def list_public_values(
    *, indicator: str, month: date, level: Level | int | None = None, within: str | None = None
) -> list[PublicValue]:
    """Like list_values, protected so that no hidden count can be found from all other public figures."""
    raise NotImplementedError


def list_public_trend(indicator: str, region: str, first: date, last: date) -> list[PublicValue]:
    """Like list_trend, protected."""
    raise NotImplementedError
