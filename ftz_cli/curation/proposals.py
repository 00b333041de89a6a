"""What a number of an article may be of, as its clause and the words before it say: proposals."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ..database import Database, queries
from ..lookup.linking import Link, link
from ..lookup.question import Question, parse
from ..model.measures import COMPARING, SCOPED
from ..model.named import Metric
from ..quantities import edtf
from ..quantities.quantity import Mention, Quantity
from .clauses import Part, new_name, parts_of, say, words
from .spoken_periods import Periods, month_before
from .spoken_places import Places

# Roles of words that make a number none, and why.
REASONS = {
    "aside": ("said by the way", "附带提及"),
    "no_figure": ("says when", "表示时间"),
    "same_span": ("says when", "表示时间"),
    "among": ("says among how many", "表示比较范围"),
}
# Kinds of metric that hold at any time.
TIMELESS = frozenset({"area", "length", "size", "capacity", "date", "ordinal", "weight"})
# Base units of amounts, and seldom of anything else.
AMOUNTS = frozenset({"CNY", "USD", "t"})
# Base units that a measure of any metric may have, with the measure that most often has it.
OF_MEASURES = {"%": "share", "pp": "change", "times": "multiple", "rank": "rank"}
# A number that is part of a name for things, as in 3,000-tonne ships.
ATTRIBUTE = re.compile("[0-9]-[a-z]")
# So much of a metric's name a clause has to have, by weight; so much names it for certain.
LEAST_SHARE, CERTAIN = 0.5, 0.9
# Roles of words that do not say what is counted.
_IDLE = ("measure", "change", "status", "order", "kind", "unit", "filler", "verb")


class Proposal(NamedTuple):
    """What a figure may be of.

    `base` is its base unit, `noun` the English one that it counts, and `each` says that its clause
    divides it: a day, per firm. `sure` has the columns that the clause itself gives. A zone that is
    not known is its name as printed; `metric` is empty where `name` is one for a new metric.
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
    each: bool = False
    noun: str = ""
    scope: str = ""
    sure: frozenset[str] = frozenset()


class Proposer:
    """Reads an article line by line; what was named before holds on.

    `published` is the EDTF date of the article.
    """

    def __init__(self, db: Database, published: str = "") -> None:
        self.db, self.published = db, published
        self.metrics = {one.id: one for one in queries.models(db, Metric)}
        # Metrics that have words of their own.
        self._roles = [role for role in words() if role in self.metrics]
        self.units = queries.units(db)
        self._alike = {kind: {one.base for one in self.units.values() if one.kind == kind}
                       for kind in ("money", "duration")}  # fmt: skip
        # A long article says the same again and again.
        self._read, self._fitting = cache(self._linked), cache(self._fitting_metrics)
        self._best = cache(self._find_best)
        self.places = Places(db)
        self.periods = Periods(published)
        # Where words of the line at hand make a number none, and why.
        self.none: list[tuple[int, int, tuple[str, str]]] = []
        # The sentence at hand, and what was made of its numbers so far.
        self.sentence = self.topic = ""
        self.made: list[Proposal] = []

    def of_line(self, line: str, mentions: list[Mention]) -> list[tuple[Mention, Proposal]]:
        """Each number of a line, with what it may be of."""
        if not line.strip():
            return []
        self.places.begin(line)
        self.none = [(*one.span(), why) for role, why in REASONS.items()
                     for one in words()[role].finditer(line)]  # fmt: skip
        mentions = [one for one in mentions if not self._none(one)]
        sentence, found = -1, []
        parts = [*parts_of(line, mentions, self.places.zone_names.find(line))]
        sentences: defaultdict[int, str] = defaultdict(str)
        for part in parts:
            sentences[part.sentence] += part.clause
        for part in parts:
            if part.sentence != sentence:
                sentence, self.made, self.places.sure = part.sentence, [], False
                self.sentence, self.topic = sentences[sentence], ""
                self.periods.held, self.periods.fresh, self.periods.then = True, False, ""
            self.places.update(part)
            period, kind, base = self.periods.of_part(part)
            if not part.mention:
                self.topic = part.before
            if part.mention and (said := part.mention.quantity):
                made = self._propose(part, part.mention, said)
                self.made.append(self._timed(part, made, period, kind, base))
                found.append((part.mention, self.made[-1]))
                self.periods.fresh &= _is_earlier(part)
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

    def _linked(self, text: str) -> tuple[Question, dict[str, Link]]:
        question = parse(self.db, text, dated=False, typed=False)
        found = link(self.db, question, ("metric",))
        return question, {ref: one for (_, ref), one in found.items()}

    def _find_best(self, text: str, able: frozenset[str]) -> str:
        """Of the metrics that are able, the one that a text names best."""
        question, links = self._read(text)
        nothing = question.places(*_IDLE)
        told = question.needed - question.place_words
        named = []
        for one in map(links.__getitem__, able & links.keys()):
            own, left = one.named - nothing, told - one.covered.keys()
            # A clause that says more than a part of a name does is of another thing.
            least = LEAST_SHARE if len(left) < len(own) else CERTAIN
            if own and one.share >= least:
                named.append((one.share >= CERTAIN, len(own), one.share, one.ref))
        return max(named, default=("",))[-1]

    def _named(self, text: str, able: frozenset[str]) -> str:
        """Of the metrics that are able, the one that a text names best, or that has words in it."""
        words_of = (one for one in self._roles if one in able and say(one, text))
        return self._best(text, able) or next(words_of, "")

    def _propose(self, part: Part, mention: Mention, said: Quantity) -> Proposal:
        """A proposal without its period: the metric named, or that of the number before it."""
        base, measuring = said.unit.base, said.unit.base in OF_MEASURES
        printed = re.sub("[0-9.,]", "", mention.printed)
        fitting = self._fitting(base, said.unit.kind)
        own_before, own_after = _own_words(part)
        before = self.places.subject(own_before) if measuring else own_before
        topic, no_zone = self.topic, words()["zone"].sub(" | ", before)
        for role in ("area", "pilot_zone", "year_before", "when"):
            before, topic, no_zone = (
                words()[role].sub(" | ", one) for one in (before, topic, no_zone)
            )
        after = words()["pilot_zone"].sub(" | ", own_after)
        text = f"{before}|{printed}|{after}"
        metric = self._named(text, fitting)
        name = "" if metric else new_name(no_zone)
        # 274 projects are no more of the enterprises before them.
        noun = said.unit.id if base == "count" and mention.printed.isascii() else ""
        earlier = [
            one for one in self.made
            if measuring or (one.base == base and noun in ("", one.noun or noun))
            or (one.base != base and one.metric in fitting)
        ]  # fmt: skip
        if earlier and not (metric or name):
            metric, name = earlier[-1].metric, earlier[-1].name
        if topic and not (metric or name):  # a clause without a number said what it is of
            metric = self._named(f"{topic}|{text}", fitting)
        status = next((one for one in ("design", "capacity") if say(one, part.clause)),
                      "target" if say("target", self.sentence) else "measured")  # fmt: skip
        own = self.metrics[metric].base_unit if metric else ""
        measure = self._measure(part, mention, base, own)
        # 增长1.6倍 may be to or by so many times, 同比少增3亿元 a level or not.
        moved, by_times = bool(mention.direction), mention.printed.endswith(("倍", "times"))
        doubts = {
            "multiple": moved and by_times,
            "change": not moved,
            "level": say("year_before", part.before) or mention.printed.startswith("-"),
        }
        told = measure == "growth" if base == "%" else base != "pp"
        sure = {"measure"} if told and not doubts.get(measure) else set[str]()
        sure |= {"zone"} if self.places.sure else set()
        return Proposal(
            base, self.places.zone, metric, name, measure, status,
            each=say("per", part.clause), noun=noun, sure=frozenset(sure),
            scope=self.places.scope(part) if measure in SCOPED else "",
        )  # fmt: skip

    def _fitting_metrics(self, base: str, kind: str) -> frozenset[str]:
        """The metrics whose level, or whose measure, can be in such a unit."""
        above = base.partition("/")[0] or "count"
        bases = self._alike.get(kind, {above, "count"} if above == "part" else {above})
        return frozenset(
            id for id, one in self.metrics.items()
            if (one.base_unit != "date" if base in OF_MEASURES
                else one.base_unit.partition("/")[0] in bases)
        )  # fmt: skip

    def _measure(self, part: Part, mention: Mention, base: str, own: str) -> str:
        """The measure; `own` is the base unit of the metric."""
        moved = mention.direction is not None
        if base not in OF_MEASURES:
            # 三年增长两成 and 节省费用2万元 are levels.
            level = base == "year" or say("saves", part.before + mention.printed)
            moved |= say("differs", part.before) or say("more", part.after)
            return "change" if moved and not level else "level"
        if base != "%":
            return OF_MEASURES[base]
        # A reduced rate of 15 percent is where it is now.
        if (moved or say("grows", part.before)) and not say("rate", part.before):
            return "growth"
        if say("share", part.clause) or part.after.startswith(" of "):
            return "share"
        return "level" if own == "%" or not self.made else "share"

    # ---- the period -----------------------------------------------------------------------------

    def _timed(self, part: Part, made: Proposal, period: str, kind: str, compared: str) -> Proposal:
        """A proposal with its period, and with what a growth compares."""
        base = compared
        metric = self.metrics.get(made.metric)
        timeless = metric.kind in TIMELESS if metric else made.base == "year"
        timeless |= part.mention is not None and bool(ATTRIBUTE.search(part.mention.printed))
        if timeless and made.measure == "level" and period == self.periods.period:
            return made._replace(sure=made.sure | {"period_kind"})
        amount = metric.kind == "amount" if metric else made.base in AMOUNTS
        # What an earlier sentence named holds for amounts, and for what has summed up since.
        accrued = say("accrued", part.clause)
        sums = kind in ("as_of", "cumulative") and accrued
        if self.periods.held and not self.periods.fresh and not (amount or sums):
            period = ""
        if _is_earlier(part) and period == self.periods.period:
            period = ""  # from 5 days before the reform
        sure = {"period"} if period and self.periods.fresh else set[str]()
        if sums or kind == "since":
            sure = set()  # which time is meant is open
        kind = "cumulative" if sums else kind
        if made.measure not in COMPARING:
            base = ""
        elif period and say("month_before", part.clause):
            base = month_before(period)
        elif period and say("year_before", part.clause):
            base = edtf.shifted(period, int(base[:4]) - int(period[:4]) if base else -1)
        elif not base and made.measure == "growth":
            base = period and edtf.shifted(period, -1)
        elif not base and period:
            # 上半年10亿元，下半年翻了一番.
            last = month_before(period) or edtf.shifted(period, -1)
            base = last if any(one.period == last for one in self.made) else ""
        # The year before a period is as sure as the period, where the sentence speaks of it.
        told = bool(sure) and say("year_before", self.sentence)
        if base and (base == compared or (told and base == edtf.shifted(period, -1))):
            sure.add("base_period")
        kind = kind if period else "undated"
        # What has no time may be a rule or what can be done; one with a time was mostly measured.
        if "period" in sure and (kind == "during" or accrued):
            sure |= {"period_kind"}
        if ("period" in sure or made.measure != "level") and made.status == "measured":
            sure |= {"status"}
        return made._replace(period=period, base_period=base, period_kind=kind,
                             sure=made.sure | sure)  # fmt: skip


def _own_words(part: Part) -> tuple[str, str]:
    """The words before and behind a number without those of its neighbours in the clause.

    Of: exports reached 88.1 billion yuan and imports 54.5 billion, each noun is of one number.
    """
    before, after = part.before, part.after
    if part.since:
        before = words()["joins"].split(before)[-1]
    if part.until < len(part.clause):
        after = words()["joins"].split(after)[0]
    return before, after


def _is_earlier(part: Part) -> bool:
    """Whether a number is of a time before the one spoken of: 由86家增至131家."""
    return say("formerly", f"{part.before}@{part.after}")
