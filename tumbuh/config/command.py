"""The command `tumbuh`: our own commands in plain words, Django's behind them, on whatever database is configured."""

import argparse
import difflib
import os
import sys
from pathlib import Path

import django
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError, handle_default_options
from django.db import OperationalError, ProgrammingError, connections
from django.utils.translation import gettext as _

from tumbuh.config.database import DatabaseAddressError
from tumbuh.config.language import speak
from tumbuh.config.launch.errors import LaunchError
from tumbuh.config.launch.postgres.cluster import get_address, get_cluster
from tumbuh.config.launch.postgres.holding import hold_server
from tumbuh.config.postgresql.working import OWNER, VARIABLE, give_working_roles
from tumbuh.lib.row_scope import EVERYTHING, NOTHING, reaching

OWN_COMMANDS = Path(__file__).resolve().parents[1] / "web" / "management" / "commands"
# Django's commands that need no database; one of ours says so itself with `needs_database = False`.
WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "makemessages"}
FOR_THE_OWNER = {"migrate", "flush", "dbshell", "demo"}  # the demo has its tables analysed; other work needs rows only
FOR_SOMEBODY = {"worker", "runserver", "testserver"}  # their requests and jobs say for whom they work
HELP = {"help", "-h", "--help"}
NO_TABLE = "42P01"  # PostgreSQL's code
INTERRUPTED, BROKEN_PIPE = 130, 141  # exit codes as shells give them


def main(argv: list[str] | None = None) -> None:
    """Run `tumbuh <command>`; leaves with 0, 1 (and one sentence on the error stream) or 2 (a wrong call)."""
    sys.exit(run((argv if argv is not None else sys.argv)[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of the command; a foreseen error is one sentence and no traceback."""
    try:
        return _dispatch(arguments)
    except CommandError as problem:
        return _fail(str(problem), problem.returncode)
    except (LaunchError, DatabaseAddressError) as problem:
        return _fail(str(problem))
    except OperationalError as problem:
        reason = str(problem).strip().splitlines()[0]
        text = _(
            "Basis data tidak dapat dipakai: %s. Periksa DATABASE_URL, atau hapus agar server bawaan yang dipakai."
        )
        return _fail(text % reason)
    except ProgrammingError as problem:
        if getattr(problem.__cause__, "sqlstate", None) != NO_TABLE:
            raise
        return _fail(_("Basis data belum memiliki tabel untuk ini. Buat dengan: tumbuh migrate"))
    except KeyboardInterrupt:
        return _fail(_("Dihentikan."), INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


def list_own_commands() -> list[str]:
    """The names of Tumbuh's own commands, in order."""
    return sorted(file.stem for file in OWN_COMMANDS.glob("*.py") if not file.stem.startswith("_"))


def _dispatch(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")
    is_builtin = not os.environ.get("DATABASE_URL")
    if is_builtin:
        os.environ["DATABASE_URL"] = get_address(get_cluster())
    django.setup()
    speak()
    if arguments and arguments[0] in HELP:
        arguments = [*arguments[1:2], "--help"] if arguments[1:] else []
    if not arguments:
        return _show_commands()
    name, *rest = arguments
    os.environ.setdefault(VARIABLE, OWNER if name in FOR_THE_OWNER else "jobs")
    if name not in get_commands():
        return _suggest(name)
    command = load_command(name)
    options = _parse(command, name, rest)
    if is_builtin and name not in WITHOUT_DATABASE and getattr(command, "needs_database", True):
        hold_server(get_cluster())
    try:
        with reaching(NOTHING if name in FOR_SOMEBODY else EVERYTHING):  # whoever runs commands runs the server
            command.execute(*options.pop("args", ()), **options)
        if name == "migrate":
            connections["default"].ensure_connection()
            give_working_roles(connections["default"].connection)
        sys.stdout.flush()
    finally:
        connections.close_all()
    return 0


def load_command(name: str) -> BaseCommand:
    """The command of this name, one of `get_commands()`."""
    found = get_commands()[name]
    return found if isinstance(found, BaseCommand) else load_command_class(found, name)


def make_parser(command: BaseCommand, name: str) -> argparse.ArgumentParser:
    """The command's parser as our users see it: of Django's own options only --help is shown."""
    command._called_from_command_line = True  # as Django's own main does: usage errors leave with 2
    parser = command.create_parser("tumbuh", name)
    parser.description = str(parser.description or "")
    if name in list_own_commands():
        known = {action.dest for action in BaseCommand().create_parser("tumbuh", name)._actions}
        for action in parser._actions:
            if action.dest in known - {"help"}:
                action.help = argparse.SUPPRESS
    return parser


def _parse(command: BaseCommand, name: str, arguments: list[str]) -> dict[str, object]:
    """The command's options; leaves with 0 after --help and with 2 after a wrong call."""
    options = make_parser(command, name).parse_args(arguments)
    handle_default_options(options)
    return vars(options)


def _show_commands() -> int:
    names = list_own_commands()
    width = max(map(len, names))
    print(_("Pemakaian: tumbuh <perintah> [pilihan]     tumbuh <perintah> --help menjelaskannya") + "\n")
    for name in names:
        print(f"  {name:<{width}}  {' '.join(str(load_command(name).help).split())}")
    print("\n" + _("Perintah Django (migrate, check, shell …) juga berlaku. `make run` menjalankan seluruh situs."))
    return 0


def _suggest(name: str) -> int:
    close = difflib.get_close_matches(name, [*list_own_commands(), *get_commands()], n=1)
    hint = " " + _("Maksud Anda %s?") % close[0] if close else ""
    told = _("Tidak ada perintah %s.") % name
    return _fail(f"{told}{hint} " + _("`tumbuh help` menampilkan semuanya."), 2)


def _fail(text: str, code: int = 1) -> int:
    print(text, file=sys.stderr)
    return code
