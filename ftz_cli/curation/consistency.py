"""What rows have to agree on with their neighbours: languages, parents, metrics, sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from ..language import Message
from ..language.word_lists import places, question_words
from ..model.dataset_schema import tables
from ..quantities.units import Units
from .csv_files import Row
from .source_lines import ranges

# What zones of a kind lie in; others may lie in any.
LIES_IN = {
    "area": ("pilot_zone", "area", ""), "pilot_zone": ("",), "province": ("country", ""),
    "city": ("province", "city", ""), "district": ("province", "city", "district", ""),
}  # fmt: skip
# Kinds of zone that may bear the name of any, and words too short to say a kind.
OF_ANY_NAME = frozenset({"cohort", "country"})
SHORTEST_KIND = 3
# Kinds of metric that are kinds of their units.
KINDS_OF_UNIT = frozenset({"count", "share", "duration", "length", "area"})
_CHINESE, _ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z][a-z]{2}")


def is_in_language(row: Row) -> bool:
    """Whether each cell is in the language of its column: English has letters, Chinese its own."""
    for column in _of_language(row.file.table.name):
        if cell := row[column]:
            chinese, english = _CHINESE.search(cell), _ENGLISH.search(cell)
            if (chinese and not english) if column.endswith("_en") else (english and not chinese):
                why = Message("{column} is not in its language", column=column)
                row.problem(column, "F311", why=why)
                return False
    return True


@cache
def _of_language(table: str) -> list[str]:
    return [name for name in tables()[table].column_names if name.endswith(("_zh", "_en"))]


def check_zones(zones: Iterable[Row]) -> None:
    """A zone lies in one of a fitting kind, and is of the kind that its name ends in."""
    zones = list(zones)
    kinds = {row["id"]: row["kind"] for row in zones} | {"": ""}
    said = sorted(((word, kind) for facet, kind, word in question_words()
                   if facet == "place_kind" and len(word) >= SHORTEST_KIND and not word.isascii()),
                  key=lambda said: -len(said[0]))  # fmt: skip
    names = {row["id"]: row["name_zh"] for row in zones}
    for row in zones:
        kind, above = row["kind"], kinds.get(row["parent"])
        around = map(_around, (row["name_zh"], names.get(row["parent"], "")))
        for own, other in zip(*around, strict=True):
            if own and other and own.isdisjoint(other):
                why = Message("its name is of {own}, its parent's of {other}",
                              own=min(own), other=min(other))  # fmt: skip
                row.problem("parent", "F311", why=why)
                break
        if above is not None and above not in LIES_IN.get(kind, above):
            why = Message("a zone of kind {kind} does not lie in one of kind {above}",
                          kind=kind, above=above or "–")  # fmt: skip
            row.problem("parent", "F311", why=why)
        named = next((of for word, of in said if row["name_zh"].endswith(word)), kind)
        if named != kind and kind not in OF_ANY_NAME:
            row.problem("kind", "F311", why=Message("its name is that of a {kind}", kind=named))


@cache
def _levels() -> dict[str, tuple[set[str], set[str]]]:
    """The prefectures and the provinces that each Chinese name of the gazetteer is in."""
    found = defaultdict[str, tuple[set[str], set[str]]](lambda: (set(), set()))
    for place in places():  # what is above a place stands before it
        levels = [{*own} for own in found[place.parent]]
        if place.kind in ("prefecture", "province"):
            levels[place.kind == "province"] = {place.zh[0]}
        for name in place.zh:
            if name not in found[name][1]:  # 吉林 is the province
                for level, own in zip(found[name], levels, strict=True):
                    level |= own
    return found


def _around(name: str) -> tuple[set[str], set[str]]:
    """The prefectures and provinces of the place that a name begins with.

    朝阳区 and 南京路 bear a city's name, and lie elsewhere.
    """
    begins = (name[:length] for length in range(len(name), 1, -1))
    found = next((one for one in begins if one in _levels()), name)
    elsewhere = name.removeprefix(found).startswith(tuple("区县路街镇"))
    return (set(), set()) if elsewhere else _levels().get(found, (set(), set()))


def check_metrics(metrics: Mapping[str, Row], units: Units) -> None:
    """A metric's base unit is one, of its kind; it has the unit and direction of the broader."""
    kinds = {(one.base, one.kind) for one in units.values()}
    bases = {base for base, _ in kinds}
    for row in metrics.values():
        base, kind = row["base_unit"], row["kind"]
        broader = metrics.get(row["broader"], row)
        if not bases.issuperset(base.split("/")):
            row.problem("base_unit", "F404", unit=base)
        elif kind in KINDS_OF_UNIT and base in bases and (base, kind) not in kinds:
            why = Message("no unit of {base} is of this kind", base=base)
            row.problem("kind", "F311", why=why)
        for column in ("base_unit", "direction"):
            if broader[column] != row[column]:
                why = Message("{column} of the broader metric is {value}",
                              column=column, value=broader[column])  # fmt: skip
                row.problem("broader", "F311", why=why)


def check_sources(sources: Iterable[Row]) -> None:
    """No two sources have one address, and no two articles of one page a line."""
    urls: dict[str, str] = {}
    taken: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in sources:
        id, others = row["id"], taken[row["parent"]] if row["parent"] else []
        if row["url"] and urls.setdefault(row["url"], id) != id:
            why = Message("source {id} has this address", id=urls[row["url"]])
            row.problem("url", "F311", why=why)
        own = ranges(row["lines"])
        for other in {other for a, b in own for first, last, other in others
                      if a <= last and first <= b}:  # fmt: skip
            row.problem("lines", "F311", why=Message("source {id} has some of them", id=other))
        others += [(*span, id) for span in own]


def check_themes(initiatives: Iterable[Row]) -> None:
    """A theme has one name in the other language."""
    english: dict[str, str] = {}
    for row in initiatives:
        other = english.setdefault(row["theme_zh"], row["theme_en"])
        if other != row["theme_en"]:
            why = Message("{theme} is {other} elsewhere", theme=row["theme_zh"], other=other)
            row.problem("theme_en", "F311", why=why)
