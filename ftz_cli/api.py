"""The library: opens the dataset and answers what every command answers.

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
from .model.errors import (
    DatabaseUnusable,
    DataUnusable,
    FtzError,
    NoAnswer,
    NotFound,
    UsageError,
    require_text,
)
from .model.figure import FIGURE_FILTERS, Answer, Figure
from .model.named import Initiative, Metric, Recognition, Source, Zone
from .output.figure_order import sort_figures
from .output.records import local, records
from .output.words import all_words, allowed_value, one_of
from .quantities.edtf import exists

if TYPE_CHECKING:
    from .analysis.comparison import Comparison
    from .curation.scan import Scan
    from .database import adhoc_sql
    from .model.claims import Finding

__all__ = [
    "Answer", "DataUnusable", "DatabaseUnusable", "Dataset", "FtzError", "NoAnswer", "NotFound",
    "UsageError", "open_dataset", "records",
]  # fmt: skip
Notify = Callable[[Message], None]
Thing = Initiative | Zone
# F048, or an id made by `ftz stubs`.
FIGURE_ID = re.compile(r"(?:\S+-[a-z]|[a-z]\d)\d\d+", re.IGNORECASE | re.ASCII)


@contextmanager
def open_dataset(
    path: str | os.PathLike[str] | None = None, notify: Notify = lambda _: None
) -> Iterator[Dataset]:
    """Open the database at `path` for reading, else what was last loaded, else the bundled data.

    First use builds the database of the bundled data in the user's cache folder, or in memory;
    `notify` is told. Raises DatabaseUnusable for a file that can't be read as a database of ftz.
    """
    db = open_cached() if path is None else open_named(path)
    if db is None:
        from .curation.loader import build_current  # start-up: only to build a database

        db = build_current(notify)
    with db:
        yield Dataset(db)


class Dataset:
    """An open dataset, for use in the thread that opened it.

    A name is an id, a name in either language, another name, or a part of one. Methods raise
    NotFound for a name of nothing or of several things, with the nearest names, and UsageError for
    an impossible status, measure, kind or period. A list chosen by words is empty if nothing fits.
    """

    def __init__(self, db: Database) -> None:
        self.db, self.path = db, db.path

    def figures(self, *, sort: str | None = None, **filters: str | None) -> list[Figure]:
        """The figures that pass every filter, in the order of the data or of `sort`: see SORTS.

        Filters: zone (and what lies within it), initiative, metric, measure, article or document,
        status, period. A period is EDTF or words (H1 2021, 2021上半年) and finds periods within it;
        whole years also find periods that begin or end in them.
        """
        return sort_figures(queries.figures(self.db, **self.filters(**filters)), sort)

    def figure(self, id: str) -> Figure:
        """The figure of that id, in upper or lower case."""
        require_text(id)
        for found in queries.figures(self.db, ids=[id, id.upper()]):
            return found
        raise NotFound("no figure '{text}'. See 'ftz figures'", text=shown(id))

    def look_up(
        self, question: str, *, sort: str | None = None, limit: int | None = 20,
        **filters: str | None,
    ) -> Answer:  # fmt: skip
        """The figures that answer a question and pass filters, best first; else raises NoAnswer."""
        from .lookup.answering import answer  # start-up: only for words

        require_text(question)
        asked = self.filters(**filters)
        _require_limit(limit)
        found = answer(self.db, question, filters=asked, limit=None if sort else limit)
        return found._replace(figures=sort_figures(found.figures, sort)[:limit])

    def zones(self, words: str | None = None, *, kind: str | None = None) -> list[Zone]:
        """The zones, all or those that fit `words` and are of a kind, with their counts."""
        kind = allowed_value("zones", "kind", kind)
        listed = self._listed("zone", words)
        return [one for one in queries.models(self.db, Zone, listed) if kind in (None, one.kind)]

    def zone(self, name: str) -> Zone:
        """The zone of that name."""
        return queries.models(self.db, Zone, [find_one(self.db, "zone", name)])[0]

    def zones_within(self, zone: str) -> list[Zone]:
        """The zones within the zone of that id, at any depth."""
        return queries.models(self.db, Zone, below=zone)

    def initiatives(
        self, words: str | None = None, *, zone: str | None = None, theme: str | None = None,
        with_figures: bool = False,
    ) -> list[Initiative]:  # fmt: skip
        """The initiatives that pass every filter; `theme` is a theme in either language."""
        within = zone and find_one(self.db, "zone", zone, guess=False)
        found = queries.initiatives(self.db, self._listed("initiative", words), within)
        if theme is not None:
            every = queries.initiatives(self.db)
            theme = one_of("theme", theme, {e.theme_en: (e.theme_en, e.theme_zh) for e in every})
            found = [one for one in found if one.theme_en == theme]
        return [one for one in found if one.figures or not with_figures]

    def initiative(self, name: str) -> Initiative:
        """The initiative of that name, with its recognitions."""
        return queries.initiatives(self.db, [find_one(self.db, "initiative", name)])[0]

    def metrics(self, words: str | None = None) -> list[Metric]:
        """The metrics, all or those that fit `words`, the best first."""
        ids = self._listed("metric", words)
        found = queries.models(self.db, Metric, ids)
        return sorted(found, key=lambda one: ids.index(one.id)) if ids else found

    def recognitions(
        self, words: str | None = None, *, zone: str | None = None
    ) -> list[Recognition]:
        """The firsts, replications and commendations that pass every filter."""
        within = zone and find_one(self.db, "zone", zone, guess=False)
        return queries.models(self.db, Recognition, self._listed("recognition", words), zone=within)

    def sources(self, words: str | None = None) -> list[Source]:
        """The documents with their articles, all or those that fit `words`."""
        listed, every = self._listed("source", words), queries.models(self.db, Source)
        return [one for one in every if listed is None or {one.id, one.parent} & {*listed}]

    def source(self, name: str) -> Source:
        """The document or article of that id, or the only one that fits the words."""
        return queries.models(self.db, Source, [find_one(self.db, "source", name)])[0]

    def _listed(self, kind: str, words: str | None) -> list[str] | None:
        return None if words is None else find_listed(self.db, kind, words)

    def filters(self, **given: str | None) -> dict[str, str]:
        """The filters of figures that are not None, as ids and EDTF."""
        chosen: dict[str, Any] = {key: text for key, text in given.items() if text is not None}
        for name, text in chosen.items():
            require_text(text)
            if name not in FIGURE_FILTERS:
                raise TypeError(f"figures have no filter {name!r}")
            if name == "period":
                chosen[name] = _period(text)
            elif name in ("measure", "status"):
                chosen[name] = allowed_value("figures", name, text)
            else:
                kind = "source" if name == "article" else name
                chosen[name] = find_one(self.db, kind, text, guess=False)
        return chosen

    def compare(
        self, *names: str, like: bool = False, metrics: Sequence[str] = (),
        period: str | None = None, all: bool = False,
    ) -> Comparison:  # fmt: skip
        """Initiatives side by side, or zones side by side.

        `like` adds things of the same kind or theme that share most metrics with the one named.
        `metrics` and `period` restrict the figures; `all` keeps rows that only one column has.
        """
        from .analysis.comparison import compare, lineage  # start-up: only for a comparison
        from .model.claims import Ratio

        period = self.filters(period=period).get("period")
        known = {metric.id: metric for metric in queries.models(self.db, Metric)}
        wanted = {find_one(self.db, "metric", name) for name in metrics}
        columns = self._columns(names, like)
        # A zone's own figures, without those of the zones within it.
        by = "exact_zone" if isinstance(columns[0], Zone) else "initiative"
        figures = [queries.figures(self.db, period=period, **{by: one.id}) for one in columns]
        ratios = queries.models(self.db, Ratio)
        if wanted:
            all, ratios = True, []
            figures = [
                [one for one in column if wanted & {*lineage(one.metric, known)}]
                for column in figures
            ]
        comparison = compare(columns, figures, known, ratios, all, like)
        if len(comparison.columns) < 2:
            raise NotFound("nothing compares with '{name}'", name=local(columns[0], "name"))
        return comparison

    def _columns(self, names: Sequence[str], like: bool) -> list[Thing]:
        columns = [self._zone_or_initiative(name) for name in names]
        if twice := [one.id for one in columns if columns.count(one) > 1]:
            raise UsageError("{id} is named twice", id=twice[0])
        if len(set(map(type, columns))) > 1:
            raise UsageError("zones compare with zones, and initiatives with initiatives")
        if len(columns) > 1:
            return columns
        if not (columns and like):
            raise UsageError("a comparison needs two names, or one and --like")
        (first,) = columns
        if isinstance(first, Zone):
            columns += self.zones(kind=first.kind)
        else:
            kind, theme = first.kind, first.theme_en
            every = self.initiatives()
            columns += [one for one in every if one.kind == kind or one.theme_en == theme]
        return [*dict.fromkeys(columns)]

    def _zone_or_initiative(self, name: str) -> Thing:
        require_text(name)
        ids = [name.strip().casefold()]
        # An initiative's id may also be a part of a zone's name.
        if not queries.models(self.db, Zone, ids) and (found := queries.initiatives(self.db, ids)):
            return found[0]
        nearest = []
        for find in (self.zone, self.initiative):
            try:
                return find(name)
            except NotFound as error:
                if error.message.english == SEVERAL:
                    raise
                nearest.append(error.message.fields["listed"])
        raise NotFound(
            "no zone or initiative '{text}'; did you mean {listed}?" if any(nearest) else
            "no zone or initiative '{text}'; see 'ftz zones' and 'ftz initiatives'",
            text=shown(name), listed=join(filter(None, nearest)),
        )  # fmt: skip

    def audit(self, words: str | None = None, notify: Notify = lambda _: None) -> list[Finding]:
        """What the sources state, what the data implies, and where sources print the same fact.

        `words` may have the id of a finding or a verdict. Other words choose the findings on the
        figures of that zone, period, measure or source, else on those that answer a question.
        """
        words = words or ""
        require_text(words)
        found = self._findings(queries.claims(self.db), queries.figures(self.db))
        names = {name for one in found for name in _names(one)}
        # A verdict may have several words, e.g. "consistent by rounding".
        terms = [words] if words.casefold() in names else words.split()
        if named := names & {term.casefold() for term in terms}:
            found = [one for one in found if named & _names(one)]
        rest = " ".join(term for term in terms if term.casefold() not in named)
        if not rest:
            return found
        figures = {figure.id for figure in self._figures_named(rest, notify)}
        return [one for one in found if figures & {figure.id for figure in one.figures}]

    def _figures_named(self, words: str, notify: Notify) -> list[Figure]:
        """The figures of what `words` name, else those that answer them as a question."""
        if all(map(FIGURE_ID.fullmatch, words.split())):
            return list(map(self.figure, words.split()))
        if metrics := {one.id for one in queries.models(self.db, Metric, words.split())}:
            rest = " ".join(word for word in words.split() if word not in metrics)
            found = self._figures_named(rest, notify) if rest else self.figures()
            return [one for one in found if one.metric in metrics]
        sources = queries.models(self.db, Source, [words.casefold()])
        for name in ("period", "zone", "measure", *("article" for _ in sources)):
            try:
                return self.figures(**{name: words})
            except NotFound as error:
                if error.message.english == SEVERAL:  # words choose all, where a name asks back
                    zones = find_listed(self.db, "zone", words)
                    return [one for zone in zones for one in self.figures(zone=zone)]
            except UsageError:
                continue
        from .lookup.question import parse  # start-up: only for words

        figures, _, notices = self.look_up(words, limit=None)
        for notice in notices:
            if "period" not in notice.fields:  # each finding tells its own
                notify(notice)
        # The answer is the newest figure of a series; a finding may be on another one.
        names = ("zone", "initiative", "metric", "measure")
        series = {tuple((name, getattr(one, name)) for name in names) for one in figures}
        return [
            one
            for period in parse(self.db, words).periods or (None,)
            for each in series
            for one in queries.figures(self.db, period=period, **dict(each))
        ]

    def findings_of(self, figure: Figure) -> list[Finding]:
        """The findings of the audit on a figure, also as an operand."""
        (zone,) = queries.models(self.db, Zone, [figure.zone])
        related = queries.figures(self.db, zone=zone.parent or zone.id)
        every = self._findings(queries.claims(self.db, figure.id), related)
        return [one for one in every if figure in one.figures]

    def _findings(self, claims: list[Finding], figures: list[Figure]) -> list[Finding]:
        from .analysis.audit import findings  # start-up: only for an audit

        return findings(claims, figures, queries.models(self.db, Zone))

    def sql(self, query: str, limit: int = 10_000) -> adhoc_sql.Answer:
        """The first `limit` rows of one reading statement that takes less than ten seconds."""
        from .database import adhoc_sql  # start-up: only for SQL

        require_text(query)
        _require_limit(limit)
        return adhoc_sql.run(self.db, query, limit)

    def scan(self, text: str, source: str | None = None) -> Scan:
        """Every number of a text, compared with the figures of the text, of `source`, or of any."""
        from .curation.scan import scan_article  # start-up: only for a scan

        return scan_article(self.db, text, source and find_one(self.db, "source", source))

    def stubs(self, text: str, name: str, folder: str) -> tuple[str, dict[str, int]]:
        """Add rows for a text's new figures to a folder; returns its source, and rows by table."""
        from .curation.stubs import write_stubs  # start-up: only for stubs

        return write_stubs(self.db, text, name, folder)

    def export(self, folder: str) -> int:
        """Write the data as a Data Package to a new or empty folder; returns the figure count."""
        from .curation.data_package import export  # start-up: only for an export

        return export(self.db, folder)


def _names(finding: Finding) -> set[str]:
    return {finding.id.casefold(), *all_words("verdict", finding.verdict)}


def _require_limit(limit: int | None) -> None:
    if limit is not None and not (isinstance(limit, int) and limit > 0):
        raise UsageError("{value} is no limit; it is 1 or more", value=shown(repr(limit)))


def _period(text: str) -> str:
    """A period as EDTF, from EDTF or words; raises UsageError for any other text."""
    if exists(text):
        return text
    from .lookup.asked_periods import period_named  # start-up: only for words

    period = period_named(text)
    if period is None or not exists(period):
        wrong = "'{period}' is no period; write 2021, H1 2021, 2021-05, 2021-05-21 or 2019/2021"
        raise UsageError(wrong, period=shown(text))
    return period
