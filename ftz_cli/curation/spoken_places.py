"""The zones that an article names, clause by clause."""

from __future__ import annotations

import re
from functools import cache

from ..database import Database, queries
from ..model.named import Zone
from .clauses import Names, Part, say, words

# What a name is often printed without: 宜昌, Yichang.
BARE = re.compile("(?:壮族|维吾尔|回族)?自治区$|片区$|[省市]$| (?:Area|Province|City)$")


class Places:
    """The zone spoken of; what was named before holds on.

    `main` is the zone of the article, `sure` says that the sentence names the one spoken of, and
    `named` are all that were since the last heading, with their kinds.
    """

    def __init__(self, db: Database) -> None:
        self.zones = {one.id: one for one in queries.models(db, Zone)}
        # The country is named in every article; it is meant where it is the subject.
        self.countries = [one.id for one in self.zones.values() if one.kind == "country"]
        named = [one for one in self.zones.values() if one.kind != "country"]
        self.zone_names = Names(
            (short, one.id)
            for one in named
            for name in (one.name_zh, one.name_en, *one.also)
            for short in (name, *_shorter(name))
        )
        self._bare = Names((BARE.sub("", name), one.id) for one in named
                           for name in (one.name_zh, one.name_en))  # fmt: skip
        self._zones_in = cache(self._find_zones)
        self.main, self.zone, self.sure = "", "", False
        self.named: dict[str, str] = {}

    def begin(self, line: str) -> None:
        """Begin a line, which is of the article's zone."""
        if line.startswith("#"):
            self.main, self.zone, self.named = "", "", {}
        self.zone = self.main or self.zone
        if self.zone in self.named:  # of several areas, this one is "the area" again
            self.named[self.zone] = self.named.pop(self.zone)

    def update(self, part: Part) -> None:
        """Find the zone spoken of: named before the number, or behind it, or by its kind.

        It is sure where the words before the number name it, as far as the sentence goes.
        """
        text = self.subject(part.before)
        if self.sure and not part.mention and say("inside", text):
            return  # Dishui Lake Financial Bay, a cluster inside Lin-gang, has
        named = self._zones_in(text)
        sure = bool(named)
        if not named and say("nation", text):
            named = self.countries
        elif not named and text == part.before and (named := self._zones_in(part.clause)):
            pass
        elif not named:
            named = self._bare_areas(text) or [
                id for id, kind in self.named.items()
                if kind in words() and say(kind, f"{text} {part.after}")
            ]  # fmt: skip
        if named:
            # Where an area and its zone are named, the area is meant.
            inner = [id for id in named if id in self.zones and self.zones[id].parent == named[-1]]
            zone = (inner or named)[-1]
            self.zone, self.sure = zone, sure or (self.sure and zone == self.zone)
        # Another one may be meant: the Sichuan zone; 南京、苏州分别有19项、28项.
        for start, end, _ in self.zone_names.find(text):
            text = text[:start] + "|" * (end - start) + text[end:]
        # So may what lies in an area (岳阳片区的城陵矶港), and the city around it.
        self.sure &= not (
            self._bare.find(text) or say("each", part.clause)
            or say("within", part.before) or say("wider", part.clause)
        )  # fmt: skip
        for id in named:
            self.named.pop(id, None)  # the last one named stands last
            self.named[id] = self.zones[id].kind if id in self.zones else ""
        self.main = self.main or self.zone

    def _bare_areas(self, text: str) -> list[str]:
        """The areas that a text means by their cities, where it has named their pilot zone."""
        found = [self.zones[id] for *_, id in self._bare.find(text)]
        return [one.id for one in found if one.kind == "area" and one.parent in self.named]

    def scope(self, part: Part) -> str:
        """The zone around the one spoken of that a share or rank is of: 占全省的; or its words."""
        whole = words()["whole"]
        said = whole.search(part.before) or whole.search(part.after)
        own = above = self.zones.get(self.zone)
        # 湖北省 is around 湖北自贸试验区, in which the area lies.
        names: list[str] = []
        while above:
            names.append(above.name_zh)
            above = self.zones.get(above.parent or "")
        around = (
            one.id for one in self.zones.values()
            if said and one.kind == said.lastgroup and one is not own
            and (one.id in self.countries
                 or any(name.startswith(BARE.sub("", one.name_zh)) for name in names))
        )  # fmt: skip
        return next(around, said[0] if said else "")

    def subject(self, text: str) -> str:
        """The words before a share or rank without its scope."""
        return words()["rank"].split(words()["share"].split(text)[0])[0]

    def _find_zones(self, text: str) -> list[str]:
        """The zones that are named; new ones only where none is known."""
        found = self.zone_names.find(text)
        spans = [(one.end(), one[0]) for one in words()["zone"].finditer(text)]
        # A name that goes on is another one: the Yangshan Special Bonded Zone is not Yangshan.
        begun = {(start, text[start:stop]) for start, end, _ in found for stop, name in spans
                 if stop - len(name) <= start < end < stop}  # fmt: skip
        found = [one for one in found if all(one[0] != start for start, _ in begun)]
        own = [id for *_, id in found]
        for start, end, _ in found:
            text = text[:start] + "|" * (end - start) + text[end:]
        longer = [name for _, name in sorted(begun)]
        # What is cut off from the words before it has to be a name still.
        names = longer or [cut for name in words()["zone"].findall(text)
                           if words()["zone"].fullmatch(
                               cut := words()["before_place"].split(name)[-1])]  # fmt: skip
        new = [name.replace("综保区", "综合保税区") for name in names
               if not words()["no_zone"].fullmatch(name)]  # fmt: skip
        return own or new


def _shorter(name: str) -> list[str]:
    """Other forms of a name, as the sentences after the first have it: the Heilongjiang zone."""
    head, zone, rest = name.partition(" Pilot Free Trade Zone")
    kinds = ("zone", "pilot zone", "free trade zone", "FTZ") if zone and not rest else ()
    short = [f"{head}{owner} {kind}" for kind in kinds for owner in ("", "'s", "’s")]
    return [*short, name.replace("综合保税区", "综保区")]
