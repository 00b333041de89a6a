"""A dataset that is open: every question that a command can ask of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict, Unpack

from ..curation import open_current
from ..database import Database, cache_path, open_named, queries
from ..language import Message, join, shown
from ..lookup import Answer, Filters, answer, find_listed, find_one, resolved
from ..model.dataset_schema import tables
from ..model.edtf import exists
from ..model.errors import NotFound, UsageError
from ..model.figure import Figure
from ..model.named import Initiative, Metric, Named, Recognition, Source, Zone

if TYPE_CHECKING:
    from ..analysis.agreement import Agreement
    from ..analysis.comparison import Comparison
    from ..analysis.findings import Finding
    from ..database import adhoc_sql


class FigureFilters(TypedDict, total=False):
    """What figures are filtered by.

    `zone`, `initiative` and `metric` are names; a zone takes in what lies within it. `article` is
    an article or a whole document. `period` is EDTF: 2021 finds 2021-05-21 and 2019/2021.
    """

    zone: str | None
    initiative: str | None
    metric: str | None
    measure: str | None
    article: str | None
    period: str | None
    status: str | None


SORTS = ("value", "period", "zone")


def open_dataset(
    path: str | os.PathLike[str] | None = None, notify: Callable[[Message], None] | None = None
) -> Dataset:
    """Open the database at `path` for reading, else the bundled data or what was last loaded.

    The bundled data is put into a database in the user's cache folder on first use, or into memory
    where nothing can be written; `notify` gets a message then. Raises DatabaseUnusable for a file
    that is missing, damaged, or no database of ftz.
    """
    if path is not None:
        return Dataset(open_named(path))
    return Dataset(open_current(notify or (lambda message: None)))


class Dataset:
    """An open dataset; close it, or use it in a `with`, in the thread that opened it.

    Names are ids, names in either language, other names, or parts of them. Methods raise NotFound
    for a name that fits nothing or several things, with the nearest ones, and UsageError for a
    status, measure, kind or period that there can't be. A list that is chosen by words is empty
    where they fit nothing.
    """

    def __init__(self, db: Database) -> None:
        self.db = db

    @property
    def path(self) -> str | None:
        """The database file; None in memory."""
        return self.db.path

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Dataset:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def counts(self) -> dict[str, int]:
        """How many figures, zones, initiatives and so on there are."""
        return queries.counts(self.db)

    # ---- figures --------------------------------------------------------------------------------

    def figures(
        self, *, sort: str | None = None, limit: int | None = None, **filters: Unpack[FigureFilters]
    ) -> list[Figure]:
        """The figures that pass every filter, in the order of the data.

        `sort` is value (the largest first), period (the newest first) or zone.
        """
        asked = resolved(self.db, _filters(filters))
        named = {name: getattr(asked, name) for name in FigureFilters.__annotations__}
        found = list(queries.figures(self.db, **named, limit=None if sort else limit))
        return self._sorted(found, sort)[:limit]

    def figure(self, id: str) -> Figure:
        """The figure of that id, in whatever case."""
        found = list(queries.figures(self.db, ids=[id, id.upper()], limit=1))
        if not found:
            raise NotFound("no figure '{text}'. See 'ftz figures'", text=shown(id))
        return found[0]

    def look_up(
        self,
        question: str,
        *,
        sort: str | None = None,
        limit: int | None = 20,
        **filters: Unpack[FigureFilters],
    ) -> Answer:
        """The figures that answer a question in words, the best first, with notices.

        Only figures that pass the filters count. Raises NoAnswer, which says what is missing and
        what there is instead.
        """
        asked = _filters(filters)
        found = answer(self.db, question, filters=asked, limit=None if sort else limit)
        if sort is None:
            return found
        return Answer(self._sorted(found.figures, sort)[:limit], found.total, found.notices)

    def _sorted(self, figures: list[Figure], sort: str | None) -> list[Figure]:
        _must_be_one_of(SORTS, "sort", sort)
        if sort == "value":
            # Only values of one unit compare.
            units = list(dict.fromkeys(one.base_unit for one in figures))
            return sorted(
                figures, key=lambda one: (units.index(one.base_unit), -(one.base_value or 0))
            )
        if sort == "period":
            return sorted(figures, key=lambda one: one.date or one.period or "", reverse=True)
        if sort == "zone":
            order = {zone.id: at for at, zone in enumerate(queries.zones(self.db))}
            return sorted(figures, key=lambda one: order[one.zone])
        return figures

    # ---- zones, initiatives, metrics, recognitions, sources -------------------------------------

    def zones(self, words: str | None = None, *, kind: str | None = None) -> list[Zone]:
        """Every zone, those that the words fit, or those of a kind, with their counts."""
        _must_be_allowed("zones", "kind", kind)
        found = queries.zones(self.db, self._listed("zone", words))
        return [zone for zone in found if kind in (None, zone.kind)]

    def zone(self, name: str) -> Zone:
        """The one zone of that name."""
        return queries.zones(self.db, [find_one(self.db, "zone", name)])[0]

    def zones_within(self, zone: str) -> list[Zone]:
        """What lies within the zone of that id, at any depth, without itself."""
        return queries.zones_within(self.db, zone)

    def initiatives(
        self,
        words: str | None = None,
        *,
        zone: str | None = None,
        kind: str | None = None,
        theme: str | None = None,
        with_figures: bool = False,
    ) -> list[Initiative]:
        """Every initiative, or those that pass; `theme` is one of the themes in either language."""
        _must_be_allowed("initiatives", "kind", kind)
        found = queries.initiatives(
            self.db,
            self._listed("initiative", words),
            zone and find_one(self.db, "zone", zone),
        )
        if theme is not None:
            every = found if words is None and zone is None else queries.initiatives(self.db)
            themes = {one.theme_en: one.theme_zh for one in every}
            _must_be_one_of([*themes, *themes.values()], "theme", theme, themes)
            found = [one for one in found if theme in (one.theme_en, one.theme_zh)]
        return [
            one for one in found if kind in (None, one.kind) and (one.figures or not with_figures)
        ]

    def initiative(self, name: str) -> Initiative:
        """The one initiative of that name, with its recognitions."""
        return queries.initiatives(self.db, [find_one(self.db, "initiative", name)])[0]

    def metrics(self, words: str | None = None) -> list[Metric]:
        """Every metric, or those that the words fit, with the counts of their figures."""
        return queries.metrics(self.db, self._listed("metric", words))

    def recognitions(
        self,
        words: str | None = None,
        *,
        zone: str | None = None,
        initiative: str | None = None,
    ) -> list[Recognition]:
        """Every first, replication and commendation, or those that pass."""
        return queries.recognitions(
            self.db,
            self._listed("recognition", words),
            zone and find_one(self.db, "zone", zone),
            initiative and find_one(self.db, "initiative", initiative),
        )

    def sources(self, name: str | None = None) -> list[Source]:
        """Every document and its articles, or the one of that name with its articles."""
        return queries.sources(self.db, name and find_one(self.db, "source", name))

    def source(self, name: str) -> Source:
        """The one document or article of that id or title."""
        return self.sources(name)[0]

    def _listed(self, kind: str, words: str | None) -> list[str] | None:
        return None if words is None else find_listed(self.db, kind, words)

    # ---- comparison -----------------------------------------------------------------------------

    def compare(
        self,
        *names: str,
        like: bool = False,
        metrics: Sequence[str] = (),
        period: str | None = None,
        all: bool = False,
    ) -> Comparison:
        """Initiatives side by side, or zones where the names are of zones.

        With `like`, the one named and what is of its kind or theme and shares most metrics with
        it. `metrics` and `period` keep what they name, `all` also what only one column has.
        Raises NotFound for one name without `like`, with what compares well with it.
        """
        from .comparing import compared  # start-up: only where it is asked for

        wanted = {find_one(self.db, "metric", name) for name in metrics}
        _filters({"period": period})
        return compared(self.db, names, wanted, period, like=like, all=all)

    # ---- audit ----------------------------------------------------------------------------------

    def audit(self, words: str | None = None) -> list[Finding]:
        """What the sources state, what the data implies, and where sources print the same fact.

        The words choose a finding by its id, or those on the figures that answer them. Raises
        NotFound where there is none.
        """
        from ..analysis.audit import findings  # start-up: only where it is asked for

        every = findings(
            queries.claims(self.db), list(queries.figures(self.db)), queries.zones(self.db)
        )
        if not words:
            return every
        chosen = [one for one in every if one.id.casefold() == words.strip().casefold()]
        if not chosen:
            asked = {figure.id for figure in answer(self.db, words, limit=None).figures}
            chosen = [one for one in every if asked & {figure.id for figure in one.figures}]
        if not chosen:
            raise NotFound(
                "no claim is about '{text}'. See 'ftz audit' for all of them", text=shown(words)
            )
        return chosen

    def findings_of(self, figure: Figure) -> list[Finding]:
        """What the audit finds on a figure, whatever part it takes."""
        from ..analysis.audit import findings  # start-up: only where it is asked for

        (own,) = queries.zones(self.db, [figure.zone])
        around = own.parent or own.id
        related = {
            one.id: one
            for metric in (figure.metric, "pilot-areas")
            for one in queries.figures(self.db, zone=around, metric=metric)
        }
        claims = queries.claims(self.db, figure.id)
        every = findings(claims, related.values(), queries.zones(self.db))
        return [one for one in every if figure in one.figures]

    def agreement_of(self, figure: Figure) -> Agreement | None:
        """What several sources print of the fact that `figure` states; None where only one does."""
        from ..analysis.agreement import agreements  # start-up: only where it is asked for

        groups = agreements(queries.figures(self.db, exact_zone=figure.zone, metric=figure.metric))
        return next((one for one in groups if figure in one.figures), None)

    # ---- SQL, curation, completion --------------------------------------------------------------

    def sql(self, query: str, limit: int = 10_000, timeout: float = 10.0) -> adhoc_sql.Answer:
        """The first `limit` rows of one reading statement, with the names of their columns.

        Raises UsageError for anything but reading, and after `timeout` seconds.
        """
        from ..database import adhoc_sql  # start-up: only where it is asked for

        return adhoc_sql.run(self.db, query, limit, timeout)

    def export(self, folder: str) -> int:
        """Write the data as a Data Package to a new or empty folder; returns the figure count."""
        from ..curation.data_package import export  # start-up: only where it is asked for

        return export(self.db, folder)

    def names_beginning(self, kind: str, text: str) -> list[str]:
        """The ids and names that begin with `text`, for completion.

        `kind` is zone, initiative, metric, figure, claim, source, article, theme or period.
        """
        begins = text.casefold()
        names = NAMES[kind](self.db)
        return sorted({name for name in names if name and name.casefold().startswith(begins)})


def _names(things: Iterable[Named]) -> Iterator[str]:
    return (name for one in things for name in (one.id, one.name_zh, one.name_en))


NAMES: dict[str, Callable[[Database], Iterable[str | None]]] = {
    "zone": lambda db: _names(queries.zones(db)),
    "initiative": lambda db: _names(queries.initiatives(db)),
    "metric": lambda db: _names(queries.metrics(db)),
    "figure": lambda db: (figure.id for figure in queries.figures(db)),
    "claim": lambda db: (claim.id for claim in queries.claims(db)),
    "source": lambda db: (source.id for source in queries.sources(db)),
    "article": lambda db: (source.id for source in queries.sources(db)),
    "theme": lambda db: (
        theme for one in queries.initiatives(db) for theme in (one.theme_en, one.theme_zh)
    ),
    "period": lambda db: (figure.period for figure in queries.figures(db)),
}


def open_for_completion(path: str | None = None) -> Dataset:
    """Open the database that there is, and build none; raises DatabaseUnusable without one."""
    return Dataset(open_named(path or cache_path() or ""))


def load(folders: Sequence[str], path: Path | None = None) -> int:
    """Check dataset folders and load them as one into the database at `path`, all or nothing.

    `bundled` names the bundled one; without a path it becomes what is asked from now on. Returns
    the count of figures. Raises FaultFound with the problems that keep the data out.
    """
    from ..curation.loader import load  # start-up: only where it is asked for

    return load(list(folders), path)


def _filters(filters: FigureFilters) -> Filters:
    """The filters; raises UsageError for a value that no figure can have."""
    asked = Filters(**filters)
    _must_be_allowed("figures", "measure", asked.measure)
    _must_be_allowed("figures", "status", asked.status)
    if asked.period is not None and not exists(asked.period):
        raise UsageError(
            "'{period}' is no period; write 2021, 2021-05, 2021-05-21 or 2019/2021",
            period=shown(asked.period),
        )
    return asked


def _must_be_one_of(
    allowed: Iterable[str], what: str, value: str | None, listed: Iterable[str] | None = None
) -> None:
    """Raise UsageError, naming what there is, for another value than None or one allowed."""
    if value is not None and value not in allowed:
        raise UsageError(
            "no {what} '{value}'; there are {listed}",
            what=Message(what),
            value=shown(value),
            listed=join(listed or allowed),
        )


def _must_be_allowed(table: str, column: str, value: str | None) -> None:
    """Raise UsageError for a value that the schema does not allow in a column."""
    if value is not None:  # the schema is read only where it is asked
        known = tables()[table]
        _must_be_one_of(known.columns[known.at[column]].enum, column, value)
