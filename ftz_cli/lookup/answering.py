"""Answering a question with figures, or saying why there are none."""

import json

from ..database import Database, queries
from ..language import join
from ..language.periods import span_text
from ..model.errors import NoAnswer
from ..model.figure import Answer, Figure
from ..quantities.edtf import years
from . import notices
from .candidates import Candidate, Search
from .explaining import lacking, why_none
from .forgiving import forgivable
from .lacking_periods import lacking_period
from .question import MEASURE, Question, parse
from .quoted_values import figures_of_value
from .search import complete, search
from .series_figures import figures_of

OF_PERIOD = """
select id from figures where period >= ?1 and period < ?2 || '~'
    or unit = 'date' and value >= ?1 and value < ?2 || '~'
order by period desc, rowid limit 500
"""
OF_IDS = """
select f.id from json_each(?) asked join figures f on f.id in (asked.value, upper(asked.value))
"""
OF_LINE = "select id from figures where article = ? and line = ? order by rowid"
# One fact is printed by at most so many sources.
MOST_SOURCES = 20
OF_SERIES_TOO = ("zone", "initiative", "metric", "measure", "status")


def answer(
    db: Database, question: str, *, filters: dict[str, str] | None = None, limit: int | None = 20
) -> Answer:
    """The figures that account for every word of a question, at most `limit` of them.

    Raises NoAnswer, which says what is missing and what there is instead.
    """
    chosen = filters or {}
    asked = parse(db, question)
    if len(set[int]().union(*map(years, asked.periods))) in asked.span_years:
        asked.span_years = set()  # 2023到2024这两年
    elif "first" in asked.targets("span") or (asked.periods and asked.targets("span")):
        raise lacking("'{text}' asks for an open or inexact span of time: name the years", question)
    said = [*notices.of_words(asked)]
    found: Search | None = None
    whole: list[Candidate] = []
    ids = _of_ids(db, asked) or ([] if asked.needed else _of_periods(db, asked))
    if not ids:
        of_series = {name: id for name, id in chosen.items() if name in OF_SERIES_TOO}
        if "period" in chosen and not asked.periods:
            asked.periods = [chosen["period"]]
        asked.measures |= {chosen["measure"]} if "measure" in chosen else set()
        found, whole, ids = _searched(db, asked, of_series)
        # 大连片区五周年 may quote a figure that is printed so.
        is_quoted = not ids and bool(asked.span_years) and not any(one.named for one in whole)
        if (
            (not whole or is_quoted)
            and asked.needed - asked.positions(*MEASURE)
            and not asked.positions("turn", "most")
        ):
            ids = figures_of_value(db, asked, of_series)
        if not whole and not ids and (idle := forgivable(found)):
            said += notices.of_idle(asked, idle)
            asked.needed -= idle
            found, whole, ids = _searched(db, asked, of_series)
        if not ids:
            raise _refusal(db, found, whole, bool(chosen.keys() - {"period"}))
    listed = ids if chosen or limit is None else ids[: limit + MOST_SOURCES]
    figures = _best_first(queries.figures(db, ids=listed, **chosen))
    if not figures:
        raise lacking("no figure of '{text}' passes the filters", question)
    total = len(figures) if chosen else len(ids)
    if found:
        said += notices.of_series(db, found, whole, figures)
    said += notices.of_periods(asked, figures, total == len(figures))
    return Answer(figures[:limit], total, said)


def _searched(
    db: Database, asked: Question, filters: dict[str, str]
) -> tuple[Search, list[Candidate], list[str]]:
    """What a question finds, the candidates that account for all of it, and their figures."""
    found = search(db, asked, filters)
    whole = complete(found)
    ids = figures_of(db, found, whole, totals=asked.is_until)
    return found, whole, ids or figures_of(db, found, whole, totals=True)


def _of_ids(db: Database, asked: Question) -> list[str]:
    """The figures of the ids, or of the line of an article, that a question consists of."""
    words = asked.text.split()
    if len(words) == 1 and ":" in words[0]:  # dalian:99, as tables print a source
        return [id for (id,) in db.query(OF_LINE, tuple(words[0].rsplit(":", 1)))]
    ids = [id for (id,) in db.query(OF_IDS, (json.dumps(words),))]
    return ids if len(ids) == len(words) else []


def _of_periods(db: Database, asked: Question) -> list[str]:
    """The figures of the periods that are all that a question names."""
    if not asked.periods:
        raise lacking("'{text}' names no zone, initiative, metric or period", asked.text)
    first, _, last = asked.periods[0].partition("/")
    ends = first.strip("."), (last or first).strip(".") or "9999"
    ids = [id for (id,) in db.query(OF_PERIOD, ends)]
    if not ids:
        there = join(map(span_text, asked.periods))
        raise NoAnswer("no figure of {periods}", asked.periods, periods=there)
    return ids


def _refusal(db: Database, found: Search, whole: list[Candidate], filtered: bool) -> NoAnswer:
    """Why nothing is found."""
    if filtered:
        answer(db, found.question.text, limit=1)  # raises where there is no answer at all
        return lacking("no figure of '{text}' passes the filters", found.question.text)
    # The share of a part is no near answer to what a place has.
    other = whole and whole[0].instead_of and whole[0].series.measure not in (
        "level", *found.question.measures
    )  # fmt: skip
    return why_none(db, found) if other or not whole else lacking_period(db, found, whole)


def _best_first(figures: list[Figure]) -> list[Figure]:
    """The figures, those of one fact together where the first stands, the best source first."""
    facts = {(*one[1:13], one.status, one.period, one.base_period) for one in figures}
    if len(facts) == len(figures):
        return figures
    from ..analysis.agreement import by_fact  # start-up: only where a fact is printed twice

    return [figure for group in by_fact(figures) for figure in group]
