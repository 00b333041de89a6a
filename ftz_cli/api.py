"""The library: open the dataset, then ask it what a command can answer, without a terminal.

>>> from ftz_cli.api import open_dataset
>>> with open_dataset() as data:
...     answer = data.look_up("Chongzuo cross-border e-commerce 2021")
>>> best = answer.figures[0]
>>> best.printed, best.base_value, best.base_unit
('23.78亿元', Decimal('2378000000.00'), 'CNY')
>>> best.low, best.high
(Decimal('2377500000'), Decimal('2378500000'))
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .database import Database, open_cached, open_named, queries
from .language import Message, join, shown
from .lookup.naming import SEVERAL, find_listed, find_one
from .model.errors import DatabaseUnusable, FtzError, NoAnswer, NotFound, UsageError, require_text
from .model.figure import Answer, Figure, Filters
from .model.named import Initiative, Metric, Recognition, Source, Zone
from .output.records import local, records
from .output.words import allowed_value, both_words, one_of
from .quantities.edtf import exists, newest

if TYPE_CHECKING:
    from .analysis.comparison import Comparison
    from .curation.scan import Scan
    from .database import adhoc_sql
    from .model.claims import Finding

__all__ = [
    "Answer", "DatabaseUnusable", "Dataset", "FtzError", "NoAnswer",
    "NotFound", "UsageError", "open_dataset", "records",
]  # fmt: skip
Notify = Callable[[Message], None]
Thing = Initiative | Zone
SORTS = ("value", "period", "zone")  # the largest and the newest first
# What is no word of a question: an id such as F048, or as `ftz stubs` makes them.
FIGURE_ID = re.compile(r"(?:\S+-[a-z]|[a-z]\d)\d\d+", re.IGNORECASE | re.ASCII)
# Base units of time of a fixed length, in seconds: figures in any of them are in one order.
SECONDS = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800}


@contextmanager
def open_dataset(
    path: str | os.PathLike[str] | None = None, notify: Notify = lambda _: None
) -> Iterator[Dataset]:
    """Open the database at `path` for reading, else the bundled data or what was last loaded.

    The bundled data is put into a database in the user's cache folder on first use, or into memory
    where nothing can be written; `notify` gets a message then. Raises DatabaseUnusable for a file
    that is missing, damaged, or no database of ftz.
    """
    db = open_cached() if path is None else open_named(path)
    if db is None:
        from .curation.loader import build_current  # only where it has to be built

        db = build_current(notify)
    with db:
        yield Dataset(db)


class Dataset:
    """An open dataset, to be used in the thread that opened it.

    Names are ids, names in either language, other names, or parts of them. Methods raise NotFound
    for a name that fits nothing or several things, with the nearest ones, and UsageError for a
    status, measure, kind or period that there can't be. A list that is chosen by words is empty
    where they fit nothing. `path` is the database file, None in memory.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self.path = db.path

    def figures(self, *, sort: str | None = None, **filters: str | None) -> list[Figure]:
        """The figures that pass every filter, in the order of the data.

        Filters are zone, with all that lies within it, initiative, metric, measure, article, which
        may be a whole document, period and status. A period is EDTF or words (H1 2021, 2021上半年),
        and finds what lies within it, whole years also what begins or ends in them. `sort`
        is value, period or zone: see SORTS.
        """
        return _sorted(queries.figures(self.db, **self.filters(**filters)._asdict()), sort)

    def figure(self, id: str) -> Figure:
        """The figure of that id, in whatever case."""
        require_text(id)
        for found in queries.figures(self.db, ids=[id, id.upper()]):
            return found
        raise NotFound("no figure '{text}'. See 'ftz figures'", text=shown(id))

    def look_up(
        self,
        question: str,
        *,
        sort: str | None = None,
        limit: int | None = 20,
        **filters: str | None,
    ) -> Answer:
        """The figures that answer a question in words, the best first, with notices.

        Only figures that pass the filters count. Raises NoAnswer, which says what is missing and
        what there is instead.
        """
        from .lookup.answering import answer  # start-up: only where words are asked

        asked = self.filters(**filters)
        _require_limit(limit)
        found = answer(self.db, question, filters=asked, limit=None if sort else limit)
        return found._replace(figures=_sorted(found.figures, sort)[:limit])

    def zones(self, words: str | None = None, *, kind: str | None = None) -> list[Zone]:
        """Every zone, those that the words fit, or those of a kind, with their counts."""
        kind = allowed_value("zones", "kind", kind)
        listed = self._listed("zone", words)
        return [one for one in queries.models(self.db, Zone, listed) if kind in (None, one.kind)]

    def zone(self, name: str) -> Zone:
        """The one zone of that name."""
        return queries.models(self.db, Zone, [find_one(self.db, "zone", name)])[0]

    def zones_within(self, zone: str) -> list[Zone]:
        """What lies within the zone of that id, at any depth, without itself."""
        return queries.models(self.db, Zone, below=zone)

    def initiatives(
        self,
        words: str | None = None,
        *,
        zone: str | None = None,
        theme: str | None = None,
        with_figures: bool = False,
    ) -> list[Initiative]:
        """Every initiative, or those that pass; `theme` is one of the themes in either language."""
        listed, within = self._listed("initiative", words), zone and find_one(self.db, "zone", zone)
        if theme is not None:
            every = queries.initiatives(self.db)
            theme = one_of("theme", theme, {e.theme_en: (e.theme_en, e.theme_zh) for e in every})
        return [
            one
            for one in queries.initiatives(self.db, listed, within)
            if theme in (None, one.theme_en) and (one.figures or not with_figures)
        ]

    def initiative(self, name: str) -> Initiative:
        """The one initiative of that name, with its recognitions."""
        return queries.initiatives(self.db, [find_one(self.db, "initiative", name)])[0]

    def metrics(self, words: str | None = None) -> list[Metric]:
        """Every metric, or those that the words fit, the one called so in full first."""
        ids = self._listed("metric", words)
        found = queries.models(self.db, Metric, ids)
        return sorted(found, key=lambda one: ids.index(one.id)) if ids else found

    def recognitions(
        self, words: str | None = None, *, zone: str | None = None
    ) -> list[Recognition]:
        """Every first, replication and commendation, or those that pass."""
        listed = self._listed("recognition", words)
        zone = zone and find_one(self.db, "zone", zone)
        return queries.models(self.db, Recognition, listed, zone=zone)

    def sources(self, words: str | None = None) -> list[Source]:
        """Every document and its articles, or those that the words fit, with their articles."""
        listed, every = self._listed("source", words), queries.models(self.db, Source)
        return [one for one in every if listed is None or {one.id, one.parent} & {*listed}]

    def source(self, name: str) -> Source:
        """The one document or article of that id, or that those words fit."""
        return queries.models(self.db, Source, [find_one(self.db, "source", name)])[0]

    def _listed(self, kind: str, words: str | None) -> list[str] | None:
        return None if words is None else find_listed(self.db, kind, words)

    def filters(self, **given: str | None) -> Filters:
        """What filters of figures mean: ids and EDTF; UsageError for what no figure can have."""
        require_text(*(one for one in given.values() if one is not None))
        chosen: dict[str, Any] = Filters(**given).chosen()
        for name, text in chosen.items():
            if name == "period":
                chosen[name] = _period(text)
            elif name in ("measure", "status"):
                chosen[name] = allowed_value("figures", name, text)
            else:
                chosen[name] = find_one(self.db, "source" if name == "article" else name, text)
        return Filters(**chosen)

    def compare(
        self,
        *names: str,
        like: bool = False,
        metrics: Sequence[str] = (),
        period: str | None = None,
        all: bool = False,
    ) -> Comparison:
        """Initiatives side by side, or zones where the names are of zones.

        With `like`, the one named and what is of its kind or theme and shares most metrics with it.
        `metrics` and `period` keep what they name, `all` also what only one column has.
        """
        # Start-up: only where it is asked for.
        from .analysis import comparison
        from .model.claims import Ratio

        period = self.filters(period=period).period
        known = {metric.id: metric for metric in queries.models(self.db, Metric)}
        wanted = {find_one(self.db, "metric", name) for name in metrics}
        columns = [self._meaning(name) for name in names]
        if twice := [one.id for one in columns if columns.count(one) > 1]:
            raise UsageError("{id} is named twice", id=twice[0])
        if len(set(map(type, columns))) > 1:
            raise UsageError("zones compare with zones, and initiatives with initiatives")

        def figures_of(one: Thing) -> list[Figure]:
            # A zone's own, without what lies within.
            of = "exact_zone" if isinstance(one, Zone) else "initiative"
            return [
                figure
                for figure in queries.figures(self.db, period=period, **{of: one.id})
                if not wanted or wanted & {*comparison.lineage(figure.metric, known)}
            ]

        like = like and len(columns) == 1
        if len(columns) < 2 and not like:
            raise UsageError("a comparison needs two names, or one and --like")
        columns += self._alike(columns[0]) if like else []
        figures, ratios = map(figures_of, columns), [] if wanted else queries.models(self.db, Ratio)
        found = comparison.compare(columns, figures, known, ratios, all or bool(wanted), like)
        if len(found.columns) < 2:
            raise NotFound("nothing compares with '{name}'", name=local(columns[0], "name"))
        return found

    def _meaning(self, name: str) -> Thing:
        """The zone that a name names, else the initiative: zones have the shorter names."""
        require_text(name)
        ids = [name.strip().casefold()]
        # An id in full comes before a part of a zone's name.
        if not queries.models(self.db, Zone, ids) and (own := queries.initiatives(self.db, ids)):
            return own[0]
        near = []
        for find in (self.zone, self.initiative):
            try:
                return find(name)
            except NotFound as error:
                if error.message.english == SEVERAL:
                    raise
                near.append(error.message.fields["listed"])
        raise NotFound(
            "no zone or initiative '{text}'; did you mean {listed}?" if any(near) else
            "no zone or initiative '{text}'; see 'ftz zones' and 'ftz initiatives'",
            text=shown(name), listed=join(filter(None, near)),
        )  # fmt: skip

    def _alike(self, own: Thing) -> Sequence[Thing]:
        if isinstance(own, Zone):
            return [one for one in self.zones(kind=own.kind) if one != own]
        return [
            one
            for one in self.initiatives(with_figures=True)
            if one != own and (one.kind == own.kind or one.theme_en == own.theme_en)
        ]

    def audit(self, words: str | None = None, notify: Notify = lambda _: None) -> list[Finding]:
        """What the sources state, what the data implies, and where sources print the same fact.

        The words choose a finding by its id, those of a verdict, and those on the figure, period,
        zone, measure or source of that name, else on the answer, whose notices `notify` gets.
        """
        from .analysis.audit import findings  # start-up: only where it is asked for

        require_text(words or "")
        claims, figures = queries.claims(self.db), queries.figures(self.db)
        every = findings(claims, figures, queries.models(self.db, Zone))
        names = [
            {one.id.casefold(), one.verdict, *both_words("verdict", one.verdict)} for one in every
        ]
        said, known = (words or "").strip(), set[str]().union(*names)
        terms = [said] if said.casefold() in known else said.split()
        told = known & {term.casefold() for term in terms}
        chosen = [one for one, of in zip(every, names, strict=True) if not told or told & of]
        rest = " ".join(term for term in terms if term.casefold() not in told)
        asked = {one.id for one in self._meant(rest, notify)} if rest else set()
        return [one for one in chosen if not rest or asked & {each.id for each in one.figures}]

    def _meant(self, words: str, notify: Notify) -> list[Figure]:
        """The figures of what is called so, else of the answer with what lies in its zones."""
        if FIGURE_ID.fullmatch(words):
            return [self.figure(words)]
        sources = queries.models(self.db, Source, [words.casefold()])
        for name in ("period", "zone", "measure", *("article" for _ in sources)):
            try:
                return self.figures(**{name: words})
            except NotFound as error:
                if error.message.english == SEVERAL:
                    raise
            except UsageError:
                continue
        from .lookup.question import parse  # start-up: only where words are asked

        found = self.look_up(words, limit=None)
        for notice in found.notices:
            notify(notice)
        periods: list[str | None] = [*parse(self.db, words).periods]
        series = {
            Filters(one.zone, one.initiative, one.metric, one.measure) for one in found.figures
        }
        return [
            one
            for period in periods or [None]
            for each in series
            for one in queries.figures(self.db, **each._replace(period=period)._asdict())
        ]

    def findings_of(self, figure: Figure) -> list[Finding]:
        """What the audit finds on a figure, whatever part it takes."""
        from .analysis.audit import findings  # start-up: only where it is asked for

        zones = queries.models(self.db, Zone)
        whole = next(one.parent or one.id for one in zones if one.id == figure.zone)
        related = queries.figures(self.db, zone=whole)
        every = findings(queries.claims(self.db, figure.id), related, zones)
        return [one for one in every if figure in one.figures]

    def sql(self, query: str, limit: int = 10_000) -> adhoc_sql.Answer:
        """The first `limit` rows of one reading statement, with the names of their columns.

        Raises UsageError for anything but reading, and for what takes ten seconds.
        """
        from .database import adhoc_sql  # start-up: only where it is asked for

        require_text(query)
        _require_limit(limit)
        return adhoc_sql.run(self.db, query, limit)

    def scan(self, text: str, source: str | None = None) -> Scan:
        """Every number of a text, held against what is curated of it or of the source named."""
        from .curation.scan import scan_article  # start-up: only where it is asked for

        require_text(text)
        return scan_article(self.db, text, source and find_one(self.db, "source", source))

    def stubs(self, text: str, name: str, folder: str) -> tuple[str, dict[str, int]]:
        """Add rows for what is not curated of a text to a folder: its source, rows by table."""
        from .curation.stubs import write_stubs  # start-up: only where it is asked for

        require_text(text, name)
        return write_stubs(self.db, text, name, folder)

    def export(self, folder: str) -> int:
        """Write the data as a Data Package to a new or empty folder; returns the figure count."""
        from .curation.data_package import export  # start-up: only where it is asked for

        return export(self.db, folder)


def _require_limit(limit: int | None) -> None:
    if limit is not None and not (isinstance(limit, int) and limit > 0):
        raise UsageError("{value} is no limit; it is 1 or more", value=shown(repr(limit)))


def _sorted(figures: list[Figure], sort: str | None) -> list[Figure]:
    """The figures in the order `sort`, one of SORTS; raises UsageError for any other."""
    if sort is None:
        return figures
    sort = one_of("sort", sort, {one: both_words("sort", one) for one in SORTS})
    if sort == "zone":
        return sorted(figures, key=lambda one: one.zone)
    if sort == "period":
        # The newest last day first; of periods that end together the longest.
        ends = {one.id: newest(one.date or one.period) for one in figures}
        return sorted(figures, key=lambda one: (-ends[one.id][0].toordinal(), ends[one.id][1]))

    def key(one: Figure) -> tuple[object, ...]:
        # What can be in one order is of one measure and base unit; levels come first.
        seconds = SECONDS.get(one.base_unit)
        kind = one.measure != "level", one.measure, "s" if seconds else one.base_unit
        value = (one.base_value or 0) * (seconds or 1)
        # The first in rank is the best; dates go from the earliest on.
        return *kind, one.date or (value if one.base_unit == "rank" else -value)

    return sorted(figures, key=key)


def _period(text: str) -> str:
    """A period as EDTF, from that or from words; raises UsageError for what is none."""
    if exists(text):
        return text
    from .lookup.asked_periods import period_named  # start-up: only where words are asked

    period = period_named(text)
    if period is None or not exists(period):
        wrong = "'{period}' is no period; write 2021, H1 2021, 2021-05, 2021-05-21 or 2019/2021"
        raise UsageError(wrong, period=shown(text))
    return period
