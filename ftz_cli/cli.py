"""The command line: which command lives where, and the one place where errors become exit codes."""

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from . import __version__
from .catalogue import Message, Told
from .errors import ExitCode, FtzError, UsageError

# Module → its group in --help, and its commands. It is imported when one of them is called.
GROUPS = {
    "lookup": ("Look up", "zones zone initiatives initiative metrics metric figures sources"),
    "judge": ("Compare and check", "compare audit"),
    "curate": ("Curate", "check scan load"),
    "data": ("Data", "sql export serve"),
}
COMMANDS = {name: module for module, (_, names) in GROUPS.items() for name in names.split()}
# What a line without a command asks for; on no help page.
BARE = "overview"
# What ftz itself answers, without a command.
OWN = ("-h", "--help", "--version")


class Command(TyperCommand):
    """A command whose help page is in the user's language."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return str(super().get_help(_in_the_users_language(ctx)))


class LazyGroup(TyperGroup):
    """Builds only the command that was called: building all would take longer than a look-up."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, built now; None for an unknown name."""
        if cmd_name not in COMMANDS and cmd_name != BARE:
            return None
        info = CommandInfo(
            name=cmd_name,
            cls=Command,
            callback=self._function(cmd_name),
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def _function(self, name: str) -> Any:
        module = COMMANDS.get(name, "lookup")
        return getattr(import_module(f".commands.{module}", __package__), name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that `args` begin with; an unknown one is told with its nearest."""
        if args and args[0] not in (*COMMANDS, BARE) and not ctx.resilient_parsing:
            from difflib import get_close_matches

            from .text import shown

            near = get_close_matches(args[0], COMMANDS, n=1, cutoff=0.7)
            if near:
                raise UsageError("usage.no_command_near", name=shown(args[0]), near=near[0])
            raise UsageError("usage.no_command", name=shown(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands by group, each with the first line of its help."""
        for group, names in GROUPS.values():
            with formatter.section(group):
                formatter.write_dl([(name, self._summary(name)) for name in names.split()])

    def _summary(self, name: str) -> str:
        return (self._function(name).__doc__ or "").strip().partition("\n")[0]

    def invoke(self, ctx: Any) -> Any:
        """Run the command; every error of ours becomes one line on stderr and an exit code."""
        given = list(ctx._protected_args), list(ctx.args)
        with _boundary(given[1]):
            try:
                super().invoke(ctx)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                if os.environ.get("FTZ_DB") or any(arg.startswith("--db") for arg in given[1]):
                    raise  # a file that the user named is left as it is
                _rebuild(given[1])
                ctx._protected_args, ctx.args = given
                super().invoke(ctx)

    def make_context(self, info_name: Any, args: list[str], *rest: Any, **more: Any) -> Any:
        """Read the command line; --help and --version write their answer here."""
        given = list(args)
        with _boundary(given):
            if not more.get("resilient_parsing"):
                args = _command_first(args)
                for param in self.params:
                    if param.name == "install_completion":
                        param.callback = _install_completion
            return super().make_context(info_name, args, *rest, obj={"args": given}, **more)

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return str(super().get_help(_in_the_users_language(ctx)))


def _command_first(args: list[str]) -> list[str]:
    """The command line with the options before its command put after it: ftz --lang zh zones."""
    at = 0
    own: list[str] = []
    while at < len(args) and args[at].startswith("-"):
        from .options import SPELLINGS

        name, given, _ = args[at].partition("=")
        if name in OWN:
            own.append(name)
        elif name not in SPELLINGS:
            return args[at:]
        at += 2 if SPELLINGS.get(name) and not given else 1
    return own or [*(args[at : at + 1] or [BARE]), *args[:at], *args[at + 1 :]]


def _install_completion(ctx: Any, param: Any, asked: Any) -> None:
    """Install completion as typer does, and say so in the user's language."""
    if not asked or ctx.resilient_parsing:
        return
    from typer._completion_shared import _get_shell_name, install

    from .catalogue import say
    from .options import language_asked, language_of_locale
    from .text import shown

    shell = asked if isinstance(asked, str) else _get_shell_name()
    if shell not in ("bash", "zsh", "fish", "powershell", "pwsh"):
        raise UsageError("completion.no_shell")
    shell, path = install(shell)
    lang = language_asked(ctx.obj["args"]) or language_of_locale()
    print(say("completion.installed", lang, shell=shell, path=shown(str(path), 200)))
    raise typer.Exit()


def _in_the_users_language(ctx: Any) -> Any:
    """The context of a command line, with what writes its help page in the language asked for."""
    from .options import language_asked, language_of_locale
    from .pages import ChinesePage, EnglishPage

    zh = (language_asked(ctx.obj["args"]) or language_of_locale()) == "zh"
    ctx.formatter_class = ChinesePage if zh else EnglishPage
    return ctx


@contextmanager
def _boundary(args: list[str]) -> Iterator[None]:
    """End a run that fails with one line, in the language that `args` ask for, and a code."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except ClickException as error:
        from .reasons import of_usage

        context = getattr(error, "ctx", None)
        command = context.command_path if context else "ftz"
        _tell(Message("usage.see", said=of_usage(error.format_message()), command=command), args)
        raise typer.Exit(error.exit_code) from None
    except FtzError as error:
        if error.message.key:
            _tell(error, args)
        raise typer.Exit(int(error.exit_code)) from None
    except BrokenPipeError:
        # Whoever read us has gone; what is still buffered goes nowhere, quietly.
        _let_go()
        raise typer.Exit(int(ExitCode.CLOSED_PIPE)) from None
    except OSError as error:
        if error.errno not in _WRITE_FAILED:
            raise
        _let_go()
        from .reasons import of_os

        _tell(Message("output.failed", why=of_os(error)), args)
        raise typer.Exit(int(ExitCode.UNUSABLE)) from None
    except UnicodeEncodeError:
        # Bytes of an argument that are no text have no place in a question to SQLite.
        _tell(Message("output.not_utf8"), args)
        raise typer.Exit(int(ExitCode.USAGE)) from None
    except sqlite3.DatabaseError as error:
        from .reasons import of_sqlite

        _tell(Message("store.damaged", why=of_sqlite(error)), args)
        raise typer.Exit(int(ExitCode.UNUSABLE)) from None
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # SQLite does not see it where a damaged byte, or another program, made a value that can't
        # be. Who looks for a mistake of ours instead wants the traceback.
        if sys.flags.dev_mode:
            raise
        from .text import shown

        said = shown(f"{type(error).__name__}: {error}", 200)
        _tell(Message("store.strange", said=said), args)
        raise typer.Exit(int(ExitCode.UNUSABLE)) from None


def _tell(what: Told, args: list[str]) -> None:
    """A line on stderr, in the language that `args` ask for, or that a name was typed in."""
    from .options import language_asked, language_of_locale, remark

    tongue = getattr(what, "tongue", None)
    remark(what.told(language_asked(args) or tongue or language_of_locale()))


def _rebuild(args: list[str]) -> None:
    """Build the cached database anew, which turned out to be damaged."""
    from .load import open_current

    open_current(lambda remark: _tell(remark, args), Message("current.damaged"), damaged=True)


# A full disk, a quota, a limit, a broken device; None is a stdout that was closed.
_WRITE_FAILED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, None)


def _let_go() -> None:
    """Let what is still buffered for stdout go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=LazyGroup,
    name="ftz",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"ftz {__version__}")
        raise typer.Exit()


@app.callback()
def ftz(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Published figures on China's pilot free-trade zones: as printed, what they mean, and where
    they stand.

    Example: ftz metric cross-border e-commerce
    """


def main() -> None:
    """The `ftz` command."""
    # A stream that the shell has closed: reading finds the end, writing to stdout is refused.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull)  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # Figures are Chinese as often as not; a locale that can't write them must not stop us.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app_command = typer.main.get_command(app)
    try:
        app_command(prog_name="ftz")
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> None:
    """End the process at once: taking every module apart first costs a seventh of a look-up."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        raise end from None
    with suppress(OSError, ValueError):  # there is nobody left to tell
        sys.stderr.flush()
    if end.code is None or isinstance(end.code, int):
        os._exit(end.code or 0)
    raise end
