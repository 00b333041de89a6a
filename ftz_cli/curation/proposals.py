"""Proposes what each number of an article states: zone, metric, measure, status and periods."""

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
from .spoken_periods import Periods
from .spoken_places import Places, subject

# Roles of words whose number is no figure, with the reason in both languages.
REASONS = {
    "aside": ("said by the way", "附带提及"),
    "no_figure": ("says when", "表示时间"),
    "same_span": ("says when", "表示时间"),
    "rate_moved": ("how a growth rate moved", "增速本身的变化"),
    "among": ("says among how many", "表示比较范围"),
}
# Base units that belong to a measure of any metric, with the usual measure.
OF_MEASURES = {base: measure for measure, base in BASES.items()} | dict.fromkeys(POINTS, "change")
# The share of a metric's name, by weight, that a text has to contain: usually; for a growth behind
# another number; and where the text says more than the name.
LEAST_SHARE, LIKELY, CERTAIN = 0.5, 0.6, 0.85


class Proposal(NamedTuple):
    """A proposal for the cells of a figure.

    `base` is its base unit, `noun` its unit without a scale, `start` its place in the line. `zone`
    or `name` may be that of a new zone or metric. `sure` are the columns that the clause gives.
    `earlier` marks a value from before its period, `levels` the numbers that a change compares.
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
    """Reads an article line by line; `published` is its date as EDTF."""

    def __init__(self, db: Database, published: str = "") -> None:
        self.db = db
        self.metrics = {one.id: one for one in queries.models(db, Metric)}
        self.units = queries.units(db)
        self._bases_of_kind = {kind: {one.base for one in self.units.values() if one.kind == kind}
                               for kind in SEVERAL_BASES}  # fmt: skip
        # Long articles repeat their words.
        self._best, self._fitting = cache(self._best_metric), cache(self._fitting_metrics)
        self.places = Places(db)
        self.periods = Periods(published)
        # Start, end and reason of words in the line whose number is no figure.
        self.excused: list[tuple[int, int, tuple[str, str]]] = []
        # The sentence as far as it is read, its clause without a number, and its proposals.
        self.sentence = self.topic = ""
        self.proposals: list[Proposal] = []

    def of_line(self, line: str, mentions: list[Mention]) -> dict[int, Proposal]:
        """The proposals for the numbers of a line, by the start of each."""
        self.excused = [(*one.span(one.lastindex or 0), why) for role, why in REASONS.items()
                        for one in words()[role].finditer(line)]  # fmt: skip
        mentions = [one for one in mentions if not self._reason(one)]
        sentence, found = -1, dict[int, Proposal]()
        for part in parts_of(line, mentions, self.places.find_zones(line)):
            if part.sentence != sentence:
                sentence = part.sentence
                self.proposals = self.proposals if say("of_these", part.clause) else []
                self.sentence = self.topic = ""
                self.periods.begin_sentence()
            self.sentence += "" if part.mention in part.numbers[1:] else part.clause
            self.places.update(part)
            period, kind, base = self.periods.of_part(part)
            if not part.mention:
                self.topic = part.before
            elif part.mention.quantity:
                proposal = self._propose(part, part.mention, part.mention.quantity)
                self.proposals.append(self._with_period(part, proposal, period, kind, base))
                found[part.mention.start] = self.proposals[-1]
                self.periods.fresh = False
        return found

    def no_figure(self, line: str, mention: Mention) -> tuple[str, str, str] | None:
        """Printed words of the line read last that are no figure, and why in both languages."""
        for start, end, _ in self.places.find_zones(line):
            if start < mention.end and mention.start < end:
                return line[start:end], "part of a name", "名称的一部分"
        if mention.kind == "unread":
            return mention.printed, "names no number", "不是数值"
        if reason := self._reason(mention):
            return mention.printed, *reason
        unit = mention.quantity and mention.quantity.unit
        if unit and unit.kind == "ordinal" and unit.base != "year":  # 三周年 is a duration.
            return mention.printed, "one of a row, and no count", "序数，不是数量"
        return None

    def _reason(self, mention: Mention) -> tuple[str, str] | None:
        return next((why for start, end, why in self.excused if start < mention.end <= end), None)

    def _best_metric(self, text: str, fitting: frozenset[str], least: float) -> str:
        """The metric that a text names best, or that has words of its own in it."""
        question = parse(self.db, text, dated=False, typed=False)
        content = question.needed - question.place_words
        named = []
        for (_, metric), match in link(self.db, question, ("metric",)).items():
            # A text that says more than a part of a name means another thing.
            says_more = content - match.covered.keys()
            if metric in fitting and match.share >= (CERTAIN if says_more else least):
                named.append((match.share >= CERTAIN, len(match.named), match.share, metric))
        by_words = (role for role in words() if role in fitting and say(role, text))
        return max(named, default=("",))[-1] or next(by_words, "")

    def _propose(self, part: Part, mention: Mention, quantity: Quantity) -> Proposal:
        # "5 percent a year" is a yearly growth, but interest of 5 percent a year is a rate.
        is_yearly = quantity.unit.base == "%/year" and not say("rate", part.before)
        base, noun = ("%", "") if is_yearly else self._counted(part, quantity)
        metric, name = self._metric(part, mention, base, quantity.unit.kind)
        status = next((one for one in ("design", "capacity") if say(one, part.clause)),
                      "target" if say("target", self.sentence) else "measured")  # fmt: skip
        in_percent = "%" * say("percentage", name)
        metric_base = self.metrics[metric].base_unit if metric else in_percent
        measure = "growth" if is_yearly else self._measure(part, mention, base, metric_base)
        if metric_base not in ("", "%") and (base in POINTS or (measure, base) == ("level", "%")):
            metric = ""  # A percentage belongs to a metric in %.
        # 增长1.6倍 has two readings, and a number of last year may be no level.
        is_doubtful = measure in ("share", "change") or (
            mention.direction and mention.printed.endswith(("倍", "times")) if measure == "multiple"
            else not mention.direction if is_yearly
            else measure == "level" and (base == "%" or say("year_before", part.before))
        )  # fmt: skip
        sure = {"zone": self.places.sure, "measure": not is_doubtful}
        return Proposal(base, self.places.zone, metric, name, measure, status,
                        sure=frozenset(filter(sure.get, sure)), start=mention.start,
                        noun=noun)  # fmt: skip

    def _counted(self, part: Part, quantity: Quantity) -> tuple[str, str]:
        """The base unit and noun of a number; the 6 of "12 firms, 6 of them" counts firms."""
        base, noun = quantity.unit.base, parts_of_unit(self.units, quantity.unit.id)[1]
        if noun or quantity.parts or base:
            return base, noun
        before = part.before.strip()
        is_compared = say("compared", before) or before == "to"
        same = [one for one in self.proposals if one.base == "count"
                or (is_compared and one.base not in OF_MEASURES)]  # fmt: skip
        return (same[-1].base, same[-1].noun) if same else ("", "")

    def _metric(self, part: Part, mention: Mention, base: str, kind: str) -> tuple[str, str]:
        """The metric or new name that the words of a number or those before them give."""
        of_measure = base in OF_MEASURES
        fitting = self._fitting(base, kind)
        before, topic = subject(part.before) if of_measure else part.before, self.topic
        for role in ("zone", "area", "pilot_zone", "year_before", "when"):
            before, topic = (words()[role].sub(" | ", one) for one in (before, topic))
        printed = re.sub("[0-9.,]", "", mention.printed)
        text = words()["moved"].sub("|", f"{before}|{printed}|{part.after}")
        earlier = [one for one in self.proposals
                   if of_measure or one.base == base or one.metric in fitting]  # fmt: skip
        metric = self._best(text, fitting, LIKELY if of_measure and earlier else LEAST_SHARE)
        name = "" if metric else new_name(before.replace(self.places.opened, "|", 1))
        if base in ("", "count") and not (metric or name):
            name = counted_name(mention.printed, part.after)
        if earlier and not (metric or name):
            metric, name = earlier[-1].metric, earlier[-1].name
        if topic and not (metric or name):
            metric = self._best(f"{topic}|{text}", fitting, LEAST_SHARE)
        return metric, name

    def _fitting_metrics(self, base: str, kind: str) -> frozenset[str]:
        """The metrics of which a number with this base unit and kind of unit can be a figure."""
        above, _, time = base.partition("/")
        bases = self._bases_of_kind.get(kind, {above or "count"})
        if base in OF_MEASURES:
            return frozenset(id for id, one in self.metrics.items() if one.base_unit != "date")
        is_rate = time not in ("", "year")  # A yearly amount is an amount.
        return frozenset(
            id for id, one in self.metrics.items()
            if one.base_unit.partition("/")[0] in bases and ("/" in one.base_unit or not is_rate)
        )  # fmt: skip

    def _measure(self, part: Part, mention: Mention, base: str, metric_base: str) -> str:
        has_moved = mention.direction is not None or say("grown", part.before)
        if base not in OF_MEASURES:
            has_moved |= say("differs", part.before) or say("more", part.after)
            return "change" if has_moved else "level"
        if base != "%":
            return OF_MEASURES[base]
        if say("rate", part.before):  # "a reduced rate of 15 percent"
            return "level"
        if has_moved:
            return "growth"
        if say("share", part.clause) or part.after.startswith(" of "):
            return "share"
        return "level" if metric_base == "%" or not (metric_base or self.proposals) else "share"

    def _with_period(
        self, part: Part, proposal: Proposal, period: str, kind: str, compared: str
    ) -> Proposal:
        """Add the period, its kind, the base period and what is sure."""
        subject = proposal.zone, proposal.metric, proposal.name
        same = [one for one in self.proposals if (one.zone, one.metric, one.name) == subject]
        # "From 5 days before the reform", "from 86 to 131"
        earlier = say("formerly", f"{part.before}@{part.after}")
        is_measured, is_level = proposal.status == "measured", proposal.measure == "level"
        if earlier and period == self.periods.period:
            period = ""
        elif not period and is_measured and not say("untimed", part.clause) and (
            not is_level or proposal.base in (*self._bases_of_kind["money"], "t")
            or say("over_time", part.clause) or say("of_these", self.sentence)
        ):  # fmt: skip
            self.periods.assume()
            period, kind = self.periods.period, self.periods.kind
            if same and not same[-1].period:
                period = ""
        proposal = proposal._replace(period=period, period_kind=kind, earlier=earlier)
        if proposal.measure in COMPARING:
            proposal = self._comparing(part, proposal, same[-2:], compared)
        period, base = proposal.period, proposal.base_period
        kind = proposal.period_kind if period else "undated"
        if kind in ("as_of", "undated") and say("accrued", part.clause):
            kind = "cumulative"
        # A target for a count is mostly a stock.
        is_target = (proposal.status, proposal.base) == ("target", "count")
        if kind == "during" and is_target and not say("over_time", part.clause):
            kind = "as_of"
        fresh = bool(period and self.periods.fresh)
        sure = {
            "period": fresh, "period_kind": fresh and kind == "during", "bound": True,
            "base_period": base and base == compared and base[:4] in part.clause
            and not say("year_before", part.clause),
            # A level without a period may be a rule or a capacity.
            "status": is_measured and (fresh or not is_level),
        }  # fmt: skip
        # Nothing is sure of what the clause denies.
        known = set() if say("negated", part.clause) else proposal.sure | {*filter(sure.get, sure)}
        return proposal._replace(period_kind=kind, sure=frozenset(known))

    def _comparing(
        self, part: Part, proposal: Proposal, same: list[Proposal], base: str
    ) -> Proposal:
        """Add the base period, or the levels that are compared; `same` are the numbers before."""
        levels = sorted((one for one in same if one.measure == "level"),
                        key=lambda one: (not one.earlier, one.period))  # fmt: skip
        then, now = (one.period for one in levels) if len(levels) == 2 else ("", "")
        period = proposal.period
        if proposal.measure == "growth" and say("average", part.clause):
            span = f"{then}/{now}" if "" < then < now and "/" not in period else period
            return proposal._replace(period=span, period_kind="during")
        if "" < then < now and not base:
            base, period = then, now
            proposal = proposal._replace(period=now, period_kind=levels[1].period_kind)
        elif not "" < then < now and len({one.earlier for one in levels}) == 2:
            proposal = proposal._replace(levels=tuple(one.start for one in levels))
        if say("year_before", part.clause):
            years = int(base[:4]) - int(period[:4]) if base and period else -1
            base = period and edtf.shifted(period, years)
        elif proposal.measure == "growth" and not say("other_base", part.clause):
            base = base or (period and edtf.shifted(period, -1))
        return proposal._replace(base_period=base)
