"""WHO's curves as the generator of visits wants them."""

import numpy as np

from tumbuh.engines.anthropometry.api import list_zcurves
from tumbuh.intake.demo.visits import Curves

WHOLE_Z = tuple(range(-4, 5))


def read_curves() -> Curves:
    """Length by day and weight by length (45 to 110 cm), for boys and girls."""
    length, sd, weight = [], [], []
    for sex in (1, 2):
        by_age = list_zcurves("haz", sex, (0, 1))
        length.append(by_age.y[0])
        sd.append(by_age.y[1] - by_age.y[0])
        by_length = list_zcurves("whz", sex, WHOLE_Z)
        weight.append(np.stack([by_length.y[z] for z in WHOLE_Z]))
    return Curves(np.stack(length), np.stack(sd), np.stack(weight), weight_from_cm=45.0)
