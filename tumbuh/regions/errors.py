"""What can go wrong with regions, each with a stable code."""

from collections.abc import Sequence

SHOWN = 20


class RegionError(Exception):
    """Something about regions that cannot be done; the message says why and what to do."""

    code = "regions.error"


class UnknownProvinceError(RegionError):
    code = "regions.unknown_province"


class UnknownRegionError(RegionError):
    code = "regions.unknown_region"


class ManyRemovalsError(RegionError):
    """A list lacks so many stored regions that it is probably cut off."""

    code = "regions.many_removals"


class RegionFileError(RegionError):
    """A file or list cannot be taken; `problems` has a sentence for each line (the message shows the first ones)."""

    code = "regions.file"

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = list(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"… dan {len(self.problems) - SHOWN} masalah lain.")
        super().__init__("\n".join(lines))
