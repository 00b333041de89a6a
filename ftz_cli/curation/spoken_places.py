"""The zones that an article names, clause by clause."""

from __future__ import annotations

import re
from functools import cache

from ..database import Database, queries
from ..language import word_lists
from ..model.named import Zone
from .clauses import SHORTEST_NAME, Names, Part, say, words
from .row_rules import ADMINISTRATIVE

# What a name is often printed without: 宜昌, Yichang.
BARE = re.compile("(?:壮族|维吾尔|回族)?自治区$|片区$|[省市]$| (?:Area|Province|City)$")

# Behind the name of a place: 泸州港, but no 泸州港口.
PORT = re.compile("港(?![口澳币元股商资航湾区])")


class Places:
    """The zone spoken of; the one named last holds on.

    `sure` says that its clause names it, alone, before the number; `named` are all that were named,
    with their kinds, and `opened` is the place that the clause begins with and that is no zone.
    """

    def __init__(self, db: Database) -> None:
        self.zones = {one.id: one for one in queries.models(db, Zone)}
        # The country is named in every article, and is hardly ever meant.
        named = [one for one in self.zones.values() if one.kind != "country"]
        self.zone_names = Names(
            (short, one.id)
            for one in named
            for name in (one.name_zh, one.name_en, *one.also)
            for short in (name, *_shorter(name))
        )
        bare = [(name, one.id) for one in named for name in (one.name_zh, one.name_en)]
        bare += [(name, "") for one in word_lists.places() if one.kind != "country"
                 for name in (*one.zh, *one.en)]  # fmt: skip
        self._bare = Names((BARE.sub("", name), id) for name, id in bare)
        self._around = {one.id for one in named if one.kind in (*ADMINISTRATIVE, "pilot_zone")}
        self._zones_in = cache(self._find_zones)
        self.zone, self.sure, self.opened = "", False, ""
        self.named: dict[str, str] = {}

    def update(self, part: Part) -> None:
        """Find the zone spoken of: named before the number, or behind it, or by its kind."""
        text, self.opened = subject(part.own or part.before), ""
        named, others = self._zones_in(text)
        # What one number of a clause is of, the next one is, where no other place is named.
        self.sure = (len({*named}) == 1 or (self.sure and part.since > 0)) and not (
            named[1:] or others or say("each", part.clause)
        )
        if not named and text == (part.own or part.before):
            named = self._zones_in(part.clause)[0]
        named = named or self._opening(text) or [
            id for id, kind in self.named.items()
            if kind in words() and say(kind, f"{text} {part.after}")
        ]  # fmt: skip
        if named:
            self.zone = named[-1]
        if self.zone == "":  # 片区 is none of those before it
            self.named = {id: kind for id, kind in self.named.items() if kind != "area"}
        for id in filter(None, named):
            self.named.pop(id, None)  # the last one named stands last
            new = "area" if id.endswith(("片区", "Area")) else ""
            self.named[id] = self.zones[id].kind if id in self.zones else new

    def _opening(self, text: str) -> list[str]:
        """The zone of a place that a clause begins with (前海实现); "" if it is unclear."""
        heads = self._known_heads()
        found = self._bare.find(text) or [
            (text.find(head), text.find(head) + len(head), heads[head])
            for head in heads if head in text
        ]  # fmt: skip
        for start, end, id in found[:1]:
            if say("opens", f"{text[:start]}@{text[end:]}"):
                self.opened = text[start:end]
                begun = [one.id for one in self.zones.values() if one.kind == "area"
                         and f"@{self.opened}" in f"@{one.name_zh}@{one.name_en}"]  # fmt: skip
                known = heads.get(self.opened, begun[0] if len(begun) == 1 else "")
                return [id or known]
        return []

    def _known_heads(self) -> dict[str, str]:
        """The zones named so far by the first words of their names: Lingang, 云澜湾."""
        heads: dict[str, str] = {}
        for id in self.named:
            zone = self.zones.get(id)
            for name in (zone.name_zh, zone.name_en, *zone.also) if zone else (id,):
                head = words()["zone_kind"].split(name)[0].strip()
                heads |= {head: id} if len(head) >= SHORTEST_NAME else {}
        return heads

    def _find_zones(self, text: str) -> tuple[list[str], object]:
        """The zones that a text names, and whether it may name another place besides.

        New ones are found only where none is known, but for what lies around it: of 湖北省鄂州机场
        the port is meant, of an area and its zone the area.
        """
        known = self.zone_names.find(text)
        for start, end, _ in known:
            text = text[:start] + "|" * (end - start) + text[end:]
        new = [text[start : end + 1] for start, end, _ in self._bare.find(text)
               if PORT.match(text, end)]  # fmt: skip
        around = {self.zones[id].parent for *_, id in known}
        for one in words()["zone"].finditer(text):
            # What is cut off from the words before it has to be a name still.
            name = words()["before_place"].split(one[0])[-1]
            if words()["zone"].fullmatch(name) and not words()["no_zone"].fullmatch(name):
                full, start = name.replace("综保区", "综合保税区"), one.end() - len(name)
                new.append(next((id for id in self.named if full.endswith(id)), full))
                around |= {id for _, end, id in known if id in self._around
                           and end + text.count("的", end, start) == start}  # fmt: skip
        own = [id for *_, id in known if id not in around]
        others = (known and new) or self._bare.find(text) or say("wider", text) or "《" in text
        return own or new, others


def subject(text: str) -> str:
    """The words before a share or rank without its scope."""
    return words()["rank"].split(words()["share"].split(text)[0])[0]


def _shorter(name: str) -> list[str]:
    """Other forms of a name, as the sentences after the first have it: the Heilongjiang zone."""
    head, zone, rest = name.partition(" Pilot Free Trade Zone")
    kinds = ("zone", "pilot zone", "free trade zone", "FTZ") if zone and not rest else ()
    short = [f"{head}{owner} {kind}" for kind in kinds for owner in ("", "'s", "’s")]
    return [*short, name.replace("综合保税区", "综保区")]
