"""What the words of a question ask for, whatever the data has."""

from functools import cached_property
from itertools import pairwise

from .offers import EXACT
from .question import GAP, MEASURE, Question
from .spelling import is_chinese

# Roles of words that name nothing by themselves, e.g. points, cities.
NAMELESS = frozenset(
    ("generic", "kind", "measure", "change", "unit", "counter", "place_kind", "initiative_kind")
)
# What an amount of a change is asked in: in trains, in yuan, in hours, and not in per cent.
AMOUNTS = EXACT - {"share", "weight", "ability"} | {"amount", "count", "size", "value"}
# Kinds of place that are counted: the cities that trains reach.
REGIONS = frozenset({"province", "city", "district"})


class AskedWords:
    """The words of a question by what they ask for, as sets of their positions."""

    def __init__(self, question: Question) -> None:
        self.question, self.needed = question, question.needed
        self.measures = question.measures
        self.places = question.positions("place") - question.positions("whole")
        self.place_kinds = question.positions("place_kind")
        # Words for what is counted ask how many there are where they stand alone: enterprises.
        self.counters = question.positions("counter")
        self.plurals = {word.start for word in question.phrases
                        if "counter" in word.roles and word.size == 1
                        and question.units[word.start].endswith("s")
                        and not REGIONS.isdisjoint(word.roles.get("place_kind", ()))}  # fmt: skip
        # Words that another word may imply: goods, firms.
        self.implied = [word for word in question.words if word.roles.keys() & {"implied", "actor"}]
        # Things in plural: trains, 班列; in "vessel class" a vessel is none.
        self.things = [
            word for word in question.words if "counter" in word.roles
            and (question.units[word.start].endswith("s") or is_chinese(question.units[word.start]))
        ]  # fmt: skip
        # Free trade zones, where no place is named, are all of them; 自贸区 is each of them.
        of_zones = [word for word in question.words
                    if "pilot_zone" in word.roles.get("place_kind", ())]  # fmt: skip
        self.zones = {at for word in of_zones for at in word.span
                      if question.units[word.span[-1]].endswith("s")}  # fmt: skip
        self.each_zone = {at for word in of_zones for at in word.span
                          if is_chinese(question.units[word.start])}  # fmt: skip
        # Chinese free trade zones are zones; Chinese ships are not all ships.
        self.idle = {
            at for word, behind in pairwise(question.words) for at in word.span
            if "native" in word.roles and (
                "place" in behind.roles or "pilot_zone" in behind.roles.get("place_kind", ())
            )
        }  # fmt: skip
        # Words for an amount, which is no number of things: the amount of a fund.
        self.amounts = {at for word in question.words for at in word.span
                        if "amount" in word.roles.get("kind", ())}  # fmt: skip
        # A verb may stay unmatched where other words name a metric.
        self.verbs = question.positions("verb") - question.positions(
            "place", "most", "turn", *MEASURE
        )
        self.firsts = {at for word in question.words for at in word.span
                       if "first" in word.roles.get("recognition", ())}  # fmt: skip
        self._counting = [
            word.span for word in question.words if "count" in word.roles.get("kind", ())
        ]

    @property
    def is_of_change(self) -> bool:
        """Whether a growth or change is asked for."""
        return bool({"growth", "change"} & self.measures)

    @property
    def is_of_amount(self) -> bool:
        """Whether a change is asked for as an amount: how many more trains, 增加多少吨, 增加额."""
        if self.is_of_change and (self.asked_counters or self.counting_units):
            return True
        for word in self.question.words:
            text = "".join(self.question.units[at] for at in word.span)
            counts = self.is_of_change and text.startswith(("howmany", "多少", "几"))
            if AMOUNTS & word.roles.get("kind", set()) and (counts or "change" in word.roles):
                return True
        return False

    @cached_property
    def counting_units(self) -> set[int]:
        """Where a counting word stands before a unit, e.g. how many dollars: it asks no count."""
        units = {word.start for word in self.question.words if "unit" in word.roles}
        return {span.start for span in self._counting if span.stop in units}

    @cached_property
    def counted_things(self) -> set[int]:
        """Words that are counted, e.g. how many cities, 城市数量: they are no kind of a zone."""
        units = self.question.units
        behind = {span.stop for span in self._counting}
        before = {span.start - (units[span.start - 1] == GAP) for span in self._counting
                  if is_chinese(units[span.start])}  # fmt: skip
        return {
            at for word in self.question.words for at in word.span
            if word.start in behind or word.span.stop in before
        }  # fmt: skip

    @cached_property
    def asked_counters(self) -> set[int]:
        """Where a counter begins of which a number is asked for: 多少箱, how many vessels."""
        units = self.question.units
        behind = {span.stop for span in self._counting}
        counters = [
            word for word in self.question.words
            if "counter" in word.roles and EXACT.isdisjoint(word.roles.get("kind", ()))
        ]  # fmt: skip
        return {
            word.start for word in counters
            if word.start in behind or "数" in units[word.span[-1] : word.span.stop + 1]
            or "".join(units[: word.start]).endswith(("多少", "几", "哪些"))
        }  # fmt: skip

    @cached_property
    def heads(self) -> set[int]:
        """Where a thing is asked for: 企业 of 商标质押企业, the last word of a Chinese phrase."""
        units, words = self.question.units, self.question.words
        if not words or self.measures or self.question.targets("kind"):
            return set()
        *_, last = words
        is_thing = "counter" in last.roles and is_chinese(units[last.start])
        within = last.start > 0 and is_chinese(units[last.start - 1])
        return {last.start} if is_thing and within else set()

    @cached_property
    def kind_characters(self) -> dict[int, frozenset[str]]:
        """Single units that are a kind of place, e.g. 市, and which kinds."""
        return {word.start: word.roles["place_kind"] for word in self.question.phrases
                if word.size == 1 and "place_kind" in word.roles}  # fmt: skip

    @cached_property
    def longer_words(self) -> list[set[int]]:
        """Labels and kinds of place: a zone that has only a part of one is not named.

        E.g. 中心 of 物流中心 names no centre, 全国 of 全国首创 no country.
        """
        return [{*word.span} for word in self.question.words
                if word.roles.keys() & {"label", "place_kind"}]  # fmt: skip

    def kinds(self, place_names: list[set[int]]) -> set[str]:
        """The kinds of value asked for; the area in the name of Wuhan Area asks for none."""
        units = [*self.question.units, ""]
        return {
            kind for word in self.question.words for kind in word.roles.get("kind", ())
            if word.start not in self.counting_units and (
                units[word.span.stop] == "of"  # area of the Chengdu bonded zone
                or not any(named.issuperset(word.span) for named in place_names)
            )
        }  # fmt: skip

    @cached_property
    def compared_places(self) -> set[int]:
        """Words that compare two places, and no two years: 友谊关 比 凭祥."""
        units, places = self.question.units, self.question.positions("place")
        return {
            word.start for word in self.question.words if {"base", "change"} <= word.roles.keys()
            and word.span.stop + (units[word.span.stop :][:1] == [GAP]) in places
        }  # fmt: skip

    @cached_property
    def names(self) -> list[tuple[set[int], set[int]]]:
        """Words of the data and of synonyms: what of each names, and what asks for nothing."""
        idle = self.question.stop_words
        roles = {"label", "group", "place", "place_kind", "counter"}
        return [({*word.span} - idle, {*word.span} & idle) for word in self.question.words
                if word.roles.keys() <= roles]  # fmt: skip

    @cached_property
    def nameless(self) -> set[int]:
        """Words that name nothing by themselves, but for single Chinese characters."""
        return {
            at for word in self.question.words for at in word.span if word.roles.keys() & NAMELESS
            and not (word.size == 1 and is_chinese(self.question.units[at]))
        }  # fmt: skip
