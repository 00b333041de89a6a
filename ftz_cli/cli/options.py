"""The options that commands share, each declared once."""

import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import cached_property, update_wrapper
from typing import Annotated, Any, Literal

import typer

from ..api import Dataset, open_dataset
from ..database import unusable
from ..language import Message, join, shown
from ..model.errors import UsageError
from ..model.figure import FIGURE_FILTERS, Figure
from ..output import View, emit
from ..output.answers import list_view
from ..output.emit import format_asked
from .completion import names_of
from .error_boundary import print_error

Text = str | None
Words = list[str] | None
# The panels of a help page, below those of arguments and of the command's own options.
FILTERS, OUTPUT, DATA = "Filters", "Output", "Data and language"


def option(
    help: str,
    names: str,
    of: str | None = None,
    panel: str | None = None,
    *kinds: str,
    **limits: Any,
) -> Any:
    """An option: help, spellings, name of its value, panel, and the kinds to complete."""
    limits |= {"rich_help_panel": panel, "autocompletion": names_of(*kinds)}
    return typer.Option(*names.split(), help=help, metavar=of, **limits)


def filter_by(kind: str, help: str) -> Any:
    """The option that restricts figures to one thing or value."""
    return option(help, f"--{kind}", kind.upper(), FILTERS, kind)


def argument(help: str, name: str, *kinds: str) -> Any:
    """An argument: help, name, and the kinds of names to complete."""
    return typer.Argument(help=help, metavar=name, autocompletion=names_of(*kinds))


LIMIT = option("Show at most N.", "-n --limit", "N", min=1)
OfZone = Annotated[Text, filter_by("zone", "Of this zone and the zones within it.")]
# `application.main` sets the language before the command line is parsed.
Language = Annotated[
    Literal["en", "zh"] | None,
    option("The language; default: the locale's.", "--lang", None, DATA),
]
InPeriod = Annotated[Text, filter_by("period", "In 2021, H1 2021, 2022-07, 2019/2021 …")]


class Run(ExitStack):
    """The options of every command, and the dataset."""

    db: Annotated[Text, option(
        "The database; default: FTZ_DB, else the bundled data.", "--db", "PATH", DATA,
        envvar="FTZ_DB", show_envvar=False,
    )] = None  # fmt: skip
    lang: Language = None
    quiet: Annotated[bool, option("No notices on stderr.", "-q --quiet", None, DATA)] = False

    # Not a dataclass, which costs every start a millisecond.
    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.limit: int | None = None
        self.__dict__.update(options)

    @cached_property
    def data(self) -> Dataset:
        """The dataset, open until the command ends; first use builds the database."""
        self.push(self._explain)
        return self.enter_context(open_dataset(self.db, self.notice))

    def _explain(self, _: object, error: BaseException | None, __: object) -> None:
        # A file that the user named may hold cells that `ftz load` never writes.
        wrong = ArithmeticError | LookupError | TypeError | ValueError
        if self.db and isinstance(error, wrong) and not isinstance(error, UnicodeEncodeError):
            raise unusable(error, self.db) from error

    def notice(self, message: Message) -> None:
        """Print a notice on stderr, unless -q."""
        if not self.quiet:
            print_error(message)


class Reading(Run):
    """The options of a command that prints an answer."""

    format: Annotated[Text, option("{formats}.", "--format", "FORMAT", OUTPUT, "format")] = None
    as_json: Annotated[bool, option("Short for --format json.", "--json", None, OUTPUT)] = False
    output: Annotated[
        Text,
        option("Write to FILE; its suffix chooses the format.", "-o --output", "FILE", OUTPUT),
    ] = None
    fields: Annotated[
        Text, option("Only these fields, in this order.", "--fields", "A,B,…", OUTPUT)
    ] = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if self.as_json and self.format not in (None, "json"):
            raise UsageError("--json contradicts --format {format}", format=self.format)
        # Refuse wrong options before the look-up.
        self.form = format_asked("json" if self.as_json else self.format, self.output)
        self.protect(self.db)

    def protect(self, *inputs: str | None) -> None:
        """Raise UsageError if the answer would be written over an input file."""
        out = self.output or "-"
        if out != "-" and os.path.realpath(out) in map(os.path.realpath, filter(None, inputs)):
            raise UsageError("{path} is what is read; write to another file", path=shown(out))

    def show(self, view: View, notices: Iterable[Message] = ()) -> None:
        """Print notices, then write a view. Without rows, an existing FILE stays as it is."""
        if self.fields is not None:
            view = view.only(self.fields.split(","))
        for notice in notices:
            self.notice(notice)
        if view.items or not os.path.isfile(self.output or ""):
            self.write(view)

    def write(self, view: View) -> None:
        """Write a view in the format asked for."""
        emit(view._replace(limited=self.limited), self.form, self.output)

    def limited(self, items: Sequence[Any]) -> Sequence[Any]:
        """The first `limit` items; a notice counts all."""
        self.notice_limit(len(items[: self.limit]), len(items))
        return items[: self.limit]

    def notice_limit(self, shown: int, total: int) -> None:
        """Print how many items there are if fewer are shown."""
        if shown < total:
            text = "{shown} of {total} rows shown; -n {total} shows all"
            self.notice(Message(text, shown=shown, total=total))


class Listing(Reading):
    """The options of a command that lists things."""

    limit: Annotated[int | None, LIMIT] = None

    def show_list(self, kind: str, ask: Callable[[Text], Sequence[Any]], words: Words) -> None:
        """Show the things that `ask` finds; if none, print the words that find nothing alone."""
        words = list(filter(str.strip, words or ()))
        found = ask(" ".join(words) or None)
        none = Message("nothing fits; see 'ftz {kind}'", kind=kind)
        if words and not found:
            unknown = [word for word in words if not ask(word)]
            text = "nothing listed here is known by {words} together; see 'ftz {kind}'"
            if unknown:
                text = "nothing listed here is known by {words}; see 'ftz {kind}'"
            none = Message(text, words=shown(join(unknown or words)), kind=kind)
        self.show(list_view(kind, found), [] if found else [none])


class FigureListing(Listing):
    """The options of a command that lists figures."""

    zone: OfZone = None
    initiative: Annotated[Text, filter_by("initiative", "Of this initiative.")] = None
    metric: Annotated[Text, filter_by("metric", "Of this metric.")] = None
    measure: Annotated[Text, filter_by("measure", "level, growth, rank, share …")] = None
    article: Annotated[Text, filter_by("article", "Of this article or document.")] = None
    period: InPeriod = None
    status: Annotated[Text, filter_by("status", "measured, capacity, target …")] = None
    sort: Annotated[Text, option("value, period or zone.", "--sort", "ORDER", None, "sort")] = None

    def filters(self) -> dict[str, Any]:
        """The filters on the command line."""
        return {name: getattr(self, name) for name in FIGURE_FILTERS}

    def in_order(self, figures: Sequence[Figure]) -> list[Message]:
        """A notice if values of several currencies are sorted."""
        units = dict.fromkeys(one.base_unit for one in figures if one.unit_kind == "money")
        notice = Message("each currency is sorted by itself: {units}", units=join(units))
        return [notice] if self.sort == "value" and len(units) > 1 else []


def with_shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command for Typer: the options of the class of its first parameter become parameters."""
    first, *others = inspect.signature(command).parameters.values()
    options_class, keyword = first.annotation, inspect.Parameter.KEYWORD_ONLY
    # The options of a class come before those of its base class.
    shared = [
        inspect.Parameter(name, keyword, default=getattr(options_class, name), annotation=hint)
        for base in options_class.__mro__
        for name, hint in inspect.get_annotations(base).items()
    ]
    parameters = [*(one.replace(kind=keyword) for one in others), *shared]

    def run(**given: Any) -> None:
        with options_class(**{one.name: given.pop(one.name) for one in shared}) as options:
            command(options, **given)

    update_wrapper(run, command)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run
