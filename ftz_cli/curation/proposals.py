"""What a number of an article may be of, as its clause and the words before it say: proposals."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..database import Database, queries
from ..lookup.asked_periods import take_periods
from ..lookup.linking import Link, link
from ..lookup.question import GAP, Question, parse
from ..model import edtf
from ..model.measures import COMPARING
from ..quantities.mention import Mention
from ..quantities.quantity import Bound, Quantity
from ..quantities.signs import fold
from .clauses import STOPS, Names, Part, parts_of

# A shorter line without a stop at its end is a title; a longer one goes on in the next.
SHORT = 60
# Kinds of metric that hold at any time, and kinds of zone that are named for many reasons.
TIMELESS = frozenset({"area", "length", "size", "capacity", "date", "ordinal", "weight"})
WIDE = frozenset({"province", "city"})
# Base units that a measure of any metric may have, with the measure that most often has it.
OF_MEASURES = {"%": "share", "pp": "change", "times": "multiple", "rank": "rank"}
# What is sure of a figure that is a date.
OF_DATES = frozenset({"measure", "status", "period"})
# So much of a metric's name a clause has to have, by weight; so much names it for certain.
LEAST_SHARE, CERTAIN = 0.5, 0.9
# Roles of words that do not say what is counted; for numbers verbs are among them.
_IDLE = ("measure", "change", "status", "order", "kind", "unit", "filler")
_NAMELESS = frozenset((*_IDLE, "verb", "role", "place", "place_kind")) - {"kind"}
# The name of a new metric has so many characters or words.
SHORTEST_NAME, FEWEST_WORDS = 3, 2
# A bound that a measured duration seldom has; a rule says it: within 36 hours.
OF_RULES = frozenset({Bound.AT_MOST, Bound.UNDER})
# What of trade a metric counts: exports may stand for those of what was named before.
_FLOW = re.compile("进出口|进口|出口|imports? and exports?|exports?|imports?", re.I)


class Proposal(NamedTuple):
    """What a figure may be of.

    `base` is its base unit, `sure` has the columns that the clause itself gives. A zone that is
    not known is its name as printed; `metric` is empty where `name` is one for a new metric.
    """

    base: str
    zone: str
    metric: str = ""
    name: str = ""
    measure: str = "level"
    initiative: str = ""
    status: str = "measured"
    period: str = ""
    base_period: str = ""
    period_kind: str = "undated"
    sure: frozenset[str] = frozenset()


class Proposer:
    """Reads an article line by line; what was named before holds on.

    `published` is the EDTF date of the article.
    """

    def __init__(self, db: Database, published: str = "") -> None:
        self.db, self.published = db, published
        with Path(__file__).with_name("clause_words.csv").open(encoding="utf-8") as file:
            self.words = {row["role"]: re.compile(row["pattern"], re.I)
                          for row in csv.DictReader(file)}  # fmt: skip
        self.zones = {one.id: one for one in queries.zones(db) if one.kind != "country"}
        self.metrics = {one.id: one for one in queries.metrics(db)}
        self.initiatives = {one.id: one for one in queries.initiatives(db)}
        self._zone_names, self._initiative_names = (
            Names((name, id) for id, one in things.items()
                  for name in (one.name_zh, one.name_en, *one.also))
            for things in (self.zones, self.initiatives)
        )  # fmt: skip
        units = queries.units(db).values()
        self._alike = {kind: {one.base for one in units if one.kind == kind}
                       for kind in ("money", "duration")}  # fmt: skip
        # A long article says the same again and again.
        self._read, self._fitting = cache(self._linked), cache(self._fitting_metrics)
        self._name, self._zones_in = cache(self._find_name), cache(self._find_zones)
        self._best, self._part_named = cache(self._find_best), cache(self._find_part)
        # The zone of the article, the one spoken of, whether the sentence names it, and all that
        # were named, with their kinds.
        self.main, self.zone, self.sure = "", "", False
        self.named: dict[str, str] = {}
        # The period spoken of, and whether an earlier line or an earlier sentence named it.
        self.period, self.kind, self.carried, self.earlier = "", "undated", False, False
        # The line, whether it breaks off, and what was made of its sentence so far.
        self.line, self.broken = "", False
        self.made: list[Proposal] = []

    def of_line(self, line: str, mentions: list[Mention]) -> list[tuple[Mention, Proposal]]:
        """Each number of a line, and each date that is a figure, with what it may be of."""
        if not line.strip():
            return []
        if line.startswith("#"):
            self.main, self.zone, self.named = "", "", {}
        if not self.broken:
            self.zone, self.carried = self.main or self.zone, True
        self.line = line
        self.broken = len(line) > SHORT and not line.rstrip('”"）) ').endswith(STOPS)
        sentence, found, dated = -1, [], set[int]()
        for part in parts_of(line, mentions, self._zone_names.find(line)):
            if part.sentence != sentence:
                sentence, self.made, self.earlier, self.sure = part.sentence, [], True, False
            self._update_zone(part)
            self.main = self.main or self.zone
            zone = {"zone"} if self.sure else set[str]()
            for _, date in part.dates:
                value = (date.quantity and date.quantity.edtf) or ""
                if len(value) > len("2021") and date.start not in dated:
                    dated.add(date.start)
                    if metric := self._metric_of_date(part):
                        made = Proposal("date", self.zone, metric, period=value,
                                        period_kind="during", sure=OF_DATES | zone)  # fmt: skip
                        found.append((date, made))
            period, kind, base = self._period(part)
            if part.mention and (said := part.mention.quantity):
                made = self._propose(part, part.mention, said, zone)
                self.made.append(self._timed(part, made, period, kind, base))
                found.append((part.mention, self.made[-1]))
        return found

    def no_figure(self, line: str, mention: Mention) -> tuple[str, str, str] | None:
        """What is printed that is surely no figure, and why in both languages; else None."""
        for names in (self._initiative_names, self._zone_names):
            for start, end, _ in names.find(line):
                if start < mention.end and mention.start < end:
                    return line[start:end], "part of a name", "名称的一部分"
        if mention.kind == "unread":
            return mention.printed, "names no number", "不是数值"
        if self.words["no_figure"].match(line, mention.end):
            return mention.printed, "says when", "表示时间"
        return None

    def _says(self, role: str, text: str) -> bool:
        return self.words[role].search(text) is not None

    # ---- the zone and the initiative ------------------------------------------------------------

    def _update_zone(self, part: Part) -> None:
        """Find the zone spoken of: named before the number, or behind it, or by its kind.

        It is sure where the words before the number name it, as far as the sentence goes.
        """
        text, cut = self._subject(part.before)
        found = self._zone_names.find(text)
        if found and found[-1][1] == len(text) and part.after.startswith("的"):
            text, cut = text[: found[-1][0]], True  # 广西75%的业务量 is a share of Guangxi's
        named = self._zones_in(text)
        sure, initiative = bool(named), self._initiative(part.clause)
        if initiative and all(self._kind_of(id) in WIDE for id in named):
            named = [self.initiatives[initiative].zone]
        elif not named and not cut and not (named := self._zones_in(part.clause)):
            named = [id for id, kind in self.named.items() if kind in self.words
                     and self._says(kind, f"{text} {part.after}")]  # fmt: skip
        if named:
            # Where an area and its zone are named, the area is meant.
            inner = [id for id in named if id in self.zones and self.zones[id].parent == named[-1]]
            self.zone, self.sure = (inner or named)[-1], sure
        for id in named:
            self.named.pop(id, None)  # the last one named stands last
            self.named[id] = self._kind_of(id)

    def _kind_of(self, zone: str) -> str:
        return self.zones[zone].kind if zone in self.zones else ""

    def _subject(self, text: str) -> tuple[str, bool]:
        """The words before a share or rank without its scope, and whether there is one."""
        for role in ("share", "rank"):
            if scope := self.words[role].search(text):
                return text[: scope.start()], True
        return text, False

    def _find_zones(self, text: str) -> list[str]:
        """The zones that are named as subjects; in other roles provinces and cities are not."""
        found = self._zone_names.find(text)
        own = [id for start, _, id in found if not self._says("not_subject", text[:start])]
        if found:
            return own or [id for *_, id in found if self._kind_of(id) not in WIDE]
        names = (re.split("[从在由与和的了是为居个位列及对]", name)[-1]
                 for name in self.words["zone"].findall(text))  # fmt: skip
        return [name for name in names if not self.words["no_zone"].fullmatch(name)]

    def _initiative(self, text: str) -> str:
        """The initiative that is named, of a zone that is, where any is."""
        found = (id for *_, id in self._initiative_names.find(text))
        return next((id for id in found
                     if not self.named or self.initiatives[id].zone in self.named), "")  # fmt: skip

    # ---- the metric and the measure -------------------------------------------------------------

    def _linked(self, text: str) -> tuple[Question, dict[str, Link]]:
        question = parse(self.db, text, dated=False)
        found = link(self.db, question, ("metric",))
        return question, {ref: one for (_, ref), one in found.items()}

    def _find_best(self, text: str, able: frozenset[str], *idle: str) -> tuple[str, float]:
        """Of the metrics that are able, the one that a text names best, and its share."""
        question, links = self._read(text)
        nothing, told = question.places(*_IDLE, *idle), question.needed
        named = []
        for one in map(links.__getitem__, able & links.keys()):
            own, left = one.named - nothing, told - one.covered.keys()
            # A clause that says more than a part of a name does is of another thing.
            if own and one.share >= (LEAST_SHARE if len(left) < len(own) else CERTAIN):
                named.append(one)
        best = max(named, key=lambda one: (one.worth * one.share, one.share), default=None)
        return (best.ref, best.share) if best else ("", 0.0)

    def _metric_of_date(self, part: Part) -> str:
        metric, share = self._best(f"{part.before} | {part.after}", self._fitting("date", "date"))
        return metric if share >= CERTAIN else ""

    def _propose(self, part: Part, mention: Mention, said: Quantity, sure: set[str]) -> Proposal:
        """A proposal without its period: the metric named, or that of the number before it."""
        base, measuring = said.unit.base, said.unit.base in OF_MEASURES
        printed = re.sub("[0-9.,]", "", mention.printed)
        fitting = self._fitting(base, said.unit.kind)
        before = self._subject(part.before)[0] if measuring else part.before
        for role in ("area", "pilot_zone", "year_before"):
            before = self.words[role].sub(" | ", before)
        metric, _ = self._best(f"{before}|{printed}|{part.after}", fitting, "verb")
        last = self.made[-1] if self.made else Proposal("", "")
        metric = self._of_flow(last.metric, before, fitting) or metric
        name = "" if metric else self._name(before)
        earlier = [one for one in self.made
                   if measuring or one.base == base or one.metric in fitting]  # fmt: skip
        if earlier and not (metric or name):
            metric, name = earlier[-1].metric, earlier[-1].name
        elif not (metric or name):
            name = self._name(f"{printed} {part.after}")
        status = next((one for one in ("target", "design", "capacity")
                       if self._says(one, part.clause)), "")  # fmt: skip
        own = self.metrics[metric].base_unit if metric else ""
        # Weights, and times that are not passed, are often rules.
        rule = said.parts or (said.unit.kind == "duration" and said.bound in OF_RULES)
        sure |= {"status"} if not (status or rule) and last.status == "measured" else set()
        told = mention.direction is not None if base == "%" else base != "pp"
        sure |= {"measure"} if told else set()
        return Proposal(
            base, self.zone, metric, name, self._measure(part, mention, base, own),
            self._initiative(part.clause) or last.initiative, status or last.status,
            sure=frozenset(sure),
        )  # fmt: skip

    def _of_flow(self, last: str, text: str, fitting: frozenset[str]) -> str:
        """The metric that is to the last one as exports are to trade: 跨境电商进出口…，其中出口."""
        flow = _FLOW.search(text)
        if not (last and flow) or self._name(_FLOW.sub(" | ", text)):
            return ""
        for name in (self.metrics[last].name_zh, self.metrics[last].name_en):
            was = _FLOW.search(name)
            if was and was[0].isascii() == flow[0].isascii() and was[0].lower() != flow[0].lower():
                metric, share = self._best(name.replace(was[0], flow[0]), fitting)
                return metric if share >= CERTAIN else ""
        return ""

    def _fitting_metrics(self, base: str, kind: str) -> frozenset[str]:
        """The metrics whose level, or whose measure, can be in such a unit."""
        bases = self._alike.get(kind, {base.partition("/")[0] or "count"})
        return frozenset(
            id for id, one in self.metrics.items()
            if (one.base_unit != "date" if base in OF_MEASURES
                else one.base_unit.partition("/")[0] in bases)
        )  # fmt: skip

    def _find_name(self, text: str) -> str:
        """What of a text may be the name of a new metric; nothing where that is in doubt."""
        question, _ = self._read(text)
        units, words = question.units, {at: one for one in question.words for at in one.span}
        idle = {at for at, one in words.items() if one.roles.keys() & _NAMELESS}
        gap = max((at for at, unit in enumerate(units) if unit == GAP), default=-1)
        kept = [at for at in range(gap + 1, len(units)) if at not in idle]
        found = units[kept[0] : kept[-1] + 1] if kept else [""]
        if found[0] <= "z":
            return " ".join(found) if len(found) >= FEWEST_WORDS else ""
        # 采 alone is a verb and 采信 no known word: 信 is half of one.
        before = words.get(kept[0] - 1)
        cut = before is not None and before.size == 1 and "verb" in before.roles
        name = "".join(found)
        doubt = cut or len(name) < SHORTEST_NAME or self._says("no_name", name)
        return "" if doubt else name

    def _measure(self, part: Part, mention: Mention, base: str, own: str) -> str:
        """The measure; `own` is the base unit of the metric."""
        moved = mention.direction is not None
        if base not in OF_MEASURES:
            return "change" if moved and base != "year" else "level"  # 三年增长两成
        if base != "%":
            return OF_MEASURES[base]
        if moved:
            return "growth"
        if self._says("share", part.clause) or part.after.startswith(" of "):
            return "share"
        return "level" if own == "%" or not self.made else "share"

    # ---- the period -----------------------------------------------------------------------------

    def _period(self, part: Part) -> tuple[str, str, str]:
        """The period of a part, how it relates to it, and the period compared with."""
        own, base, bound = "", "", False
        since, as_of = self._says("since", part.clause), self._says("as_of", part.clause)
        for before, date in part.dates:
            value = (date.quantity and date.quantity.edtf) or ""
            if not edtf.exists(value):
                continue
            value, start = self._not_after(value, date.printed), self._number_of(before, date)
            if self._says("compared", before.strip()):
                base = value
            elif len(value) == len("2022-07-20") and not (since or as_of):
                continue  # the day of an event
            elif start and part.mention and part.numbers > 1:
                own, bound = (value, True) if start == part.mention.start else (own, bound)
            else:
                own = value
        if len(own) <= len("2021"):
            own = self._part_of_year(f"{part.before} {part.after}", own) or own
        if not own:
            return self.period, self.kind, base
        kind = "since" if since else "as_of" if as_of else "during"
        if not bound:
            self.period, self.kind, self.carried, self.earlier = own, kind, False, False
        return own, kind, base

    def _number_of(self, before: str, date: Mention) -> int:
        """Where the one number stands that a date belongs to: 2017年的78.6小时, from 38 in 2019."""
        if self.line[date.end : date.end + 1] == "的":
            return date.end + 1
        of = re.search(r"\bfrom (.+) (?:in|of) $", before)
        return date.start - len(before) + of.start(1) if of else 0

    def _not_after(self, period: str, printed: str) -> str:
        """A period without a year is one that had ended when the article appeared."""
        if not self.published or re.search("[0-9]{4}", printed):
            return period
        first, last = edtf.span(period)
        published = edtf.span(self.published)[1] or first
        return edtf.shifted(period, -1) if (last or first) > published else period

    def _part_of_year(self, clause: str, year: str) -> str:
        """The period that words without a year name: last year, 上半年, 全年, 前9个月."""
        for role, years in (("last_year", -1), ("this_year", 0)):
            found = self.words[role].search(clause) if self.published and not year else None
            if found and not self._says("compared", clause[: found.start()].strip()):
                year = edtf.shifted(self.published[:4], years)
                return self._part_named(clause, year) or year
        return self._part_named(clause, year or (self.period or self.published)[:4])

    def _find_part(self, clause: str, year: str) -> str:
        if not year:
            return ""
        asked = take_periods(fold(clause).lower())[0]
        return asked[0].replace("XXXX", year) if asked and len(asked[0]) > 4 else ""

    def _timed(self, part: Part, made: Proposal, period: str, kind: str, base: str) -> Proposal:
        """A proposal with its period, and with what a growth compares."""
        metric = self.metrics.get(made.metric)
        timeless = metric.kind in TIMELESS if metric else made.base == "year"
        if timeless and made.measure == "level":
            return made
        metric_kind = metric.kind if metric else "duration"
        # What was named before holds for amounts, in the same line for counts, too.
        holding = {"amount"} if self.carried else {"amount", "count"} if self.earlier else None
        if holding and period == self.period and metric_kind not in holding:
            period = ""
        levels = [one.period for one in self.made if one.measure == "level"
                  and (one.metric, one.name) == (made.metric, made.name)]  # fmt: skip
        if made.measure not in COMPARING:
            base = ""
        elif len(levels) > 1 and levels[-2] != levels[-1]:
            base, period = levels[-2:]
        elif period and self._says("year_before", part.clause):
            base = edtf.shifted(period, int(base[:4]) - int(period[:4]) if base else -1)
        elif not base and made.measure == "growth":
            base = period and edtf.shifted(period, -1)
        here = period != self.period or not (self.carried or self.earlier)
        sure = {"period"} if period and here else set()
        # The year before a period is confirmed with the period.
        sure |= {"base_period"} if period and base == edtf.shifted(period, -1) else set()
        kind = kind if period else "undated"
        return made._replace(period=period, base_period=base, period_kind=kind,
                             sure=made.sure | sure)  # fmt: skip
