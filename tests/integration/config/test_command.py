"""The command `tumbuh`: helpful in plain words, one sentence and the right exit code when it fails."""

import argparse
import re
from collections.abc import Iterator

import pytest
from django.core import management
from django.core.management import find_commands, get_commands
from django.utils import translation

from tumbuh.config.command import list_own_commands, load_command, make_parser, run
from tumbuh.config.language import choose_language
from tumbuh.config.reference import render_commands


def list_parsers(name: str) -> Iterator[argparse.ArgumentParser]:
    """The command's parser and those of its subcommands, in the active language."""
    parser = make_parser(load_command(name), name)
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def list_helps(name: str) -> list[str]:
    """The description of each parser and the help of each option."""
    parsers = list(list_parsers(name))
    options = [action for parser in parsers for action in parser._actions]
    shown = [
        str(action.help or "")
        for action in options
        if action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
    ]
    return [str(parser.description or "") for parser in parsers] + shown


def call(arguments: list[str], capsys) -> tuple[int, str, str]:
    try:
        code = run(arguments)
    except SystemExit as leaving:  # argparse leaves after --help and after a wrong call
        code = leaving.code
    written = capsys.readouterr()
    return code, written.out, written.err


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_list_shows_our_commands_and_not_djangos(arguments, capsys):
    code, out, err = call(arguments, capsys)
    assert (code, err) == (0, "")
    for name in list_own_commands():
        assert f"\n  {name} " in out
    assert "\n  sqlflush" not in out
    assert "procrastinate" not in out


@pytest.mark.parametrize("name", list_own_commands())
def test_each_command_explains_itself(name, capsys):
    code, out, err = call([name, "--help"], capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"pemakaian: tumbuh {name}")
    assert "--pythonpath" not in out, "options that Django adds are not for our users"


def test_help_of_a_command_is_its_help(capsys):
    assert call(["help", "worker"], capsys) == call(["worker", "--help"], capsys)


def test_unknown_command_is_told_the_nearest(capsys):
    code, out, err = call(["wroker"], capsys)
    assert (code, out) == (2, "")
    assert err == "Tidak ada perintah wroker. Maksud Anda worker? `tumbuh help` menampilkan semuanya.\n"


def test_failing_command_says_one_sentence(capsys):
    code, _, err = call(["check", "--tag", "no_such_tag"], capsys)
    assert code == 1
    assert "no_such_tag" in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_wrong_value_leaves_with_two(capsys):
    code, _, err = call(["worker", "--patience", "soon"], capsys)
    assert code == 2
    assert "--patience: 'soon' tidak dapat dibaca sebagai float" in err


@pytest.mark.parametrize("name", list_own_commands())
def test_unknown_option_leaves_with_two(name, capsys):
    code, out, err = call([name, "--no-such-option"], capsys)
    assert (code, out) == (2, "")
    assert "salah:" in err


@pytest.mark.parametrize("name", list_own_commands())
def test_each_command_and_option_is_explained_in_both_languages(name):
    indonesian = list_helps(name)
    assert all(len(text.split()) > 1 for text in indonesian), indonesian
    with translation.override("en"):
        english = list_helps(name)
    assert [text for text, other in zip(indonesian, english, strict=True) if text == other] == []


def test_english_is_spoken_when_asked_for(monkeypatch, capsys):
    monkeypatch.setenv("TUMBUH_LANG", "en")
    assert re.search(r"\n  worker +Do the background jobs", call([], capsys)[1])
    assert call(["worker", "--help"], capsys)[1].startswith("usage: tumbuh worker")
    assert call(["wroker"], capsys)[2].startswith("There is no command wroker. Did you mean worker?")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_GB.UTF-8", "TUMBUH_LANG": "id"}, "id"),
        ({"LANG": "en_GB.UTF-8", "TUMBUH_LANG": ""}, "en"),
        ({"TUMBUH_LANG": "en"}, "en"),
    ],
)
def test_language_of_the_environment(environment, language):
    assert choose_language(environment) == language


def test_zscore_starts_no_database(monkeypatch, capsys):
    def refuse(cluster):
        raise AssertionError("a server was started")

    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr("tumbuh.config.command.hold_server", refuse)
    code, out, err = call(["zscore", "no.csv", "-o", "out.csv"], capsys)
    assert (code, out) == (1, "")
    assert err == "Berkas no.csv tidak ada. Periksa nama dan foldernya.\n"


def test_reference_names_every_command_and_option():
    page = render_commands()
    for name in list_own_commands():
        assert f"## tumbuh {name}\n" in page
        for parser in list_parsers(name):
            for action in parser._actions:
                if action.help != argparse.SUPPRESS and not isinstance(action, argparse._HelpAction):
                    assert all(f"`{option}" in page or f", {option}" in page for option in action.option_strings)


def test_no_command_of_ours_hides_one_of_djangos():
    assert not set(list_own_commands()) & set(find_commands(management.__path__[0]))
    assert set(list_own_commands()) <= set(get_commands())
