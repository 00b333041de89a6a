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
from .clauses import NEAR, Part, counted_name, new_name, parts_of, say, words
from .printed_values import BASES, POINTS, SEVERAL_BASES, parts_of_unit
from .spoken_periods import Periods
from .spoken_places import Places, subject

# Roles of words whose number is no figure, with the reason in both languages.
REASONS = {
    "aside": ("said by the way", "附带提及"),
    "no_figure": ("says when", "表示时间"),
    "rate_moved": ("how a growth rate or a rank moved", "增速或位次本身的变化"),
    "among": ("says among how many", "表示比较范围"),
}
PART_OF_NAME = ("part of a name", "名称的一部分")
# Base units that belong to a measure of any metric, with the usual measure.
OF_MEASURES = {base: measure for measure, base in BASES.items()} | dict.fromkeys(POINTS, "change")
# The share of a metric's name, by weight, that a text has to contain: usually, for a growth behind
# another number, and where the text says more.
LEAST_SHARE, LIKELY, CERTAIN = 0.5, 0.6, 0.85
# Printed words that are no figure, and why in both languages.
Excused = tuple[str, str, str]


class Proposal(NamedTuple):
    """A proposal for the cells of a figure.

    `base` is its base unit, `noun` its unit without a scale, `start` its place in the line. `zone`
    or `name` may be that of a new zone or metric. `sure` are the columns that the clause gives.
    `earlier` marks a value from before its period, `levels` the numbers that a change compares.
    """

    base: str
    noun: str
    zone: str
    metric: str
    name: str
    measure: str
    status: str
    start: int
    earlier: bool
    period: str = ""
    base_period: str = ""
    period_kind: str = "undated"
    sure: frozenset[str] = frozenset()
    levels: tuple[int, ...] = ()


class Proposer:
    """Reads an article line by line; `published` is its date as EDTF."""

    def __init__(self, db: Database, published: str = "") -> None:
        self.db = db
        self.metrics = {one.id: one for one in queries.models(db, Metric)}
        self.units = queries.units(db)
        # What each metric is counted in, e.g. 家
        self.nouns = {
            metric: {parts_of_unit(self.units, unit)[1] for unit in units}
            for metric, units in queries.units_of_metrics(db).items()
        }
        self._bases_of_kind = {kind: {one.base for one in self.units.values() if one.kind == kind}
                               for kind in SEVERAL_BASES}  # fmt: skip
        self._of_what_is_new = frozenset(
            id for id, one in self.metrics.items() if say("newly", f"{one.name_zh} {one.name_en}")
        )
        self._capacities = frozenset(
            id for id, one in self.metrics.items() if one.kind == "capacity"
        )
        self._best, self._fitting = cache(self._best_metric), cache(self._fitting_metrics)
        self.places, self.periods = Places(db), Periods(published)
        self.sentence = ""  # As far as it is read, its last part if it is long
        self.proposals: list[Proposal] = []

    def of_line(self, line: str, mentions: list[Mention]) -> dict[int, Proposal | Excused]:
        """What to write for the numbers of a line, by the start of each."""
        names = self.places.find_zones(line)
        spans = [(start, end, line[start:end], PART_OF_NAME) for start, end, _ in names]
        spans += [(*one.span(one.lastindex or 0), "", why) for role, why in REASONS.items()
                  for one in words()[role].finditer(line)]  # fmt: skip
        found: dict[int, Proposal | Excused] = {
            one.start: why for one in mentions if (why := _no_figure(one, spans))
        }
        sentence = -1
        for part in parts_of(line, [one for one in mentions if one.start not in found], names):
            if part.sentence != sentence:
                sentence, self.sentence = part.sentence, ""
                self.proposals = self.proposals if say("of_these", part.clause) else []
                self.periods.begin_sentence()
            if part.mention not in part.numbers[1:]:  # A sentence without an end costs no more
                self.sentence = (self.sentence + part.clause)[-10 * NEAR :]
            self.places.update(part)
            periods = self.periods.of_part(part)
            if (mention := part.mention) and mention.quantity:
                proposal = self._propose(part, mention, mention.quantity, *periods)
                self.proposals.append(proposal)
                found[mention.start] = proposal
                self.periods.fresh = False
        return found

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

    def _propose(
        self, part: Part, mention: Mention, quantity: Quantity, period: str, kind: str, base: str
    ) -> Proposal:
        noun = parts_of_unit(self.units, quantity.unit.id)[1]
        unit_base = quantity.unit.base or "count"
        if unit_base == "%/year":
            unit_base = "%"
        counted = [one for one in self.proposals if one.base not in OF_MEASURES]
        if counted and not (quantity.unit.base or noun or quantity.parts):
            unit_base, noun = counted[-1].base, counted[-1].noun  # "12 firms, 6 of them"
        metric, name = self._metric(part, mention, unit_base, noun, quantity.unit.kind)
        status = next((one for one in ("design", "capacity") if say(one, part.clause)),
                      "target" if say("target", self.sentence) else "measured")  # fmt: skip
        metric_base = self.metrics[metric].base_unit if metric else "%" * say("percentage", name)
        measure = self._measure(part, mention, unit_base, metric_base)
        # "From 5 days before the reform", "from 86 to 131"
        earlier = say("formerly", f"{part.before}@{part.after}")
        proposal = Proposal(unit_base, noun, self.places.zone, metric, name, measure, status,
                            mention.start, earlier)  # fmt: skip
        proposal = self._with_period(part, proposal, period, kind)
        if measure in COMPARING:
            proposal = self._comparing(part, proposal, base)
        return proposal._replace(sure=self._sure(part, proposal))

    def _with_period(self, part: Part, proposal: Proposal, period: str, kind: str) -> Proposal:
        """Add the period and its kind."""
        clause, base = part.clause, proposal.base
        if proposal.earlier and period == self.periods.period:
            period = ""
        elif not period and proposal.status == "measured" and (
            proposal.measure != "level" or base in (*self._bases_of_kind["money"], "t")
            or say("over_time", clause) or say("of_these", self.sentence)
        ):  # fmt: skip
            period, kind = self.periods.assume()
        kind = kind if period else "undated"
        # The stock behind what a period added: 新设企业2.3万家，累计入驻企业近10万家.
        is_stock = kind == "during" and base == "count" and any(
            (one.base, one.period, one.period_kind) == (base, period, kind)
            for one in self.proposals
        )  # fmt: skip
        if (is_stock or kind in ("as_of", "undated")) and say("accrued", clause):
            kind, period = "cumulative", period.rpartition("/")[2]
        return proposal._replace(period=period, period_kind=kind)

    def _comparing(self, part: Part, proposal: Proposal, base: str) -> Proposal:
        """Add the base period, or the levels that are compared."""
        subject = proposal.zone, proposal.metric, proposal.name
        levels = [one for one in self.proposals if one.measure == "level"
                  and (one.zone, one.metric, one.name) == subject][-2:]  # fmt: skip
        # Where both have a period, the audit compares them by itself.
        is_dated = all(one.period for one in levels)
        if [one.earlier for one in levels] == [True, False] and not is_dated:
            proposal = proposal._replace(levels=tuple(one.start for one in levels))
        is_growth = proposal.measure == "growth"
        if is_growth and say("other_base", part.clause):
            base = ""
        elif not base and (is_growth or say("year_before", part.clause)):
            base = proposal.period and edtf.shifted(proposal.period, -1)
        return proposal._replace(base_period=base)

    def _sure(self, part: Part, proposal: Proposal) -> frozenset[str]:
        """The columns that the clause itself gives; none of what it denies."""
        if say("negated", part.clause) or say("excluded", self.sentence):
            return frozenset()
        measure, is_measured = proposal.measure, proposal.status == "measured"
        is_level = measure == "level"
        # A number of last year may be no level.
        is_plain = is_level and proposal.base != "%" and not say("year_before", part.before)
        fresh = bool(proposal.period and self.periods.fresh)
        sure = {
            "bound": True,
            "zone": self.places.sure,
            "measure": is_plain or measure in ("growth", "rank"),
            "period": fresh,
            # A target for a count is mostly a stock.
            "period_kind": fresh and is_measured and proposal.period_kind == "during",
            # A level without a period may be a rule or a capacity; one of a text without a date, a
            # target.
            "status": is_measured and (not is_level or (fresh and bool(self.periods.published))),
        }
        return frozenset(column for column in sure if sure[column])

    def _metric(
        self, part: Part, mention: Mention, base: str, noun: str, kind: str
    ) -> tuple[str, str]:
        """The metric or new name that the words of a number or those before them give."""
        of_measure = base in OF_MEASURES
        fitting = self._fitting_clause(part.clause, base, kind)
        before = subject(part.before) if of_measure else part.before
        for role in ("zone", "area", "pilot_zone", "year_before", "when"):
            before = words()[role].sub(" | ", before)
        behind = self._words_behind(part, mention, base, noun, kind)
        text = words()["moved"].sub("|", f"{before}|{behind}")
        earlier = [one for one in self.proposals if of_measure or one.base == base
                   or one.metric in fitting or (one.base in OF_MEASURES and one.name)]  # fmt: skip
        if earlier and not of_measure and words()["bare"].fullmatch(before):
            return earlier[-1].metric, earlier[-1].name
        metric = self._best(text, fitting, LIKELY if of_measure and earlier else LEAST_SHARE)
        name = "" if metric else new_name(before.replace(self.places.opened, "|", 1))
        if base == "count" and not (metric or name):
            name = counted_name(mention.printed, part.after)
        if earlier and not (metric or name):
            metric, name = earlier[-1].metric, earlier[-1].name
        return metric, name

    def _words_behind(self, part: Part, mention: Mention, base: str, noun: str, kind: str) -> str:
        """The words of a number, and those behind it, that may name its metric."""
        printed, after = re.sub("[0-9.,]", "", mention.printed), part.after
        last = self.proposals[-1] if self.proposals else None
        repeats = noun and noun in printed and last and (last.base, last.noun) == (base, noun)
        # A unit alone names no other metric than that of the number before; hours name none.
        if (repeats and base not in OF_MEASURES) or (kind == "duration" and printed.isascii()):
            printed = ""
        if OF_MEASURES.get(base) == "rank":  # second among 16 districts in imports
            after = after[after.rfind(" in ") :] if " in " in after else ""
        return f"{printed}|{after}"

    def _fitting_clause(self, clause: str, base: str, kind: str) -> frozenset[str]:
        """The fitting metrics without those of what is new or can be done, unless it is said."""
        fitting = self._fitting(base, kind)
        if say("stock", clause) and not say("newly", clause):
            fitting -= self._of_what_is_new
        can_be_done = say("capacity", clause) or say("design", clause)
        return fitting if can_be_done else fitting - self._capacities

    def _fitting_metrics(self, base: str, kind: str) -> frozenset[str]:
        """The metrics of which a number with this base unit and kind of unit can be a figure."""
        if base in OF_MEASURES:
            return frozenset(id for id, one in self.metrics.items() if one.base_unit != "date")
        bases = self._bases_of_kind.get(kind, {base.partition("/")[0]})
        return frozenset(
            id for id, one in self.metrics.items() if one.base_unit.partition("/")[0] in bases
        )

    def _measure(self, part: Part, mention: Mention, base: str, metric_base: str) -> str:
        has_moved = mention.direction is not None or say("grown", part.before[-NEAR:])
        if base not in OF_MEASURES:
            has_moved |= say("differs", part.before) or say("more", part.after)
            return "change" if has_moved else "level"
        if base != "%":
            return OF_MEASURES[base]
        is_rate = say("rate", part.before)  # "a reduced rate of 15 percent"
        if has_moved and not is_rate:
            return "growth"
        is_level = is_rate or (metric_base == "%" and not say("share", part.clause))
        return "level" if is_level else "share"


def _no_figure(
    mention: Mention, spans: list[tuple[int, int, str, tuple[str, str]]]
) -> Excused | None:
    for start, end, printed, why in spans:
        if start < mention.end <= end:
            return printed or mention.printed, *why
    if mention.kind == "unread":
        return mention.printed, "names no number", "不是数值"
    unit = mention.quantity and mention.quantity.unit
    if unit and unit.kind == "ordinal" and unit.base != "year":  # 三周年 is a duration.
        return mention.printed, "one of a row, and no count", "序数，不是数量"
    return None
