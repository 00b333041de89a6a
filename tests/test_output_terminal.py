"""On a terminal and in a pipe: width and colour, as whole processes."""

import pytest
from command_line import Home

from ftz_cli.output.line_breaks import cell_len


def widest(text: str) -> int:
    return max(map(cell_len, text.splitlines()))


def test_a_terminal_gets_its_width_and_colour_and_a_pipe_neither(home: Home) -> None:
    assert "\x1b[1m" in home.terminal("ftz figures -n 9")
    assert widest(home.terminal("ftz figures", columns=70, NO_COLOR="1")) <= 70
    piped = home.process("figures").out
    assert "\x1b" not in piped
    assert widest(piped) > 200


@pytest.mark.parametrize(
    ("variables", "in_a_pipe", "on_a_terminal"),
    [
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_variables_choose_the_colour(
    variables: dict[str, str], in_a_pipe: bool, on_a_terminal: bool, home: Home
) -> None:
    assert ("\x1b[" in home.process("zones", **variables).out) is in_a_pipe
    assert ("\x1b[" in home.terminal("ftz zones", **variables)) is on_a_terminal


def test_columns_sets_the_width_of_a_pipe(home: Home) -> None:
    piped = home.process("figures").out
    assert 70 <= widest(home.process("figures", COLUMNS="80").out) <= 80
    for no_width in ("wide", "0"):
        assert home.process("figures", COLUMNS=no_width).out == piped
