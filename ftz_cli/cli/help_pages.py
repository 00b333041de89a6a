"""Typer's own help pages, in the language in use."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from ..language import translate
from ..output import FORMATS

EXAMPLE = "Example: "


class Command(TyperCommand):
    """A command whose help page is in the language in use."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _translated_option(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        _translate_panels()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """The list of commands, with a help page in the language in use."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _translated_option(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page."""
        _translate_panels()
        super().format_help(ctx, formatter)


def translated(command: Any) -> Any:
    """A command whose own words, options and subcommands are in the language in use."""
    summary, example = docstring(command.callback).split(f"\n\n{EXAMPLE}")
    command.help = f"{translate(summary)}\n\n{translate(EXAMPLE)}{example}"
    for param in command.params:
        _translated_option(param)
    command.options_metavar = translate(command.options_metavar)
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = translate(command.subcommand_metavar)
    for subcommand in getattr(command, "commands", {}).values():
        subcommand.rich_help_panel = translate(subcommand.rich_help_panel)
        translated(subcommand)
    return command


def docstring(function: Callable[..., Any]) -> str:
    """What a function says of itself, a paragraph a line; read from its source under -OO."""
    text = inspect.getdoc(function)
    if text is None:
        (definition,) = ast.parse(inspect.getsource(function)).body
        assert isinstance(definition, ast.FunctionDef)
        text = ast.get_docstring(definition) or ""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _write_usage(command: TyperCommand | TyperGroup, context: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, pieces, prefix=translate("Usage: "))


def _translated_option(option: Any) -> Any:
    option.help = option.help and translate(option.help, formats=", ".join(FORMATS))
    option.rich_help_panel = option.rich_help_panel and translate(option.rich_help_panel)
    return option


def _translate_panels() -> None:
    """Put the words that Typer adds to a page itself into the language in use."""
    from typer import rich_utils  # loads Rich

    rich_utils.ARGUMENTS_PANEL_TITLE = translate("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = translate("Options")
    rich_utils.REQUIRED_LONG_STRING = translate("[required]")
    rich_utils.DEFAULT_STRING = translate("[default: {}]")
