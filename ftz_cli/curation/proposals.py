"""What a number of an article may be of, as its clause and the words before it say: proposals."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..database import Database, queries
from ..lookup.linking import link
from ..lookup.question import parse
from ..model.measures import COMPARING
from ..model.named import Metric
from ..quantities import edtf
from ..quantities.quantity import Mention, Quantity
from .clauses import Part, counted_name, new_name, parts_of, say, words
from .printed_values import BASES, POINTS, SEVERAL_BASES, parts_of_unit
from .spoken_periods import Periods, month_before
from .spoken_places import Places, subject

# Roles of words that make a number none, and why.
REASONS = {
    "aside": ("said by the way", "附带提及"),
    "no_figure": ("says when", "表示时间"),
    "same_span": ("says when", "表示时间"),
    "rate_moved": ("how a growth rate moved", "增速本身的变化"),
    "among": ("says among how many", "表示比较范围"),
}
# Base units that a measure of any metric may have, with the measure that most often has it.
OF_MEASURES = {base: measure for measure, base in BASES.items()} | dict.fromkeys(POINTS, "change")
# So much of a metric's name a clause has to have, by weight, a growth behind another number, and a
# clause that says more than that.
LEAST_SHARE, LIKELY, CERTAIN = 0.5, 0.6, 0.85


class Proposal(NamedTuple):
    """What a figure may be of.

    `base` is its base unit; `sure` has the columns that the clause itself gives. A zone that is not
    known is its name as printed; `metric` is empty where `name` is one for a new metric. `start` is
    where the number begins in its line, `noun` its unit without a scale. `earlier` says that it is
    of a time before the one spoken of; `levels` are the starts of those that it is reckoned from.
    """

    base: str
    zone: str
    metric: str = ""
    name: str = ""
    measure: str = "level"
    status: str = "measured"
    period: str = ""
    base_period: str = ""
    period_kind: str = "undated"
    sure: frozenset[str] = frozenset()
    start: int = 0
    noun: str = ""
    earlier: bool = False
    levels: tuple[int, ...] = ()


class Proposer:
    """Reads an article line by line; the zone that was named last holds on.

    `published` is the EDTF date of the article.
    """

    def __init__(self, db: Database, published: str = "") -> None:
        self.db = db
        self.metrics = {one.id: one for one in queries.models(db, Metric)}
        self.units = queries.units(db)
        self._alike = {kind: {one.base for one in self.units.values() if one.kind == kind}
                       for kind in SEVERAL_BASES}  # fmt: skip
        # A long article says the same again and again.
        self._best, self._fitting = cache(self._find_best), cache(self._fitting_metrics)
        self.places = Places(db)
        self.periods = Periods(published)
        # Where words of the line at hand make a number none, and why.
        self.none: list[tuple[int, int, tuple[str, str]]] = []
        # The sentence at hand as far as it is read, and what was made of its numbers.
        self.sentence = self.topic = ""
        self.made: list[Proposal] = []

    def of_line(self, line: str, mentions: list[Mention]) -> dict[int, Proposal]:
        """What each number of a line may be of, by where it begins."""
        self.none = [(*one.span(one.lastindex or 0), why) for role, why in REASONS.items()
                     for one in words()[role].finditer(line)]  # fmt: skip
        mentions = [one for one in mentions if not self._none(one)]
        sentence, found = -1, dict[int, Proposal]()
        for part in parts_of(line, mentions, self.places.zone_names.find(line)):
            if part.sentence != sentence:
                sentence = part.sentence
                self.made = self.made if say("of_these", part.clause) else []
                self.sentence = self.topic = ""
                self.periods.begin_sentence()
            self.sentence += "" if part.since else part.clause
            self.places.update(part)
            period, kind, base = self.periods.of_part(part)
            if not part.mention:
                self.topic = part.before
            if part.mention and (said := part.mention.quantity):
                made = self._propose(part, part.mention, said)
                self.made.append(self._timed(part, made, period, kind, base))
                found[part.mention.start] = self.made[-1]
                self.periods.fresh = False
        return found

    def no_figure(self, line: str, mention: Mention) -> tuple[str, str, str] | None:
        """What the line at hand prints that is surely no figure, and why in both languages."""
        for start, end, _ in self.places.zone_names.find(line):
            if start < mention.end and mention.start < end:
                return line[start:end], "part of a name", "名称的一部分"
        if mention.kind == "unread":
            return mention.printed, "names no number", "不是数值"
        if why := self._none(mention):
            return mention.printed, *why
        unit = mention.quantity and mention.quantity.unit
        if unit and unit.kind == "ordinal" and unit.base != "year":  # 三周年 says how long
            return mention.printed, "one of a row, and no count", "序数，不是数量"
        return None

    def _none(self, mention: Mention) -> tuple[str, str] | None:
        """Why a number is none, as part of such words: two years ago, over the nine months."""
        return next((why for start, end, why in self.none if start < mention.end <= end), None)

    # ---- the metric and the measure -------------------------------------------------------------

    def _find_best(self, text: str, able: frozenset[str], least: float) -> str:
        """Of the metrics that are able, the one that a text names best, or that has words in it."""
        question = parse(self.db, text, dated=False, typed=False)
        told = question.needed - question.place_words
        named = []
        for (_, metric), one in link(self.db, question, ("metric",)).items():
            # A clause that says more than a part of a name does is of another thing.
            if metric in able and one.share >= (CERTAIN if told - one.covered.keys() else least):
                named.append((one.share >= CERTAIN, len(one.named), one.share, metric))
        words_of = (role for role in words() if role in able and say(role, text))
        return max(named, default=("",))[-1] or next(words_of, "")

    def _propose(self, part: Part, mention: Mention, said: Quantity) -> Proposal:
        """A proposal without its period: the metric named, or that of the number before it."""
        # Grew by 5 percent a year; interest of 5 percent a year is a rate.
        yearly = said.unit.base == "%/year" and not say("rate", part.before)
        base = "%" if yearly else said.unit.base
        measuring = base in OF_MEASURES
        noun = parts_of_unit(self.units, said.unit.id)[1]
        # 6 of them; 9 billion yuan, against 8 billion
        if not (noun or said.parts or base):
            compared = say("compared", part.before.strip()) or part.before.strip() == "to"
            same = [one for one in self.made if one.base == "count"
                    or (compared and one.base not in OF_MEASURES)]  # fmt: skip
            base, noun = (same[-1].base, same[-1].noun) if same else ("", "")
        printed = re.sub("[0-9.,]", "", mention.printed)
        fitting = self._fitting(base, said.unit.kind)
        before, topic = subject(part.own) if measuring else part.own, self.topic
        for role in ("zone", "area", "pilot_zone", "year_before", "when"):
            before, topic = (words()[role].sub(" | ", one) for one in (before, topic))
        text = words()["moved"].sub("|", f"{before}|{printed}|{part.own_after}")
        earlier = [one for one in self.made
                   if measuring or one.base == base or one.metric in fitting]  # fmt: skip
        metric = self._best(text, fitting, LIKELY if measuring and earlier else LEAST_SHARE)
        name = "" if metric else new_name(before.replace(self.places.opened, "|", 1))
        if base == "count" and not (metric or name):
            name = counted_name(mention.printed, part.own_after)
        if earlier and not (metric or name):
            metric, name = earlier[-1].metric, earlier[-1].name
        if topic and not (metric or name):  # a clause without a number said what it is of
            metric = self._best(f"{topic}|{text}", fitting, LEAST_SHARE)
        status = next((one for one in ("design", "capacity") if say(one, part.clause)),
                      "target" if say("target", self.sentence) else "measured")  # fmt: skip
        own = self.metrics[metric].base_unit if metric else "%" * say("percentage", name)
        measure = "growth" if yearly else self._measure(part, mention, base, own)
        if own not in ("", "%") and (base in POINTS or (measure, base) == ("level", "%")):
            metric = ""  # what is in % is of a metric in %
        # 增长1.6倍 may be to or by so many times, a number of last year a level or not.
        doubtful = measure in ("share", "change") or (
            mention.direction and mention.printed.endswith(("倍", "times")) if measure == "multiple"
            else not mention.direction if yearly
            else measure == "level" and (base == "%" or say("year_before", part.before))
        )  # fmt: skip
        sure = {"zone"} if self.places.sure else set[str]()
        sure |= set() if doubtful else {"measure"}
        return Proposal(base, self.places.zone, metric, name, measure, status,
                        sure=frozenset(sure), start=mention.start, noun=noun)  # fmt: skip

    def _fitting_metrics(self, base: str, kind: str) -> frozenset[str]:
        """The metrics whose level, or whose measure, can be in such a unit."""
        above, _, per = base.partition("/")
        bases = self._alike.get(kind, {above or "count"})
        if base in OF_MEASURES:
            return frozenset(id for id, one in self.metrics.items() if one.base_unit != "date")
        rates = per not in ("", "year")  # an amount may be printed as that of a year
        return frozenset(
            id for id, one in self.metrics.items()
            if one.base_unit.partition("/")[0] in bases and ("/" in one.base_unit or not rates)
        )  # fmt: skip

    def _measure(self, part: Part, mention: Mention, base: str, own: str) -> str:
        """The measure; `own` is the base unit of the metric."""
        moved = mention.direction is not None
        if base not in OF_MEASURES:
            moved |= say("differs", part.before) or say("more", part.after)
            return "change" if moved else "level"
        if base != "%":
            return OF_MEASURES[base]
        if say("rate", part.before):  # a reduced rate of 15 percent
            return "level"
        if moved:
            return "growth"
        if say("share", part.clause) or part.after.startswith(" of "):
            return "share"
        return "level" if own == "%" or not (own or self.made) else "share"

    # ---- the period -----------------------------------------------------------------------------

    def _timed(self, part: Part, made: Proposal, period: str, kind: str, compared: str) -> Proposal:
        """A proposal with its period, and with what a growth compares."""
        subject = made.zone, made.metric, made.name
        same = [one for one in self.made if (one.zone, one.metric, one.name) == subject]
        # From 5 days before the reform, from 86 to 131.
        earlier = say("formerly", f"{part.before}@{part.after}")
        if earlier and period == self.periods.period:
            period = ""
        elif not (period or made.status != "measured" or say("untimed", part.clause)) and (
            made.measure != "level" or made.base in (*self._alike["money"], "t")
            or say("over_time", part.clause) or say("of_these", self.sentence)
        ):  # fmt: skip
            period, kind = self.periods.assume(), "during"
            if same:
                period, kind = same[-1].period, same[-1].period_kind
        made = made._replace(period=period, period_kind=kind, earlier=earlier)
        if made.measure in COMPARING:
            made = self._comparing(part, made, same[-2:], compared)
        period, kind, base = made.period, made.period_kind, made.base_period
        kind = kind if period else "undated"
        if kind in ("as_of", "undated") and say("accrued", part.clause):
            kind = "cumulative"
        # A count that is aimed at by a year is mostly a stock then.
        if (kind, made.status, made.base) == ("during", "target", "count") and not say(
            "over_time", part.clause
        ):
            kind = "as_of"
        sure = {"period"} if period and self.periods.fresh else set[str]()
        sure |= {"base_period"} if base and base == compared and base[:4] in part.clause else set()
        sure |= {"period_kind"} if "period" in sure and kind == "during" else set()
        # What has no time may be a rule or what can be done; one with a time was mostly measured.
        if made.status == "measured" and ("period" in sure or made.measure != "level"):
            sure |= {"status"}
        # Of what is not so, nothing is sure.
        known = set() if say("negated", part.clause) else made.sure | sure | {"bound"}
        return made._replace(period_kind=kind, sure=frozenset(known))

    def _comparing(self, part: Part, made: Proposal, same: list[Proposal], base: str) -> Proposal:
        """A growth, change or multiple with its base period, or the levels that it compares.

        `same` are the numbers of its subject before it: from 2 in 2021 to 3 in 2023, up 50 percent.
        """
        levels = sorted((one for one in same if one.measure == "level"),
                        key=lambda one: (not one.earlier, one.period))  # fmt: skip
        then, now = (one.period for one in levels) if len(levels) == 2 else ("", "")
        if made.measure == "growth" and say("average", part.clause):
            span = f"{then}/{now}" if "" < then < now and "/" not in made.period else made.period
            return made._replace(period=span, period_kind="during")
        if "" < then < now:  # their periods tell by themselves
            if not base:
                base, made = then, made._replace(period=now, period_kind=levels[1].period_kind)
        elif len({one.earlier for one in levels}) == 2:
            made = made._replace(levels=tuple(one.start for one in levels))
        period = made.period
        if say("month_before", part.clause):
            base = month_before(period)
        elif say("year_before", part.clause):
            years = int(base[:4]) - int(period[:4]) if base and period else -1
            base = period and edtf.shifted(period, years)
        elif made.measure == "growth" and not say("before_event", part.clause):
            base = base or (period and edtf.shifted(period, -1))
        return made._replace(base_period=base)
