"""One person who stands in the register twice: what is asked, and what becomes of the rows that point to both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Chosen on the seed that the model was trained on, see docs/explanation/linkage.md.
ASK_FROM = 0.8  # pairs from this probability on are shown to people: 995 of 1,000 were one person in the planted truth
SURE_FROM = 0.95  # from here on 998 of 1,000


class CandidateState(TextChoices):
    OPEN = "OPEN", _("Menunggu keputusan")
    MERGED = "MERGED", _("Digabung")
    APART = "APART", _("Orang yang berbeda")


@dataclass(frozen=True)
class Moves:
    """Rows go along to the person who is kept.

    `repeats`: columns that repeat the person's own. `together`: a blank (key) of the kept person's row of the same day
    is filled only where that other column (value) was filled too. Each model with a relation to Person says
    `when_merged = {field: Moves() or Stays(why)}`; a test asks for it.
    """

    repeats: tuple[str, ...] = ()
    together: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stays:
    """Rows keep pointing to where they pointed, and why."""

    why: str


def join_stays(kept: tuple[date, date | None], absorbed: tuple[date, date | None]) -> tuple[date, date | None]:
    """Registered on and left on of the one person: from the earlier day on, and still here if either is."""
    left = None if kept[1] is None or absorbed[1] is None else max(kept[1], absorbed[1])
    return min(kept[0], absorbed[0]), left
