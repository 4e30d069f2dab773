"""The definitions that are shipped, read once per process."""

from functools import lru_cache
from pathlib import Path

from tumbuh.engines.convergence.parsing import parse_service
from tumbuh.engines.convergence.types import Content, Rule
from tumbuh.engines.convergence.vocabulary import parse_codes, parse_groups, parse_poor
from tumbuh.engines.definitions.api import DefinitionError, read_yaml

FOLDER = Path(__file__).parents[3] / "definitions"


@lru_cache(maxsize=4)
def read_content(folder: Path = FOLDER) -> Content:
    """Groups, codes and rules of a folder; raises DefinitionError naming file and key."""
    groups = parse_groups(read_yaml(folder / "groups.yaml"), "groups.yaml")
    codes = parse_codes(read_yaml(folder / "receipts.yaml"), "receipts.yaml", groups)
    rules: list[Rule] = []
    orders: set[int] = set()
    for path in sorted((folder / "services").glob("*.yaml")):
        found = parse_service(read_yaml(path), path.name, groups, codes)
        order = found[0].service.order
        if order in orders:
            raise DefinitionError(f"{path.name}: order: {order} is another service's")
        orders.add(order)
        rules += found
    poor = parse_poor(read_yaml(folder / "parameters/poor-decile.yaml"), "poor-decile.yaml")
    return Content(groups, codes, tuple(sorted(rules, key=lambda r: (r.group.order, r.service.order))), poor)
