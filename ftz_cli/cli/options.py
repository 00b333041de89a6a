"""The options that commands share: each is declared once, here, and used by its name."""

import inspect
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import update_wrapper
from typing import Annotated, Any, Literal, TypeVar

import typer

from ..api import SORTS, Dataset, FigureFilters, open_dataset
from ..language import Message
from ..model.errors import UsageError
from ..output import FORMATS, OutputOptions, View, emit
from .completion import names_of, values_of
from .error_boundary import print_error

Item = TypeVar("Item")

FILTERS = "Filters"
OUTPUT = "Output"
DATA = "Data and language"

# ---- what is listed ------------------------------------------------------------------------------

LIMIT = typer.Option("-n", "--limit", metavar="N", min=1, help="Show at most N.")
Limit = Annotated[int | None, LIMIT]


def words_of(*kinds: str) -> Any:
    """The argument of a list: words that its rows have to match."""
    return typer.Argument(
        metavar="[WORDS]…", help="Only what these words name.", autocompletion=names_of(*kinds)
    )


def name_of(kind: str) -> Any:
    """The argument of a card: one thing by its id or name."""
    return typer.Argument(
        metavar="NAME", help="Its id, its name, or part of it.", autocompletion=names_of(kind)
    )


def filter_by(kind: str, help: str) -> Any:
    """The option that keeps the figures of one thing of a kind."""
    return typer.Option(
        f"--{kind}",
        metavar="NAME",
        help=help,
        autocompletion=names_of(kind),
        rich_help_panel=FILTERS,
    )


OfZone = Annotated[str | None, filter_by("zone", "Of this zone and what lies within.")]
OfTheme = Annotated[
    str | None,
    typer.Option(
        "--theme",
        metavar="NAME",
        help="Of this theme.",
        autocompletion=names_of("theme"),
        rich_help_panel=FILTERS,
    ),
]
OfKind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Of this kind: area, border_port …",
        autocompletion=values_of("zones", "kind"),
        rich_help_panel=FILTERS,
    ),
]
InPeriod = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="EDTF",
        help="Of this period: 2021, 2022-07, 2021-01/2021-09 …",
        autocompletion=names_of("period"),
        rich_help_panel=FILTERS,
    ),
]

# ---- how an answer is printed, and of which data -------------------------------------------------

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="How to print: {formats}.",
        autocompletion=lambda incomplete: list(FORMATS),
        rich_help_panel=OUTPUT,
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Short for --format json.", rich_help_panel=OUTPUT)
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to FILE; its suffix chooses the format.",
        rich_help_panel=OUTPUT,
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        "--fields",
        metavar="A,B,…",
        help="Only these fields, in this order.",
        rich_help_panel=OUTPUT,
    ),
]
NoPager = Annotated[
    bool, typer.Option("--no-pager", help="Do not page a long table.", rich_help_panel=OUTPUT)
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="No notices on stderr.", rich_help_panel=DATA)
]
Lang = Annotated[
    Literal["en", "zh"] | None,
    typer.Option("--lang", help="Language; else that of the locale.", rich_help_panel=DATA),
]
DatabasePath = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="FTZ_DB",
        show_envvar=False,
        metavar="PATH",
        help="Database to read; else FTZ_DB, else the bundled data.",
        rich_help_panel=DATA,
    ),
]


class Run:
    """What every command is given: its data, its language, and whether it prints notices."""

    db: DatabasePath = None
    # It is in use before a command is built: see `application.main`.
    lang: Lang = None
    quiet: Quiet = False

    # A dataclass would cost every start a millisecond.
    def __init__(self, **options: Any) -> None:
        self.__dict__.update(options)

    def dataset(self) -> AbstractContextManager[Dataset]:
        """The dataset, opened for reading; it is built first where that is needed."""
        return open_dataset(self.db or None, self.notice)

    def notice(self, message: Message) -> None:
        """Print a notice on stderr, unless -q."""
        if not self.quiet:
            print_error(message)


class Reading(Run):
    """What a command with an answer is given: also the form of the answer."""

    format: Format = None
    as_json: Json = False
    output: OutputFile = None
    fields: Fields = None
    no_pager: NoPager = False

    def show(self, view: View) -> None:
        """Print a view as the options say."""
        if self.as_json and self.format not in (None, "json"):
            raise UsageError("--json contradicts --format {format}", format=self.format)
        emit(
            view,
            OutputOptions(
                format="json" if self.as_json else self.format,
                path=self.output,
                fields=self.fields.split(",") if self.fields is not None else None,
                pager=not self.no_pager,
            ),
        )

    def first(self, items: Sequence[Item], limit: int | None, command: str) -> Sequence[Item]:
        """The first `limit` items of a list command, all without a limit.

        A notice says how many are left out, or that there are none.
        """
        if not items:
            self.notice(Message("nothing found; 'ftz {command}' lists all", command=command))
        self.notice_limit(len(items[:limit]), len(items))
        return items[:limit]

    def notice_limit(self, shown: int, total: int) -> None:
        """Say how many items a limit leaves out."""
        if shown < total:
            self.notice(
                Message("{shown} of {total} shown; -n {total} shows all", shown=shown, total=total)
            )


class FigureReading(Reading):
    """What a command that lists figures is given: also which of them, and in what order."""

    zone: OfZone = None
    initiative: Annotated[str | None, filter_by("initiative", "Of this initiative.")] = None
    metric: Annotated[str | None, filter_by("metric", "Of this metric.")] = None
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="level, growth, change, multiple, rank or share.",
            autocompletion=values_of("figures", "measure"),
            rich_help_panel=FILTERS,
        ),
    ] = None
    article: Annotated[str | None, filter_by("article", "Of this article.")] = None
    period: InPeriod = None
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="measured, capacity, design, target or rule.",
            autocompletion=values_of("figures", "status"),
            rich_help_panel=FILTERS,
        ),
    ] = None
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="ORDER",
            help="value (largest first), period (newest first) or zone.",
            autocompletion=lambda incomplete: list(SORTS),
        ),
    ] = None

    def filters(self) -> FigureFilters:
        """The filters that were asked for."""
        return FigureFilters(
            zone=self.zone,
            initiative=self.initiative,
            metric=self.metric,
            measure=self.measure,
            article=self.article,
            period=self.period,
            status=self.status,
        )


def joined(words: Sequence[str] | None) -> str | None:
    """The words of an argument as one text; None without any."""
    return " ".join(words) if words else None


def with_shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command as Typer reads it: the class of its first parameter as options of its own."""
    first, *own = inspect.signature(command).parameters.values()
    # A class's own options come before those of the class that it extends.
    hints = {
        name: hint
        for kind in first.annotation.__mro__
        for name, hint in inspect.get_annotations(kind).items()
    }

    def run(**given: Any) -> None:
        shared = {name: given.pop(name) for name in hints}
        command(first.annotation(**shared), **given)

    shared = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=getattr(first.annotation, name),
            annotation=hint,
        )
        for name, hint in hints.items()
    ]
    keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    parameters = [*keyword_only, *shared]
    update_wrapper(run, command)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run
