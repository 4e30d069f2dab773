"""What stops a whole file. Bad rows do not: they are counted and named in the summary."""

ABSENT = "The file {path} does not exist. Check the name and the folder."
ENDING = "The file {path} must end in .csv or .parquet, so that its format is known."
EMPTY = "The file {path} is empty. It needs a line with column names and rows below it."
NO_TEXT = "The file {path} is not a text file, although its name ends in {ending}."
UNREADABLE = "The file {path} cannot be read as {format}: {reason}."
RAGGED = "Line {line} of the file {path} has {cells} cells where the first line has {width}."
RAGGED_SOMEWHERE = "Not all lines of the file {path} have as many cells as the first."
COLUMN_TWICE = "The file {path} has the column {column} twice. Remove one of them."
COLUMNS_LACK = "The file {path} lacks {missing}. Its columns are: {found}."
CANNOT_HOLD = "The file {path} cannot hold {kinds}. Write to .parquet or leave it out."
CANNOT_WRITE = "The file {path} cannot be written: {reason}."


class GrowthFileError(Exception):
    """The file as a whole cannot be read or written; the message is one plain sentence for the user.

    `sentence` leaves open the places that `places` fills, so that it can be said in another language.
    """

    code = "GROWTH_FILE"

    def __init__(self, sentence: str, **places: object) -> None:
        super().__init__(sentence.format(**places))
        self.sentence, self.places = sentence, places
