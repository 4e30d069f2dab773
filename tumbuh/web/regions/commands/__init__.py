"""What `tumbuh regions …` does: one function for each subcommand, taking the parsed options and an output."""

from tumbuh.web.regions.commands.listing import count, listing, show
from tumbuh.web.regions.commands.loading import add_local, boundaries, bps, change, load, population

HANDLERS = {
    "add-local": add_local,
    "boundaries": boundaries,
    "bps": bps,
    "change": change,
    "count": count,
    "list": listing,
    "load": load,
    "population": population,
    "show": show,
}

__all__ = ["HANDLERS"]
