"""What can go wrong when a province is made up."""


class DemoError(Exception):
    """The demo cannot be made; the text says why and what to do."""

    code = "DEMO"
