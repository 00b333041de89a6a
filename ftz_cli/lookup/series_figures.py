"""The figures of the series that answer a question: chosen by period and the like, then sorted."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from ..database import Database
from ..model.measures import SIGNED
from ..quantities.edtf import newest, span
from .asked_periods import falls_in
from .candidates import INSTEAD, Candidate, Search, Series

OF_SERIES = """
select f.id, f.period, f.base_period, case when f.unit = 'date' then f.value end, f.period_kind,
       cast(f.value as real) * cast(u.factor as real), ifnull(s.published, '')
from figures f join all_units u on u.id = f.unit join sources s on s.id = f.article
where f.metric = :metric and f.zone = :zone and f.measure = :measure
    and f.initiative is :initiative and f.unit = :unit and f.status = :status
    and coalesce(f.scope, '') = :scope
order by f.period desc
"""
# Kinds of period whose figures are totals up to their end.
TOTALS = frozenset({"cumulative", "as_of"})
# So many days more or less, or such a part of it, a span is still one of so many years.
LEEWAY, LONGER, PART = 80, 65, 0.05
_YEARS = re.compile("[0-9]{4}/[0-9]{4}")


class _Row(NamedTuple):
    """A figure of a series: its time, its `amount` in base units, when its source was published."""

    id: str
    period: str | None
    base_period: str | None
    date: str | None
    period_kind: str
    amount: float | None
    published: str

    def spans(self, asked: list[str]) -> bool:
        """Whether its period is one of those asked for, or has the years of one."""
        years, *asked_years = (
            "/".join(end[:4] for end in period.split("/")) for period in (self.period or "", *asked)
        )
        return self.period in asked or ("/" in years and years in asked_years)

    def spans_known(self) -> list[str]:
        """Its period, and the years from its base period to it."""
        period, base = self.period or "", self.base_period or ""
        is_later = bool(base) and base[:4] <= period[:4]
        return [period, f"{base[:4]}/{period[:4]}"] if is_later else [period]

    def is_of_years(self, asked: list[str]) -> bool:
        """Whether it is of single years, or of a period asked for, and no total up to its end."""
        period = self.period or ""
        single = period.isdecimal() and self.period_kind not in TOTALS
        single |= spans_years(period, {1}, exactly=True)
        return single or self.period in asked

    def is_yearly(self) -> bool:
        """Whether its period is at most a year, and its base period, if any, the year before."""
        begin, end = span(self.period or "2000")
        base = span(self.base_period)[0] if self.base_period else begin
        return end is not None and (end - begin).days < 366 and (begin - base).days < 367

    def is_total(self) -> bool:
        """Whether it has added up, or is of several years."""
        first, _, last = (self.period or "").partition("/")
        return self.period_kind == "cumulative" or (bool(last) and first[:4] != last[:4])

    def is_annual(self) -> bool:
        """Whether it is a mean over several years, as a growth without a base period is."""
        first, _, last = (self.period or "").partition("/")
        spans_years = first[:4] != (last or first)[:4]
        return self.base_period is None and spans_years and self.period_kind == "during"

    def is_of(self, asked: list[str], compared: bool, totals: Collection[str]) -> bool:
        """Whether it is of one of the periods asked for; if it compares two, of all of them.

        What is asked for since a date has to begin then. `compared` says that the base period
        counts, too; for these kinds of `totals`, the period in which they end counts as well.
        """
        first, _, last = (self.period or "").partition("/")
        if since := [one.removesuffix("/..") for one in asked if one.endswith("/..")]:
            is_open = last or self.period_kind == "since"
            return bool(is_open) and any(first.startswith(begin) for begin in since)
        periods = [self.period, self.date, self.base_period if compared else None]
        # A figure of one year is no total up to the end of that year.
        if self.period and self.period_kind in totals and (
            "/" in self.period or self.period_kind != "during"
        ):  # fmt: skip
            end = self.period.split("/")[-1]
            periods += [end, f"{end}-12" if end.isdecimal() else end]  # up to 2022: up to its end
        if self.base_period and any(map(_YEARS.fullmatch, asked)):
            # Growth from 2019 to 2021 has the base period 2019 and the period 2021.
            ends = f"{self.base_period[:4]}/{(self.period or '')[:4]}"
            return ends in asked or self.period in asked
        compares = self.base_period is not None and len(asked) > 1
        periods += [self.base_period] if compares else []
        matches = (any(falls_in(period, wanted) for period in periods) for wanted in asked)
        return all(matches) if compares else any(matches)


def spans_years(period: str, years: Collection[int], exactly: bool = False) -> bool:
    """Whether a period is of so many years: the first five years, 三年来."""
    first, _, last = period.partition("/")
    if not last or last == "..":
        return False
    begin, end = span(period)
    days = (end - begin).days if end else 0
    # A year alone may have begun at any time; whole months at both ends make a span longer.
    leeway = max(LEEWAY, PART * days)
    longest = LONGER if exactly else leeway + 365 * first.isdecimal()
    shortest = 10 if exactly else leeway
    return any(-longest < 365 * one - days < shortest for one in years)


def figures_of(
    db: Database, found: Search, whole: list[Candidate], totals: bool = False
) -> list[str]:
    """The ids of the figures of series that are of the periods asked for, the best first.

    With `totals`, a total is of the period in which it ends, too.
    """
    of_series = []
    for candidate in whole:
        rows = list(map(_Row._make, db.query(OF_SERIES, candidate.series._asdict())))
        of_series.append((candidate, _asked_for(found, candidate.series, rows, totals)))
    # Without a figure of the metric that fits best, another one of its words is no answer.
    best = {one.series.metric for one in whole if one.score >= whole[0].score - INSTEAD}
    if whole and whole[0].named and not any(
        rows for one, rows in of_series if one.series.metric in best
    ):  # fmt: skip
        return []
    return _by_time(found, of_series)


def _asked_for(found: Search, series: Series, rows: Iterable[_Row], totals: bool) -> list[_Row]:
    """Those rows of a series that have the period, rank, direction and span asked for."""
    asked, tests = found.question, list[Callable[[_Row], bool]]()
    names = (
        found.links.get((kind, getattr(series, kind) or "")) for kind in ("initiative", "metric")
    )
    # The annual list of taxes has the word in its name.
    each_year = asked.positions("each_year").difference(*(one.named for one in names if one))
    if periods := asked.periods:
        compared = bool(asked.targets("base"))
        # 'By 2018' also asks for a figure of a span from the launch to the end of 2018, and a rank
        # of 2018 for that of the edition 2017/2018.
        spans = {"during"} if asked.is_until or series.measure == "rank" else set[str]()
        kinds = TOTALS | spans if totals else set[str]()
        tests.append(lambda row: row.is_of(periods, compared, kinds))
    if years := asked.span_years:
        tests.append(lambda row: any(spans_years(one, years) for one in row.spans_known()))
    if series.measure == "rank" and (ranks := asked.targets("ranked")):
        tests.append(lambda row: str(row.amount) in ranks)
    turns, of_cases = asked.targets("turn"), series.is_mean or series.kind == "duration"
    if "annual" in turns or ("mean" in turns and series.measure == "growth" and not of_cases):
        tests.append(_Row.is_annual)
    if series.measure in SIGNED:
        tests.append(lambda row: asked.matches_direction(row.amount))
    if each_year and series.measure == "growth":
        tests.append(lambda row: row.is_annual() or (row.is_yearly() and row.is_of_years(periods)))
    elif each_year and series.kind != "capacity" and not (
        asked.targets("order") & {"earliest", "latest"}  # the newest year
    ):  # fmt: skip
        tests.append(lambda row: row.is_of_years(periods))
    if asked.positions("yearly"):
        tests.append(_Row.is_yearly)
    return [row for row in rows if all(test(row) for test in tests)]


def _by_time(found: Search, of_series: list[tuple[Candidate, list[_Row]]]) -> list[str]:
    """The best series first, then the newest figures, then the biggest; metrics stand together."""
    asked = found.question
    orders = asked.targets("order")
    oldest, latest = bool(orders & {"earliest", "before"}), bool(orders & {"latest", "after"})
    # The newest total and the newest other figure stand side by side.
    periods: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for candidate, rows in of_series:
        for row in rows:
            key = (*candidate.series[:4], row.is_total())
            periods[key] += [row.period] if row.period else []
    # What has added up is no figure of a single year, where there are totals.
    if "cumulative" in orders and not asked.periods:
        totals = [(one, [row for row in rows if row.period_kind not in ("during", "undated")])
                  for one, rows in of_series]  # fmt: skip
        # The routes of trains are no total of trains.
        best = {one.series.metric for one, _ in of_series[:1]}
        known = any(rows for one, rows in totals if one.series.metric in best)
        of_series = totals if known else of_series
    dated = {(*one.series[:4], row.published) for one, rows in of_series
             for row in rows if row.period}  # fmt: skip
    by_metric: defaultdict[str, list[tuple[float, str, float, str]]] = defaultdict(list)
    for candidate, rows in of_series:
        if (oldest or latest) and any(row.period for row in rows):
            ends = {(min if oldest else max)(periods[key], key=newest)
                    for key in ((*candidate.series[:4], total) for total in (True, False))
                    if periods[key]}  # fmt: skip
            # A figure without a date may be the latest or the earliest.
            rows = [row for row in rows if row.period in ends or not row.period]
        if orders & {"before", "after"} and not (asked.measures or asked.periods):
            there = [one for both, others in of_series for one in others
                     if both.series[:4] == candidate.series[:4]]  # fmt: skip
            of_metric = found.links.get(("metric", candidate.series.metric))
            named = of_metric and of_metric.covered.keys() & asked.positions("order")
            if len({one.period for one in there}) == 1 and not named:
                continue  # what was before something has another figure behind it
            if "before" in orders and not all(one.period for one in there):  # and often no date
                rows = [row for row in rows if not row.period]
        for row in rows:
            # Where the latest or earliest is asked for, the year of its source stands for a date,
            # and the end of a period for it; but totals of years follow, as does what has no date
            # beside a dated figure of its source: it was before.
            time = row.date or row.period or row.published[:4] * (oldest or latest)
            undated = latest and row.period_kind == "undated"
            time = "" if undated and (*candidate.series[:4], row.published) in dated else time
            if latest and time and not row.is_total():
                time = str(newest(time)[0])
            until = bool(asked.periods) and asked.is_until and row.is_total()
            is_first = until or row.period_kind in orders or row.spans(asked.periods)
            by_metric[candidate.series.metric].append(
                (round(candidate.score, 3), "~" if is_first else time, row.amount or 0.0, row.id)
            )
    ids: list[str] = []
    for entries in by_metric.values():
        entries.sort(key=lambda entry: -entry[2])
        entries.sort(key=lambda entry: entry[1], reverse=not oldest)
        entries.sort(key=lambda entry: -entry[0])
        ids += [id for *_, id in entries]
    return ids
