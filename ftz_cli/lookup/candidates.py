"""What a question may mean: the series of figures, and how each of them fits."""

from collections.abc import Iterable
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from .linking import CREDIT, Link
from .question import Question
from .spelling import ABOVE

ZONES_ABOVE = """
select w.zone, w.ancestor from zones_within w
where w.zone in (select value from json_each(?)) and w.zone <> w.ancestor
"""
# Which part of a name is all of it, all but a little, most and half; less hardly names it.
ALL_OF_IT, WHOLE, MOST_OF_IT, HALF = 0.99, 0.9, 0.7, 0.5
# A series with a score lower than the best by more than this is left out.
MARGIN = 0.03
# One that is lower by more than this does not answer for a metric without such a figure.
INSTEAD = 0.3


class Series(NamedTuple):
    """The figures of one metric and measure of one subject, whatever their period.

    With the kinds of all that it is of; `broader` is the metric that its own is a part of, and
    the name of its own may say that it is a mean or an extreme.
    """

    zone: str
    initiative: str | None
    metric: str
    measure: str
    unit: str
    scope: str
    status: str
    kind: str
    broader: str | None
    is_mean: bool
    is_extreme: bool
    unit_kind: str
    unit_base: str
    zone_kind: str
    is_cohort: bool
    scope_kind: str


class Candidate(NamedTuple):
    """A series with the positions of the question that it leaves unaccounted for, and its score.

    `named` says whether words name its metric, and not only its zone or initiative; `beside`
    whether they name another metric whole; `instead_of` is the zone that they name whole, where
    the series is of another.
    """

    series: Series
    left: set[int]
    score: float
    named: bool
    beside: bool
    instead_of: str


class Fit:
    """What of a question a series accounts for, by the names that are there well enough.

    The sets hold positions of the question: `container_words` name what the series' zone lies in.
    `credit` says how well each position is accounted for; `kinds` are the kinds of value that are
    asked for and its own; `scopes` are what a share or rank is of.
    """

    __slots__ = (
        "container_words", "credit", "initiative", "initiative_own_words", "initiative_words",
        "kinds", "metric", "metric_words", "name_words", "scopes", "series", "zone", "zone_words",
    )  # fmt: skip

    def __init__(
        self, series: Series, zone: Link | None, initiative: Link | None, metric: Link | None,
        scopes: list[Link], metric_words: set[int], kinds: set[str], container_words: set[int],
    ) -> None:  # fmt: skip
        self.series, self.zone, self.initiative, self.metric = series, zone, initiative, metric
        self.scopes, self.metric_words, self.kinds = scopes, metric_words, kinds
        self.container_words = container_words
        self.credit: dict[int, float] = dict.fromkeys(container_words, CREDIT[ABOVE])
        self.zone_words = set(zone.covered) if zone else set()
        self.initiative_words = initiative.named if initiative else set()
        # A theme names no initiative: many initiatives are of trade.
        themed = initiative.themed if initiative else set()
        self.initiative_own_words = self.initiative_words - themed
        self.name_words = metric_words | self.initiative_words | self.zone_words

    def account_for(self, positions: Iterable[int], credit: float) -> None:
        """Credit positions of the question with so much, where they have less."""
        for at in positions:
            if self.credit.get(at, 0.0) < credit:
                self.credit[at] = credit


class Search:
    """A question, what it names, and the series that may answer it, the best first."""

    def __init__(
        self, question: Question, links: dict[tuple[str, str], Link], given: set[str]
    ) -> None:
        self.question, self.links = question, links
        self.given = given  # what filters name
        self.candidates: list[Candidate] = []

    @cached_property
    def divisor(self) -> set[int]:
        """The positions of the name of what a share is asked of: 占福建省, share of Fujian."""
        named = {at for one in self.of_kind("zone") if one.share >= MOST_OF_IT for at in one.named}
        words = iter(self.question.words)
        for word in words:
            if "share" in word.roles.get("measure", ()):
                behind = [one for one in words if "filler" not in one.roles or "whole" in one.roles
                          or self.question.units[one.start] == "in"]  # fmt: skip
                of_place = [*takewhile(lambda one: named.issuperset(one.span), behind)]
                rest = behind[len(of_place) :]
                # The share of Xiamen in the trade of Fujian is one of Fujian.
                if of_place and rest and self.question.units[rest[0].start] == "in":
                    of_place = [one for one in rest if named.issuperset(one.span)]
                return {at for one in of_place for at in one.span}
        return set()

    @cached_property
    def alone(self) -> set[str]:
        """The initiatives whose name is all that the question says, and no metric's."""
        said = {kind: {one.ref for one in self.of_kind(kind)
                       if (one.whole or one.share >= ALL_OF_IT)
                       and one.named >= self.question.needed}
                for kind in ("metric", "initiative")}  # fmt: skip
        return set() if said["metric"] else said["initiative"]

    def of_kind(self, kind: str) -> list[Link]:
        """The things of a kind that the question names, the best named first."""
        found = [one for (of, _), one in self.links.items() if of == kind and one.named]
        return sorted(found, key=lambda one: -one.weight * one.share)

    def coverable(self, *kinds: str) -> set[int]:
        """The positions of the question that some thing of these kinds accounts for."""
        return {at for (kind, _), one in self.links.items() if kind in kinds for at in one.covered}
