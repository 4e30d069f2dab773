"""Pure decisions about region codes, lists and map tiles."""

from tumbuh.regions.rules.codes import (
    Kind,
    Level,
    RegionCodeError,
    Span,
    check_code,
    find_enclosing,
    get_code,
    get_kind,
    get_level,
    get_number,
    get_parent_code,
    get_span,
)
from tumbuh.regions.rules.names import fold_name
from tumbuh.regions.rules.rows import (
    Counts,
    LoadReport,
    Problem,
    RegionRow,
    Stored,
    compare_rows,
    count_rows,
    list_count_problems,
    list_roots,
    list_row_problems,
)
from tumbuh.regions.rules.tiles import Layout, Shape, lay_tiles

__all__ = [
    "Counts",
    "Kind",
    "Layout",
    "Level",
    "LoadReport",
    "Problem",
    "RegionCodeError",
    "RegionRow",
    "Shape",
    "Span",
    "Stored",
    "check_code",
    "compare_rows",
    "count_rows",
    "find_enclosing",
    "fold_name",
    "get_code",
    "get_kind",
    "get_level",
    "get_number",
    "get_parent_code",
    "get_span",
    "lay_tiles",
    "list_count_problems",
    "list_roots",
    "list_row_problems",
]
