"""The reference page of all commands, written from the commands themselves."""

import argparse

from tumbuh.config.command import list_own_commands, load_command, make_parser

HEAD = """# Commands

Written by `tumbuh docs build` from the commands; change it there. `tumbuh <command> --help` shows the same on the
screen, in Indonesian, or in English with `TUMBUH_LANG=en` or an English `LANG`. Each command leaves with 0 when it did
what was asked, with 1 and one sentence on the error output when it could not, and with 2 when it was called wrongly.
`zscore` and `docs` need no database.
"""
WIDTH = 96  # of a usage line, whatever the terminal


def render_commands() -> str:
    """The page `docs/reference/commands.md`, in the language that is active."""
    parts = [HEAD]
    for name in list_own_commands():
        parser = make_parser(load_command(name), name)
        parts.append(f"## tumbuh {name}\n\n{' '.join(parser.description.split())}\n")
        children = _list_subcommands(parser)
        if not children:
            parts.append(_render_parser(parser))
        for child in children.values():
            parts.append(f"### {child.prog}\n\n{' '.join((child.description or '').split())}\n")
            parts.append(_render_parser(child))
    return "\n".join(parts)


def _list_subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0]) if found else {}


def _render_parser(parser: argparse.ArgumentParser) -> str:
    """Usage, a table of what can be written, and the notes below the options."""
    shown = [
        action
        for action in parser._actions
        if action.help != argparse.SUPPRESS and not isinstance(action, argparse._HelpAction)
    ]
    lines = ["```", _render_usage(parser, shown), "```", ""]
    if shown:
        lines += ["| option | meaning |", "| --- | --- |"]
        lines += [f"| `{_escape(_render_name(action))}` | {_escape(action.help or '')} |" for action in shown]
        lines.append("")
    if parser.epilog:
        lines += ["```", parser.epilog.strip("\n"), "```", ""]
    return "\n".join(lines)


def _render_usage(parser: argparse.ArgumentParser, shown: list[argparse.Action]) -> str:
    words = [parser.prog]
    for action in shown:
        word = _render_name(action).split(", ")[-1]
        is_free = (action.option_strings and not action.required) or action.nargs == "*"
        words.append(f"[{word}]" if is_free else word)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= WIDTH:
            lines.append("   ")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def _render_name(action: argparse.Action) -> str:
    value = str(action.metavar or (",".join(map(str, action.choices)) if action.choices else ""))
    if action.choices and not action.metavar:
        value = f"{{{value}}}"
    if not action.option_strings:
        return f"{value or action.dest}{' …' if action.nargs in {'*', '+'} else ''}"
    takes_value = action.nargs != 0
    return ", ".join(
        f"{option} {value or action.dest.upper()}" if takes_value else option for option in action.option_strings
    )


def _escape(text: str) -> str:
    """The text as it can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
