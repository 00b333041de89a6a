"""Which commands there are, and how a command line runs one of them."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from typer.main import get_command

from .. import __version__
from ..language import Message, join, shown, use_language
from ..model.errors import UsageError
from . import comparison_commands as reason
from . import curation_commands as curate
from . import data_commands as data
from . import lookup_commands as look
from .error_boundary import exit_code_of
from .help_pages import Command, Group, translated
from .options import with_shared_options

# The panels of `ftz --help`, and the commands of each.
COMMANDS: dict[str, list[Callable[..., None]]] = {
    "Look up": [look.zones, look.zone, look.initiatives, look.initiative, look.metrics, look.metric,
                look.figures, look.figure, look.recognitions, look.sources],
    "Compare and audit": [reason.compare, reason.audit],
    "Curate": [curate.scan, curate.stubs, curate.check, curate.load],
    "The data": [data.sql, data.export, data.serve],
}  # fmt: skip
FUNCTIONS = {function.__name__: function for panel in COMMANDS.values() for function in panel}
# The options of `ftz` itself, without a command.
OWN_OPTIONS = {"-h", "--help", "--version", "--install-completion", "--show-completion"}
SETTINGS = {"help_option_names": ["-h", "--help"]}


def main() -> None:
    """The `ftz` command: run `sys.argv` and leave with its exit code."""
    prepare_streams()
    args = sys.argv[1:]
    use_language(language_asked(args))
    if "_FTZ_COMPLETE" in os.environ:
        all_commands()(prog_name="ftz")
    sys.exit(exit_code_of(lambda: run(args)))


def prepare_streams() -> None:
    """Make the standard streams fit for Chinese, whatever the locale and the shell left of them."""
    # A stream that the shell closed: reading finds the end, and an answer can't be written.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull)  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def language_asked(args: Sequence[str]) -> str:
    """The language of a command line that is not parsed yet: --lang, else the locale's, else en."""
    asked = ""
    for arg, following in zip(args, [*args, ""][1:], strict=True):
        if arg == "--":
            break
        if arg == "--lang":
            asked = following
        elif arg.startswith("--lang="):
            asked = arg.removeprefix("--lang=")
    if asked in ("en", "zh"):
        return asked
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def run(args: Sequence[str]) -> None:
    """Run a command line; raises what its command raises, and `typer.Exit` after a help page."""
    "".join(args).encode()  # raises UnicodeEncodeError for bytes that are no text
    before, name, after = split(args)
    if name == "help":
        before, name, after = ([], after[0], ["--help"]) if after else (["--help"], None, [])
    own = [arg for arg in before if arg in OWN_OPTIONS]
    if own or name is None:
        invoke(all_commands(), "ftz", own or ["--help"])
    elif name in FUNCTIONS:
        invoke(only_command(FUNCTIONS[name]), f"ftz {name}", [*before, *after])
    else:
        near = get_close_matches(name, FUNCTIONS)
        raise usage_error(hinted(Message("no command {name}", name=shown(name)), near), "ftz")


def split(args: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """The options before the command, the command (None without one), and what follows it."""
    place = 0
    if args and args[0].startswith("-"):
        shared = only_command(look.sources).params
        with_value = {n for one in shared if not getattr(one, "is_flag", True) for n in one.opts}
        while place < len(args) and args[place].startswith("-"):
            place += 2 if args[place] in with_value else 1
    name = args[place] if place < len(args) else None
    return list(args[:place]), name, list(args[place + 1 :])


def invoke(command: Any, name: str, args: list[str]) -> None:
    """Parse `args` for a command that Typer built, and run it."""
    try:
        with command.make_context(name, args) as context:
            command.invoke(context)
    except typer.TyperException as error:
        raise usage_error(problem_of(error, command), name) from None


def usage_error(problem: object, command: str) -> UsageError:
    """A problem, and where to read on."""
    return UsageError("{problem}. See '{command} --help'", problem=problem, command=command)


def problem_of(error: Any, command: Any) -> Message | str:
    """What Typer says of a command line, in the language in use where its fields tell."""
    option: Any = getattr(error, "option_name", None)
    param: Any = getattr(error, "param", None)
    if hasattr(error, "possibilities"):
        return hinted(Message("no option {name}", name=shown(option)), error.possibilities or ())
    if option:
        flag = any(one.is_flag for one in command.params if option in one.opts)
        text = "option {name} takes no value" if flag else "option {name} needs a value"
        return Message(text, name=option)
    if hasattr(error, "param_type"):
        return Message("{name} is missing", name=param.human_readable_name)
    problem = shown((error.message if param else error.format_message()).rstrip("."), 200)
    return f"{' / '.join(param.opts)}: {problem}" if param else problem


def hinted(problem: Message, near: Iterable[str]) -> Message:
    """A problem with a name, and the names that may be meant."""
    if listed := join(sorted(near)):
        return Message("{problem} (did you mean {listed}?)", problem=problem, listed=listed)
    return problem


def only_command(function: Callable[..., None]) -> Any:
    """One command as Typer builds it: building all takes longer than a look-up."""
    app = typer.Typer(add_completion=False, context_settings=SETTINGS)
    app.command(cls=Command)(with_shared_options(function))
    return translated(get_command(app))


def all_commands() -> Any:
    """All commands in one group, for the list of commands and for completion."""
    app = typer.Typer(cls=Group, context_settings=SETTINGS)
    app.callback()(ftz)
    for panel, functions in COMMANDS.items():
        for function in functions:
            shown_in = app.command(cls=Command, rich_help_panel=panel, context_settings=SETTINGS)
            shown_in(with_shared_options(function))
    return translated(get_command(app))


def print_version(asked: bool) -> None:
    """Print the version, where --version is given."""
    if asked:
        print(f"ftz {__version__}")
        raise typer.Exit()


def ftz(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Published figures on China's pilot free trade zones: printed, meaning and source.

    Example: ftz metric cross-border e-commerce
    """
