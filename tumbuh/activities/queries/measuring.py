"""What the surveys of a campaign say of exposure and understanding."""

from collections.abc import Sequence

from tumbuh.activities.models import Survey
from tumbuh.activities.queries.definitions import read_instruments
from tumbuh.activities.rules import Outcome, Wave, compare

EXPOSURE, UNDERSTANDING = "exposure", "understanding"


def read_outcomes(surveys: Sequence[Survey]) -> list[Outcome]:
    """Exposure and understanding of each instrument version surveyed, before, after and the change between."""
    waves: dict[str, dict[str, Survey]] = {}
    for survey in surveys:
        waves.setdefault(f"{survey.instrument}-{survey.version}", {})[survey.wave] = survey
    outcomes = []
    for key, held in waves.items():
        instrument = read_instruments()[key]
        pre, post = (
            (held[wave].respondents, held[wave].counts) if wave in held else None for wave in (Wave.PRE, Wave.POST)
        )
        outcomes.append(compare(EXPOSURE, instrument.exposure, pre, post))
        outcomes.append(compare(UNDERSTANDING, instrument.understanding, pre, post))
    return outcomes
