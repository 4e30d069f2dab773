"""The door of the lists of other systems: pure rules, no database.

list_sources() / find_source(name) -> Source     title, fields, needs, note; e-PPGBM is not among them
guess_source(sheets) -> name                     the list that the first rows of the sheets fit best
guess_list / load_list_reading -> SheetReading   the columns, guessed or as a user confirmed them
read_line(cells, reading, source, …) -> ReadLine what a line says, or why it holds no data
write_template(source, path)                     an empty list with an example line
"""

from tumbuh.intake.sources.books import EPPGBM, Source, find_source, list_sources
from tumbuh.intake.sources.headings import Learned, guess_list, guess_source, load_list_reading, teach
from tumbuh.intake.sources.lines import ReadLine, read_line
from tumbuh.intake.sources.templates import write_template
from tumbuh.intake.sources.told import HOME, PARTNER, SELF, Fact, Somebody, Told, load_told

__all__ = [
    "EPPGBM",
    "HOME",
    "PARTNER",
    "SELF",
    "Fact",
    "Learned",
    "ReadLine",
    "Somebody",
    "Source",
    "Told",
    "find_source",
    "guess_list",
    "guess_source",
    "list_sources",
    "load_list_reading",
    "load_told",
    "read_line",
    "teach",
    "write_template",
]
