"""Whether a series has the currency, the kind of value and the unit that a word asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import Fit, Series
from .offers import EXACT, OF_THINGS, OF_TIME, OF_UNIT, SCALES, UNLIKE, serve
from .question import Question, Word

if TYPE_CHECKING:
    from .judging import Judge

# What a label or synonym asks for that ends with this: 泊位数, 出口额, sales value.
ENDINGS = {"数": "count", "额": "value", "率": "rate", "value": "value"}
# Counters that ask for a number of nothing else (多少次, 几艘), and those of the same things.
COUNTERS = {
    "次": "次", "人": "人名位", "艘": "艘船条", "列": "列趟班", "趟": "列趟班", "笔": "笔单件",
}  # fmt: skip
# What words for a mean have: 日均, average daily.
MEAN = frozenset({"均", "average", "mean"})


def suits(judge: Judge, fit: Fit, word: Word) -> bool:
    """Whether a word asks for no other currency or kind of value than a series has."""
    series, kinds = fit.series, word.roles.get("kind", frozenset())
    if series.measure in word.roles.get("measure", ()):
        return True  # so many times more are no times
    is_counted = counts(series, word)
    counters = counters_of(judge.question, word)
    is_level = series.measure == "level" and series.unit_kind == "count"
    if counters and is_level and counters.isdisjoint(series.unit):
        return False
    if word.start in judge.asked.heads and series.unit_kind == "money":
        return False
    if word.start in judge.asked.asked_counters and not (
        is_counted or judge.measures or fit.metric_words.issuperset(word.span)
    ):  # fmt: skip
        return False
    units = [judge.units[id] for id in word.roles.get("unit", ())]
    currencies = {base for base, kind in units if kind == "money"}
    if currencies and series.unit_base not in currencies and (
        series.unit_kind == "money" or series.measure not in OF_UNIT
    ):  # fmt: skip
        return False
    # A score is no rank, and a fee is not how long paying takes.
    if "level" in word.roles.get("measure", ()) and series.measure != "level":
        return False
    offered = {series.kind, series.unit_kind, series.status}
    if "price" in kinds and OF_TIME & offered:
        return False
    if "each_year" in word.roles and (
        series.is_extreme or series.unit.partition("/")[2] not in ("", "年")
    ):
        return False  # what is shipped a day, or at most at once, says nothing of a year
    if series.kind == "capacity" and MEAN & {judge.question.units[at] for at in word.span}:
        return False  # what can be shipped a day is no mean
    exact = all(fit.credit.get(at) == 1.0 for at in word.span)
    no_other = series.measure in OF_UNIT or not judge.measures
    if word.roles.keys() <= {"label", "group"} and no_other and not exact:
        named = ENDINGS.get(judge.question.units[word.span[-1]], "")
        if offered.intersection(UNLIKE.get(named, ())):
            return False
    if word.start in judge.asked.counting_units:
        return True  # how many per cent
    if "count" in kinds and series.kind == "amount" and series.measure == "growth":
        return False  # how the number of certificates grew, and not their value
    if judge.measures and series.measure not in OF_UNIT:
        # How fast and how big it grew ask for no time or area; hours and 面积 do.
        of_unit = {"duration"} if "unit" in word.roles else set[str]()
        kinds &= {"date", "money"} | of_unit | (OF_THINGS if len(kinds) == 1 else set())
    is_name = fit.name_words.issuperset(word.span)
    if "place_kind" in word.roles:
        # The area of a place is no number of areas, nor the name of one: area of Yantai.
        if series.unit_kind == "count" and "count" not in judge.kinds:
            is_name &= word.start in fit.zone_words
        behind = judge.question.units[word.span.stop :][:1]
        is_name &= behind != ["of"] or word.start - 1 in fit.zone_words
    if not kinds or is_counted or is_name:
        return True
    unlike = OF_TIME.union(*(UNLIKE.get(one, ()) for one in kinds))
    return serve(kinds, offered) or not (kinds & EXACT or offered & unlike)


def counters_of(question: Question, word: Word) -> set[str]:
    """The counters of what a counting word asks for: 列, 趟 and 班 of 多少趟."""
    is_counting = word.size > 1 and "count" in word.roles.get("kind", ())
    return {*COUNTERS.get(question.units[word.span[-1]], "")} if is_counting else set()


def counts(series: Series, word: Word) -> bool:
    """Whether a word is for what a series counts, e.g. 次 for a unit of 万人次."""
    counted, _, _ = series.unit.partition("/")
    return any(counted.endswith(unit.lstrip(SCALES)) for unit in word.roles.get("counter", ()))
