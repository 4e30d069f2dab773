"""The command `tumbuh`: Django's command line with our settings."""

import os
import sys


def main(argv: list[str] | None = None) -> None:
    """Run `tumbuh <command>`; leaves with the command's exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv if argv is not None else sys.argv)
