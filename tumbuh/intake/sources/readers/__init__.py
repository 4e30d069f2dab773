"""What the lines of each kind of list say."""

from collections.abc import Callable

from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.readers import child, couple, decile, family, immunisation, pregnant, preschool
from tumbuh.intake.sources.told import Told

READERS: dict[str, Callable[[Cells], Told]] = {
    "child": child.tell,
    "couple": couple.tell,
    "decile": decile.tell,
    "family": family.tell,
    "immunisation": immunisation.tell,
    "pregnant": pregnant.tell,
    "preschool": preschool.tell,
}
