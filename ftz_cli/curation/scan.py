"""Number mentions of an article against what is curated of it: what is missing or changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ..database import Database, queries
from ..language import Message, language, word_lists
from ..language.signs import fold
from ..model.measures import SIGNED
from ..model.named import Source
from ..quantities.heads import headed_lines
from ..quantities.quantity import CannotRead, Mention, Quantity
from ..quantities.reader import Reader
from ..quantities.units import DATE_UNIT
from .article_text import digests, pattern_of

# States that say that a text and what is curated of it do not fit.
FAULTS = frozenset({"uncurated", "moved", "changed", "vanished"})
# So many significant digits make it unlikely that an equal number tells another fact.
TELLING_DIGITS = 3
# Where a word alone is a number: from five days to one, takes one day, up from fourth.
NUMBER_WORD = re.compile(
    r"\b(?:(?:from [^,.;]{3,40} to|takes?(?: only)?) (?=(?:one|two|three|four|five|six|seven)\b)"
    r"|(?:up|down|rose|climbed|moved|fell|dropped) from (?=(?:first|second|third|\w+th)\b))(\w+)"
    r"(?= ?[,.;]|$| (?:in|last|a year)\b| ((?:working )?(?:minute|hour|day|week|month))\b)"
)
# So many characters of a line are shown on each side of a mention: Chinese ones, others.
CONTEXT = 12, 26


class Entry(NamedTuple):
    """A figure of a source, or excused words of it, which have a reason; lines count from 1.

    `rises` says that it is a growth or change that is no fall: falls are printed as such. `date` is
    the EDTF of a figure that is a date.
    """

    id: str
    line: int | None
    printed: str
    reason: str | None = None
    rises: bool = False
    date: str | None = None


class Standing(NamedTuple):
    """Where on its line an entry stands now, and as what."""

    start: int
    end: int
    entry: Entry
    state: str
    why: Message | str | None = None

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it and these characters have one in common."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Scanned:
    """A number mention with a few words of its `context`, or a figure that the text does not have.

    Lines count from 1. `state` is curated, excused, repeat (of a figure that is curated elsewhere
    in the text) or uncurated; moved, changed or vanished where text and data do not agree.
    `figure` is its id, several set apart by spaces.
    """

    line: int
    mention: Mention
    context: str
    state: str
    figure: str | None = None
    why: Message | str | None = None

    @property
    def at_fault(self) -> bool:
        """Whether text and data do not fit; a date is a figure only where a curator says so."""
        return self.state in FAULTS and (self.mention.kind != "date" or self.figure is not None)

    @property
    def column(self) -> int:
        """Where it begins in its line, from 1; 0 for a figure that the text does not have."""
        return self.mention.start + 1

    @property
    def place(self) -> str:
        """Line and column, or the line where a figure was."""
        return f"{self.line}:{self.column}" if self.column else str(self.line)


class Scan(NamedTuple):
    """A scanned text: the source that it is or was held against, and its mentions.

    `revised` says that it is another text of that source than the one curated.
    """

    source: str | None
    mentions: list[Scanned]
    revised: bool = False

    @property
    def at_fault(self) -> bool:
        """Whether the text and what is curated of it do not fit; of a new text nothing is."""
        return self.source is not None and any(one.at_fault for one in self.mentions)


def scan_article(db: Database, text: str, revised: str | None = None) -> Scan:
    """Hold a text against what is curated of it; `revised` is the id of a source it is new of."""
    known, sources = digests(text), queries.models(db, Source, [revised] if revised else None)
    source = next((one for one in sources if revised or one.sha256.lower() in known), None)
    reader = Reader(queries.units(db), word_lists.lookalikes())
    if source is None:
        return Scan(None, scan(text, reader))
    year = int(source.published[:4]) if source.published else None
    found = scan(text, reader, curated_of(db, source.id), year)
    return Scan(source.id, found, source.sha256.lower() not in known)


def curated_of(db: Database, source: str) -> list[Entry]:
    """What the database has of a source and of its articles."""
    own = language() == "zh"
    return [
        Entry(id, line, printed, (own and chinese) or english)
        for id, _, line, printed, english, chinese in queries.excused(db, source)
    ] + [
        Entry(one.id, one.line, one.printed, date=one.date,
              rises=one.measure in SIGNED and (one.value or 0) > 0)
        for one in queries.figures(db, article=source)
    ]  # fmt: skip


def entry_of(row: Mapping[str, str]) -> Entry:
    """A row of figures.csv or excused.csv, checked or not."""
    rises = row.get("measure", "") in SIGNED and not row["value"].startswith("-")
    line = int(row["line"]) if row["line"].isdecimal() else None
    date = row["value"] if row.get("unit") == DATE_UNIT else None
    return Entry(row["id"], line, row["printed"], row.get("reason_en"), rises, date)


def scan(
    text: str, reader: Reader, entries: Iterable[Entry] = (), year: int | None = None
) -> list[Scanned]:
    """Every mention of `text` in order, and behind them the figures that it does not have.

    `entries` is what is curated of it, `year` that of its publication. Of a revised text lines may
    have moved, and figures changed.
    """
    page = _Page(text, reader, [*entries], year)
    lines = range(1, len(page.lines) + 1)
    return [one for line in lines for one in page.on_line(line)] + page.vanished


class _Page:
    """A text, its mentions, and the entries that were found in it."""

    def __init__(self, text: str, reader: Reader, entries: list[Entry], year: int | None) -> None:
        self.lines, self.reader, self.entries, self.year = text.split("\n"), reader, entries, year
        heads = zip(self.lines, headed_lines(fold(text), reader.units), strict=True)
        self.mentions = [[*reader.find(line, year, own)] for line, own in heads]
        for line, found in zip(self.lines, self.mentions, strict=True):
            found += [
                Mention(*one.span(1), one[1], reader.read(f"1 {one[2]}" if one[2] else one[1]))
                for one in NUMBER_WORD.finditer(line)
                if not any(known.start < one.end() and one.start(1) < known.end for known in found)
            ]
            found.sort(key=itemgetter(0))
        self.standing: defaultdict[int, list[Standing]] = defaultdict(list)
        self.vanished: list[Scanned] = []
        self.read, self.places = cache(self._read), cache(self._places)
        self._place()

    def _place(self) -> None:
        """Find every entry: where its line is now, changed there, or elsewhere."""
        # Excused words come first: no figure stands in them.
        ordered = sorted(self.entries, key=lambda one: (one.line or 0, one.reason is None))
        shift, missing = 0, defaultdict[int, list[Entry]](list)
        for line, entries in groupby(ordered, key=lambda one: one.line):
            group = list(entries)
            found = [[*self.places(one.printed)] for one in group]
            # What is printed once in the text tells where the line is now.
            shift = next((lines[0] - line for lines in found if line and len(lines) == 1), shift)
            now = line + shift if line else 0
            missing[now] += [
                one for one in group
                if not self._stand(one, now, self.places(one.printed).get(now, ()))
                and one.reason is None
            ]  # fmt: skip
        left = [one for line, own in missing.items() for one in self._without_changed(line, own)]
        for entry in left:
            places = self.places(entry.printed).items()
            if not any([self._stand(entry, *place) for place in places]):
                gone = Mention(-1, -1, entry.printed, self.read(entry))
                why = Message("nowhere in the text")
                self.vanished.append(Scanned(entry.line or 1, gone, "", "vanished", entry.id, why))

    def _places(self, printed: str) -> dict[int, list[tuple[int, int]]]:
        """Where words stand, by line; never within a longer number (9项 in 119项)."""
        pattern = pattern_of(printed)
        found = {number: [one.span() for one in pattern.finditer(line)]
                 for number, line in enumerate(self.lines, 1) if printed in line}  # fmt: skip
        return {number: spans for number, spans in found.items() if spans}

    def _read(self, entry: Entry) -> Quantity | None:
        """What an entry prints; the year of 同年 is in its figure."""
        same_year = int(entry.date[:4]) if entry.date else self.year
        with suppress(CannotRead):
            return self.reader.read_all(entry.printed, self.year, same_year)[-1]
        return None

    def _is_free(self, line: int, one: Mention, entry: Entry) -> bool:
        """Whether no entry that prints other words than this one stands where a mention does."""
        others = [each for each in self.standing[line] if each.entry.printed != entry.printed]
        return not any(each.overlaps(one.start, one.end) for each in others)

    def _stand(self, entry: Entry, line: int, spans: Iterable[tuple[int, int]]) -> bool:
        """Let an entry stand at places on a line; whether it has one."""
        here, state = self.standing[line], "curated" if entry.reason is None else "excused"
        why: Message | str | None = entry.reason
        if entry.reason is None and entry.line not in (None, line):
            state, why = "moved", Message("curated on line {line}", line=entry.line)
        free = [
            Standing(start, end, entry, state, why)
            for start, end in spans
            if not any(one.state == "excused" and one.overlaps(start, end) for one in here)
        ]
        here += free
        return bool(free)

    def _without_changed(self, line: int, entries: list[Entry]) -> list[Entry]:
        """Let figures stand as the numbers on their line that look most like them; the others.

        One may say the same in other words; else a number that has changed has its unit, and is no
        other figure.
        """
        here, left = self.standing[line], list(entries)
        mentions = self.mentions[line - 1] if 0 < line <= len(self.lines) else []
        pairs = [
            (self._says(one, entry), SequenceMatcher(None, one.printed, entry.printed).ratio(),
             one, entry)
            for entry in entries for one in mentions
            if (unit := _unit(one.quantity)) and unit == _unit(self.read(entry))
        ]  # fmt: skip
        for same, _, one, entry in sorted(pairs, key=itemgetter(0, 1), reverse=True):
            if entry in left and self._is_free(line, one, entry):
                left.remove(entry)
                why = Message("curated as {printed}", printed=entry.printed)
                if not (same and self._stand(entry, line, [(one.start, one.end)])):
                    here.append(Standing(one.start, one.end, entry, "changed", why))
        return left

    def _says(self, one: Mention, entry: Entry) -> bool:
        """Whether a mention says what an entry prints; 1015.40 is not 1015.4."""
        direction = self.reader.direction(entry.printed)
        return repr(one.quantity) == repr(self.read(entry)) and direction == one.direction

    def on_line(self, line: int) -> list[Scanned]:
        """The mentions of a line, and what stands on it without being one (免抵押), in order."""
        text, here = self.lines[line - 1], self.standing.get(line, ())
        mentions = list(self.mentions[line - 1])
        for one in here:
            if one.state != "excused" and not any(one.overlaps(m.start, m.end) for m in mentions):
                printed = text[one.start : one.end]
                mentions.append(Mention(one.start, one.end, printed, self.read(one.entry)))
        mentions.sort(key=lambda one: one.start)
        return [self._judged(line, mention) for mention in mentions]

    def _is_whole(self, one: Standing, mention: Mention) -> bool:
        """Whether an entry that stands where a mention does is all of it.

        近1.5亿元 says more than 1.5亿元; 达8.08亿元 no more than 8.08亿元; 日均300通 is in 通/日.
        """
        if one.state in ("excused", "changed"):
            return True
        within = one.start <= mention.start and mention.end <= one.end
        said = mention.quantity
        return within or bool(said and _key(said) == _key(self.read(one.entry)))

    def _judged(self, line: int, mention: Mention) -> Scanned:
        start, end, state = mention.start, mention.end, "uncurated"
        why: Message | str | None = mention.why
        figure = ""
        there = [one for one in self.standing.get(line, ()) if one.overlaps(start, end)]
        if whole := [one for one in there if self._is_whole(one, mention)]:
            told = [one for one in whole if one.state == "changed"] or whole
            state, why = told[0].state, told[0].why
            figure = _ids(told) if state != "excused" else ""
            if mention.direction == "down" and any(one.entry.rises for one in told):
                state, why = "changed", Message("curated as a rise")
        elif there:
            figure = _ids(there)
            why = Message("{figures} says only a part of it", figures=figure)
        elif mention.quantity and (figure := self._repeats.get(_key(mention.quantity), "")):
            state = "repeat"
        around = _around(self.lines[line - 1], start, end)
        return Scanned(line, mention, around, state, figure or None, why)

    @cached_property
    def _repeats(self) -> dict[object, str]:
        """The figures by what they say, where that tells one from others."""
        gone = {one.figure for one in self.vanished}
        said = {one.id: self.read(one) for one in self.entries
                if one.reason is None and one.id not in gone}  # fmt: skip
        return {
            _key(one): id for id, one in reversed(said.items())
            if one and not isinstance(one.value, str)
            and len(one.value.normalize().as_tuple().digits) >= TELLING_DIGITS
        }  # fmt: skip


def _ids(standing: Iterable[Standing]) -> str:
    return " ".join(dict.fromkeys(one.entry.id for one in standing))


def _key(said: Quantity | None) -> object:
    """What quantities have alike that say the same; a rate may be printed as what it counts."""
    base = said and said.unit.base.partition("/")[0]
    return said and (said.base_value, said.base_value_to, base, said.bound)


def _unit(said: Quantity | None) -> tuple[str, int] | None:
    """The unit of a number, a rate's by what it counts, or how exact a date is."""
    return None if said is None else (said.unit.id.partition("/")[0], len(said.edtf or ""))


def _around(line: str, start: int, end: int) -> str:
    """A mention with a few characters on each side."""
    width = CONTEXT[line[max(start - 4, 0) : end + 4].isascii()]
    begin, stop = max(start - width, 0), end + width
    return f"{'…' * (begin > 0)}{line[begin:stop].strip()}{'…' * (stop < len(line))}"
