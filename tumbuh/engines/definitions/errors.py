"""What stops a definition file."""


class DefinitionError(Exception):
    """A definition file that cannot be used; the message names file and key."""

    code = "definition"
