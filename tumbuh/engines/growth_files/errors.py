"""What stops a whole file. Bad rows do not: they are counted and named in the summary."""


class GrowthFileError(Exception):
    """The file as a whole cannot be read or written; the message is one plain sentence for the user."""

    code = "GROWTH_FILE"
