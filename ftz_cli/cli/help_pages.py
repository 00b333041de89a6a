"""Typer's own help pages, in the language in use."""

import inspect
from shutil import get_terminal_size
from typing import Any

from typer.core import TyperCommand, TyperGroup

from ..language import translate
from ..output import FORMATS

EXAMPLE = "Example: "


class _Page:
    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage: ", translate("Usage: "))

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils  # start-up: it loads Rich

        rich_utils.MAX_WIDTH = get_terminal_size().columns
        rich_utils.ARGUMENTS_PANEL_TITLE = translate("Arguments")
        rich_utils.OPTIONS_PANEL_TITLE = translate("Options")
        rich_utils.REQUIRED_LONG_STRING = translate("[required]")
        rich_utils.DEFAULT_STRING = translate("[default: {}]")
        _translate_option(self.get_help_option(ctx))
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Page, TyperCommand):
    """A command of `ftz`."""


class Group(_Page, TyperGroup):
    """`ftz` with all its commands."""


def translated(command: Any) -> Any:
    """A command with its help, options and subcommands in the language in use."""
    # python -OO leaves no docstrings.
    summary, _, example = (inspect.getdoc(command.callback) or "").partition(f"\n\n{EXAMPLE}")
    command.help = f"{translate(summary)}\n\n{translate(EXAMPLE)}{example}"
    for param in command.params:
        _translate_option(param)
    command.options_metavar = translate(command.options_metavar)
    if isinstance(command, Group):
        command.subcommand_metavar = translate(command.subcommand_metavar)
        for one in map(translated, command.commands.values()):
            one.rich_help_panel = translate(one.rich_help_panel)
    return command


def _translate_option(option: Any) -> None:
    option.help = option.help and translate(option.help, formats=", ".join(FORMATS))
    option.rich_help_panel = option.rich_help_panel and translate(option.rich_help_panel)
