"""Finds the zone that each clause of an article is about."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from ..database import Database, queries
from ..language import word_lists
from ..model.named import Zone
from .clauses import NameFinder, Part, name_finder, say, words


class Places:
    """The zone of each clause; it holds until another is named.

    `sure` is True where the clause names it before its number, and no other place. `named` are all
    zones so far, `opened` is a place that the clause begins with and that is no zone.
    """

    def __init__(self, db: Database) -> None:
        self.zones = {one.id: one for one in queries.models(db, Zone)}
        self.areas = {id: one for id, one in self.zones.items() if one.kind == "area"}
        # Articles name the country often and hardly ever mean it.
        zones = [one for one in self.zones.values() if one.kind != "country"]
        self.find_zones = name_finder(
            (form, one.id)
            for one in zones
            for name in (one.name_zh, one.name_en, *one.also)
            for form in (name, name.replace("综合保税区", "综保区"))
        )
        names = [(name, one.id) for one in zones for name in (one.name_zh, one.name_en)]
        names += [(name, "") for one in word_lists.places() if one.kind != "country"
                  for name in (*one.zh, *one.en)]  # fmt: skip
        self._find_places = name_finder(
            (words()["name_end"].sub("", name), id) for name, id in names
        )
        self._zones_in = cache(self._zones_named_in)
        self._heads = cache(self._heads_of)
        self.zone, self.sure, self.opened = "", False, ""
        self.named = dict[str, None]()

    def update(self, part: Part) -> None:
        """Read the next part: its zone is named before its number, or behind it."""
        text, self.opened = subject(part.before), ""
        named, is_alone = self._zones_in(text)
        self.sure = is_alone and len(named) == 1
        if not named and text == part.before:
            named = self._zones_in(subject(part.clause))[0]
        named = named or self._opening(text) or self._opening(part.clause)
        if not (named or part.numbers):  # Business was brisker in Qianhai.
            named = [id for id in self._opening(part.clause, "ends_at") if id in self.areas]
        if named:
            self.zone = named[-1]
        self.named |= dict.fromkeys(filter(None, named))

    def _opening(self, text: str, role: str = "opens") -> list[str]:
        """The zone of the place with which a clause begins, e.g. 前海实现; "" if it is unclear."""
        heads, find_heads = self._heads(tuple(self.named))
        places = self._find_places(text) or find_heads(text)
        # The second of 深圳前海 is the one that is meant.
        inner = [(one[0], *two) for one, two in pairwise(places) if one[1] == two[0]]
        for first, start, end, id in [*inner, *((one[0], *one) for one in places)][:1]:
            if say(role, f"{text[:first]}@{text[end:]}"):
                self.opened = text[start:end]
                areas = [id for id, one in self.areas.items()
                         if f"@{self.opened}" in f"@{one.name_zh}@{one.name_en}"]  # fmt: skip
                return [id or heads.get(self.opened, areas[0] if len(areas) == 1 else "")]
        return []

    def _heads_of(self, ids: tuple[str, ...]) -> tuple[dict[str, str], NameFinder]:
        """Zones by the first words of their names, e.g. Lingang, 云澜湾; and what finds those."""
        heads = {}
        for id in ids:
            zone = self.zones.get(id)
            for name in (zone.name_zh, zone.name_en, *zone.also) if zone else [id]:
                heads[words()["zone_kind"].split(name)[0].strip()] = id
        return heads, name_finder(heads.items())

    def _zones_named_in(self, text: str) -> tuple[list[str], bool]:
        """The zones that a text names, known before new, and whether it names no other place."""
        known = self.find_zones(text)
        own = [(start, id) for start, _, id in known if not say("against", text[:start])]
        text = self._without_zones(text)
        # The zones that others lie in
        new, around = list[str](), set[str]().union(*(self._around(id) for *_, id in known))
        for one in words()["zone"].finditer(text):
            # Without the words before it the rest has to be a name still.
            name = words()["before_place"].split(one[0])[-1]
            if words()["zone"].fullmatch(name) and not words()["no_zone"].fullmatch(name):
                full, start = name.replace("综保区", "综合保税区"), one.end() - len(name)
                new.append(next((id for id in self.named if full.endswith(id)), full))
                around |= {
                    id for _, end, id in known if end + text.count("的", end, start) == start
                }
        named = [id for _, id in own if id not in around]
        return named or new, not (new or self._find_places(text) or "《" in text)

    def _without_zones(self, text: str) -> str:
        for start, end, _ in self.find_zones(text):
            text = text[:start] + "|" * (end - start) + text[end:]
        return text

    def _around(self, id: str) -> set[str]:
        """The zones that a zone lies in."""
        around = set[str]()
        while id := (self.zones[id].parent or "") if id in self.zones else "":
            around.add(id)
        return around


def subject(text: str) -> str:
    """The words before a share or a rank, without its scope."""
    return words()["rank"].split(words()["share"].split(text)[0])[0]
