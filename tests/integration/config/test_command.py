"""The command `tumbuh`: helpful in plain words, one sentence and the right exit code when it fails."""

import pytest

from tumbuh.config.command import list_own_commands, run


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
    assert out.startswith(f"usage: tumbuh {name}")
    assert "--pythonpath" not in out, "options that Django adds are not for our users"


def test_help_of_a_command_is_its_help(capsys):
    assert call(["help", "worker"], capsys) == call(["worker", "--help"], capsys)


def test_unknown_command_is_told_the_nearest(capsys):
    code, out, err = call(["wroker"], capsys)
    assert (code, out) == (2, "")
    assert err == "There is no command wroker. Did you mean worker? `tumbuh help` lists them all.\n"


def test_failing_command_says_one_sentence(capsys):
    code, _, err = call(["check", "--tag", "no_such_tag"], capsys)
    assert code == 1
    assert "no_such_tag" in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_wrong_option_leaves_with_two(capsys):
    code, _, err = call(["worker", "--patience", "soon"], capsys)
    assert code == 2
    assert "--patience" in err
