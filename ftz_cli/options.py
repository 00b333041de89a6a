"""The options that every reading command has, declared once, and what they amount to."""

import inspect
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from .catalogue import Message
from .errors import UsageError

if TYPE_CHECKING:
    from .library import Data

Format = Annotated[
    Literal["table", "json", "jsonl", "csv", "tsv", "md"] | None,
    typer.Option("--format", help="How to print.", show_default="table"),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Lang = Annotated[
    Literal["en", "zh"] | None,
    typer.Option("--lang", help="Language.", show_default="from the locale"),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--db", envvar="FTZ_DB", metavar="PATH", help="Database to read.",
                 show_default="the bundled data", show_envvar=True),
]  # fmt: skip
OutputFile = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE",
                 help="Write to FILE; the suffix chooses the format, .svg and .html too."),
]  # fmt: skip
Fields = Annotated[
    str | None, typer.Option("--fields", metavar="A,B,…", help="Only these fields, in this order.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, for Excel.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Never page a long answer.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No remarks on stderr.")]

COMMON: dict[str, tuple[Any, Any]] = {
    "format": (Format, None),
    "as_json": (Json, False),
    "lang": (Lang, None),
    "db": (DatabaseOption, None),
    "output": (OutputFile, None),
    "fields": (Fields, None),
    "bom": (Bom, False),
    "no_pager": (NoPager, False),
    "quiet": (Quiet, False),
}
# Each way to write an option of COMMON, and whether a value follows it.
SPELLINGS: dict[str, bool] = {
    spelling: hint.__origin__ is not bool
    for hint, _ in COMMON.values()
    for spelling in (hint.__metadata__[0].default, *hint.__metadata__[0].param_decls)
    if isinstance(spelling, str)
}


def language_of_locale() -> str:
    """The language that the environment asks for: Chinese (zh), else English (en)."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, names), "").lower().startswith("zh") else "en"


def language_asked(args: Sequence[str]) -> str | None:
    """The language that a command line asks for, before it is known to be in order."""
    asked = None
    for at, arg in enumerate(args):
        if arg == "--":
            break
        name, _, value = arg.partition("=")
        if name == "--lang":
            given = value or "".join(args[at + 1 : at + 2])
            asked = given if given in ("en", "zh") else asked
    return asked


def remark(line: str) -> None:
    """A line on stderr; where that is full or closed, nobody hears it."""
    with suppress(OSError, ValueError):
        print(f"ftz: {line}", file=sys.stderr)


@dataclass
class Session:
    """One run of a command: its options, its database, and its way out."""

    format: str | None = None
    as_json: bool = False
    lang: str | None = None
    db: str | None = None
    output: str | None = None
    fields: str | None = None
    bom: bool = False
    no_pager: bool = False
    quiet: bool = False

    @cached_property
    def language(self) -> str:
        """The language asked for: --lang, else the locale's, else English."""
        return self.lang or language_of_locale()

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """The database, opened for reading; built first where that is needed."""
        from .opening import opened

        return opened(self.db or None, self.tell)

    @cached_property
    def data(self) -> "Data":
        """The dataset that the database holds."""
        from .library import Data

        return Data(self.connection)

    def tell(self, message: Message) -> None:
        """A remark on stderr, which -q silences."""
        if not self.quiet:
            remark(message.told(self.language))

    def show(self, view: Any) -> None:
        """Print a view the way the options ask for."""
        from .render import Output, emit

        if self.as_json and self.format not in (None, "json"):
            raise UsageError("output.two_formats", format=self.format)
        emit(
            view,
            Output(
                format="json" if self.as_json else self.format,
                lang=self.language,
                path=self.output,
                fields=self.fields.split(",") if self.fields is not None else None,
                bom=self.bom,
                pager=not self.no_pager,
            ),
        )


def completing(*kinds: str) -> Callable[[str], list[str]]:
    """What a shell offers for a name that was begun: ids and names of these kinds of thing."""

    def complete(incomplete: str) -> list[str]:
        from . import store
        from .find import beginning

        named = os.environ.get("FTZ_DB")
        try:
            # Names of before the last edit are better than none.
            data = store.open_named(named) if named else store.open_cached(stale=True)
            return [name for kind in kinds for name in beginning(data, kind, incomplete)]
        except Exception:  # a shell in the middle of a line has no use for a traceback
            return []

    return complete


def reads(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of COMMON; it gets them as a Session, its first argument."""
    own = list(inspect.signature(command).parameters.values())[1:]
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default)
        for name, (hint, default) in COMMON.items()
    ]

    def run(**given: Any) -> None:
        session = Session(**{name: given.pop(name) for name in COMMON})
        command(session, **given)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own] + common
    )
    run.__annotations__ = {one.name: one.annotation for one in (*own, *common)}
    return run
