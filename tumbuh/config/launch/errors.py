"""What can go wrong while setting up; each is one sentence for the person at the keyboard."""


class LaunchError(Exception):
    """Setting up or starting stopped; the text says what happened, why and what to do now."""


class BootstrapError(LaunchError):
    """The Python environment could not be made."""


class AssetsError(LaunchError):
    """Style sheets, scripts or translations could not be built."""


class ServerError(LaunchError):
    """The built-in PostgreSQL server could not be used."""


class StepError(LaunchError):
    """A step of the start, or a check, failed."""
