"""What rows have to agree on with their neighbours: languages, parents, metrics, sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

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
# Kinds of which others bear the name: an area may have been a development zone before.
OF_ANY_KIND = frozenset({"development_zone"})
# Kinds of zone that may bear the name of any, and words too short to say a kind.
OF_ANY_NAME = frozenset({"cohort", "country"})
SHORTEST_KIND = 3
# Kinds of metric that are kinds of their units.
KINDS_OF_UNIT = frozenset({"count", "share", "duration", "length", "area"})
# Columns whose words have one counterpart in the other language.
PAIRS = {"theme_zh": "theme_en", "reason_zh": "reason_en", "scope": "scope_en", "by": "by_en"}
_CHINESE, _ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z][a-z]{2}")


def is_in_language(row: Row) -> bool:
    """Whether each cell is in the language of its column: English has letters, Chinese its own."""
    for column in _of_language(row.file.table.name):
        if cell := row[column]:
            chinese, english = _CHINESE.search(cell), _ENGLISH.search(cell)
            if (chinese and not english) if column.endswith("_en") else (english and not chinese):
                row.differs(column, "{column} is not in its language", column=column)
                return False
    return True


@cache
def _of_language(table: str) -> list[str]:
    return [name for name in tables()[table].column_names if name.endswith(("_zh", "_en"))]


def check_zones(zones: Iterable[Row]) -> None:
    """A zone lies in one of a fitting kind, and is of the kind that its name ends in."""
    zones = list(zones)
    kinds = {row["id"]: row["kind"] for row in zones} | {"": ""}
    said: dict[str, set[str]] = {}
    for facet, kind, word in question_words():
        if facet == "place_kind" and len(word) >= SHORTEST_KIND and not word.isascii():
            said.setdefault(word, set()).add(kind)
    longest_first = sorted(said, key=len, reverse=True)
    names = {row["id"]: row["name_zh"] for row in zones}
    for row in zones:
        kind, above = row["kind"], kinds.get(row["parent"])
        around = map(_around, (row["name_zh"], names.get(row["parent"], "")))
        for own, other in zip(*around, strict=True):
            if own and other and own.isdisjoint(other):
                row.differs("parent", "its name is of {own}, its parent's of {other}",
                            own=min(own), other=min(other))  # fmt: skip
                break
        if above is not None and above not in LIES_IN.get(kind, above):
            row.differs("parent", "a zone of kind {kind} does not lie in one of kind {above}",
                        kind=kind, above=above or "–")  # fmt: skip
        word = next((word for word in longest_first if row["name_zh"].endswith(word)), "")
        named = said.get(word, {kind})
        if named.isdisjoint({kind, *OF_ANY_KIND}) and kind not in OF_ANY_NAME:
            row.differs("kind", "'{word}' names a {kind}", word=word, kind=min(named))


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
            row.differs("kind", "no unit of {base} is of this kind", base=base)
        for column in ("base_unit", "direction"):
            if broader[column] != row[column]:
                row.differs("broader", "{column} of the broader metric is {value}",
                            column=column, value=broader[column])  # fmt: skip


def check_sources(sources: Iterable[Row]) -> None:
    """A source has a title in its language; no two share an address, nor two articles a line."""
    urls: dict[str, str] = {}
    taken: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in sources:
        id, others = row["id"], taken[row["parent"]] if row["parent"] else []
        titles = row["title_zh"] or row["title_en"]
        if titles and not row[f"title_{row['lang']}"]:
            row.differs("lang", "there is no title in this language")
        if row["url"] and urls.setdefault(row["url"], id) != id:
            row.differs("url", "source {id} has this address", id=urls[row["url"]])
        own = ranges(row["lines"])
        for other in {other for a, b in own for first, last, other in others
                      if a <= last and first <= b}:  # fmt: skip
            row.differs("lines", "source {id} has some of them", id=other)
        others += [(*span, id) for span in own]


def has_its_english(row: Row, english: dict[tuple[str, str], str]) -> bool:
    """Whether the English of a scope, theme or reason is the same as in the rows before."""
    for column, other in PAIRS.items():
        if other in row and (cell := row[column]):
            known = english.setdefault((column, cell), row[other])
            if known != row[other]:
                row.differs(other, "{theme} is {other} elsewhere", theme=cell, other=known or "–")
                return False
    return True
