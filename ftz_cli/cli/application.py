"""The list of commands, and the function that runs one of them for a command line."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.main import get_command

from .. import __version__
from ..language import shown, use_language
from ..model.errors import UsageError
from . import comparison_commands as comparison
from . import curation_commands as curation
from . import data_commands as data
from . import lookup_commands as lookup
from .error_boundary import exit_code_of
from .help_pages import Command, Group, translated
from .options import Language, option, with_shared_options

# The panels of `ftz --help`, and the commands of each.
COMMANDS: dict[str, list[Callable[..., None]]] = {
    "Look up": [lookup.zones, lookup.zone, lookup.initiatives, lookup.initiative, lookup.metrics,
                lookup.metric, lookup.figures, lookup.figure, lookup.recognitions, lookup.sources],
    "Compare and audit": [comparison.compare, comparison.audit],
    "Curate": [curation.scan, curation.stubs, curation.check, curation.load],
    "The data": [data.sql, data.export, data.serve],
}  # fmt: skip
FUNCTIONS = {function.__name__: function for panel in COMMANDS.values() for function in panel}
SETTINGS = {"help_option_names": ["-h", "--help"]}


def main() -> None:
    """Run `sys.argv` as a command line of `ftz` and exit with its code."""
    prepare_streams()
    args = sys.argv[1:]
    use_language(language_asked(args))
    if "_FTZ_COMPLETE" in os.environ:
        all_commands()(prog_name="ftz")
    sys.exit(exit_code_of(lambda: run(args)))


def prepare_streams() -> None:
    """Set the standard streams to UTF-8, and replace those that the shell closed."""
    # A replaced stdin is empty; writing to a replaced stdout raises OSError.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull)  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def language_asked(args: Sequence[str]) -> str:
    """The language of a command line before it is parsed: --lang, else the locale's, else en."""
    before = args[: args.index("--")] if "--" in args else args
    words = " ".join(before).replace("--lang=", "--lang ").split(" ")
    for name, value in pairwise(words):
        if name == "--lang" and value in ("en", "zh"):
            return value
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def run(args: Sequence[str]) -> None:
    """Run a command line; raises the errors of its command, and `typer.Exit` after a help page."""
    "".join(args).encode()  # raises UnicodeEncodeError for an argument that is not UTF-8
    if args and args[0] == "help":
        args = [*args[1:], "--help"]
    # Options may stand before the command.
    words = args[:1] if args and args[0][:1] != "-" else args
    at = next((at for at, word in enumerate(words) if word in FUNCTIONS), None)
    if at is None:
        name, command, args = "ftz", all_commands(), args or ["--help"]
    else:
        # Build this command only: building all takes longer than a look-up.
        app = typer.Typer(add_completion=False, context_settings=SETTINGS)
        app.command(cls=Command)(with_shared_options(FUNCTIONS[args[at]]))
        name, command = f"ftz {args[at]}", translated(get_command(app))
        args = [*args[:at], *args[at + 1 :]]
    for param in command.params:  # Typer would keep only the last of several values
        count = sum(arg.partition("=")[0] in param.opts for arg in args)
        if count > 1 and not getattr(param, "is_flag", True) and not param.multiple:
            text = "{option} is given {count} times, and takes one value"
            raise UsageError(text, option=param.opts[-1], count=count)
    try:
        with command.make_context(name, [*args]) as context:
            command.invoke(context)
    except typer.TyperException as error:
        problem = shown(error.format_message().rstrip("."), 200)
        text = "{problem} (see '{command} --help')"
        raise UsageError(text, problem=problem, command=name) from None


def all_commands() -> Any:
    """All commands in one group, for the help page and for completion."""
    app = typer.Typer(cls=Group, context_settings=SETTINGS)
    app.callback()(ftz)
    for panel, functions in COMMANDS.items():
        for function in map(with_shared_options, functions):
            app.command(cls=Command, rich_help_panel=panel, context_settings=SETTINGS)(function)
    return translated(get_command(app))


def _print_version(asked: bool) -> None:
    if asked:
        print(f"ftz {__version__}")
        raise typer.Exit()


Version = Annotated[
    bool, option("Print the version.", "--version", callback=_print_version, is_eager=True)
]


def ftz(version: Version = False, lang: Language = None) -> None:
    """Published figures on China's pilot free trade zones: printed, meaning and source.

    Example: ftz metric cross-border e-commerce
    """
