"""Finds the numbers of an article, and compares them with what is curated of it."""

from __future__ import annotations

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
from ..model.measures import COMPARING, SIGNED
from ..model.named import Source
from ..quantities.heads import Heads, headed_lines
from ..quantities.quantity import CannotRead, Mention, Quantity
from ..quantities.reader import Reader
from .article_text import digests, pattern_of
from .clauses import NEAR, say, words

# An equal number with so many significant digits is taken for a repeat of the same fact.
TELLING_DIGITS = 3
FAULTS = frozenset({"uncurated", "moved", "changed", "vanished"})


class Entry(NamedTuple):
    """A curated row; only excused words have a `reason`."""

    id: str
    line: int | None
    printed: str
    reason: str | None = None
    measure: str = ""
    falls: bool = False

    def denied_by(self, movement: str | None, text: str) -> Message | None:
        """What is said where a number of such a movement, between # in its text, is no such row."""
        if self.measure in SIGNED:
            return Message("curated as a rise") if movement == "down" and not self.falls else None
        moved = movement and self.measure not in COMPARING and say("moved_by", text)
        return Message("it is a movement") if moved else None


class Placed(NamedTuple):
    """An entry at a place on a line, and its state there."""

    start: int
    end: int
    entry: Entry
    state: str
    why: Message | str | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """A number with its `context`, or a figure that the text no longer has; see `FAULTS`.

    `state` is curated, excused, repeat (of a figure of the text, or of any source where the text is
    unknown), uncurated, moved, changed or vanished. `figure` has one or more ids. `line` counts
    from 1.
    """

    line: int
    mention: Mention
    context: str
    state: str
    figure: str | None = None
    why: Message | str | None = None

    @property
    def at_fault(self) -> bool:
        """Whether text and data disagree. A date counts only where it is a curated figure."""
        return self.state in FAULTS and (self.mention.kind != "date" or self.figure is not None)

    @property
    def column(self) -> int:
        """Its column, from 1; 0 for a figure that the text does not have."""
        return self.mention.start + 1

    @property
    def place(self) -> str:
        """Line and column, or the line where a figure was."""
        return f"{self.line}:{self.column}" if self.column else str(self.line)


class Scan(NamedTuple):
    """The numbers of a text, and its source."""

    source: str | None
    mentions: list[Scanned]

    @property
    def at_fault(self) -> bool:
        """Whether the text and the rows of its source disagree."""
        return self.source is not None and any(one.at_fault for one in self.mentions)


def scan_article(db: Database, text: str, revised: str | None = None) -> Scan:
    """Compare a text with its curated rows; `revised` names the source of a new version."""
    known, sources = digests(text), queries.models(db, Source, [revised] if revised else None)
    source = next((one for one in sources if revised or one.sha256.lower() in known), None)
    reader = Reader(queries.units(db), word_lists.lookalikes())
    if source is None:
        from .repeats import with_repeats  # start-up: only where the look-up reads a text

        return Scan(None, with_repeats(db, reader, scan(text, reader), text))
    year = int(source.published[:4]) if source.published else None
    return Scan(source.id, scan(text, reader, curated_of(db, source.id), year))


def curated_of(db: Database, source: str) -> list[Entry]:
    """The entries of a source and of its articles in the database."""
    in_chinese = language() == "zh"
    return [
        Entry(id, line, printed, (in_chinese and chinese) or english)
        for id, _, line, printed, english, chinese in queries.excused(db, source)
    ] + [
        Entry(one.id, one.line, one.printed, None, one.measure, (one.value or 0) <= 0)
        for one in queries.figures(db, article=source)
    ]  # fmt: skip


def entry_of(row: Mapping[str, str]) -> Entry:
    """The entry of a row of figures.csv or excused.csv, which may be unchecked."""
    line = int(row["line"]) if row["line"].isdecimal() else None
    falls = row.get("value", "").startswith("-")
    return Entry(
        row["id"], line, row["printed"], row.get("reason_en"), row.get("measure", ""), falls
    )


def scan(
    text: str, reader: Reader, entries: Iterable[Entry] = (), year: int | None = None
) -> list[Scanned]:
    """Every number of a text of that year in order, then the figures that it does not have."""
    page = _Page(text, reader, [*entries], year)
    lines = range(1, len(page.lines) + 1)
    return [one for line in lines for one in page.on_line(line)] + page.vanished


class _Page:
    def __init__(self, text: str, reader: Reader, entries: list[Entry], year: int | None) -> None:
        self.lines, self.reader, self.entries, self.year = text.split("\n"), reader, entries, year
        self.first_year: int | None = None
        self.spans_of = cache(self._spans_of)
        self.read = cache(lambda entry: self._read(entry, self.year))
        heads = headed_lines(fold(text), reader.units)
        self.mentions = [self._mentions(*one) for one in zip(self.lines, heads, strict=True)]
        self.placed: defaultdict[int, list[Placed]] = defaultdict(list)  # By line
        self.vanished: list[Scanned] = []
        self._place_entries()

    def _mentions(self, line: str, head: Heads) -> list[Mention]:
        # The first year of a text without a date is the one that it is about.
        about = None if self.year else self.first_year
        found = [*self.reader.find(line, self.year, head, about)]
        dates = (one.quantity.edtf for one in found if one.quantity)
        self.first_year = self.first_year or next((int(date[:4]) for date in dates if date), None)
        for word in words()["number_word"].finditer(line):
            quantity = self.reader.read(f"1 {word[2]}" if word[2] else word[1])
            mention = Mention(*word.span(1), word[1], quantity)
            found += [] if any(_overlap(one, mention) for one in found) else [mention]
        return sorted(found, key=itemgetter(0))

    def _place_entries(self) -> None:
        # Excused words come first: no figure can stand inside them.
        ordered = sorted(self.entries, key=lambda one: (one.line or 0, one.reason is None))
        shift, unplaced = 0, defaultdict[int, list[Entry]](list)
        for line, entries in groupby(ordered, key=lambda one: one.line):
            group = list(entries)
            found = [[*self.spans_of(one.printed)] for one in group]
            # Words that are printed only once show by how much the lines have moved.
            shift = next((lines[0] - line for lines in found if line and len(lines) == 1), shift)
            now = line + shift if line else 0
            for one in group:
                if not self._place(one, now, self.spans_of(one.printed).get(now, ())):
                    unplaced[now] += [one] if one.reason is None else []
        left = [one for line, group in unplaced.items() for one in self._place_changed(line, group)]
        for entry in left:
            spans = self.spans_of(entry.printed).items()
            if not any([self._place(entry, *one) for one in spans]):
                # Without the text before it, 同年 is of no known year.
                mention = Mention(-1, -1, entry.printed, self._read(entry, None))
                why = Message("nowhere in the text")
                vanished = Scanned(entry.line or 1, mention, "", "vanished", entry.id, why)
                self.vanished.append(vanished)

    def _spans_of(self, printed: str) -> dict[int, list[tuple[int, int]]]:
        """Start and end of printed words, by line."""
        pattern = pattern_of(printed)
        return {number: spans for number, line in enumerate(self.lines, 1) if printed in line
                and (spans := [one.span() for one in pattern.finditer(line)])}  # fmt: skip

    def _read(self, entry: Entry, same_year: int | None) -> Quantity | None:
        with suppress(CannotRead):
            return self.reader.read_all(entry.printed, self.year, same_year)[-1]
        return None

    def _place(self, entry: Entry, line: int, spans: Iterable[tuple[int, int]]) -> bool:
        """Place an entry on a line, outside of excused words; False where it has no place."""
        here, state = self.placed[line], "curated" if entry.reason is None else "excused"
        why: Message | str | None = entry.reason
        if entry.reason is None and entry.line not in (None, line):
            state, why = "moved", Message("curated on line {line}", line=entry.line)
        excused = [one for one in here if one.state == "excused"]
        placed = [Placed(*span, entry, state, why) for span in spans]
        free = [one for one in placed if not any(_overlap(one, other) for other in excused)]
        here += free
        return bool(free)

    def _place_changed(self, line: int, entries: list[Entry]) -> list[Entry]:
        """Place entries at equal or similar numbers of a line; returns those left over."""
        here, left = self.placed[line], list(entries)
        mentions = self.mentions[line - 1] if 0 < line <= len(self.lines) else []
        pairs = [
            (_key(mention.quantity) == _key(self.read(entry))
             and mention.direction == self.reader.direction(entry.printed),
             SequenceMatcher(None, mention.printed, entry.printed).ratio(), mention, entry)
            for entry in entries for mention in mentions
            if (unit := _unit(mention.quantity)) and unit == _unit(self.read(entry))
        ]  # fmt: skip
        for is_equal, _, mention, entry in sorted(pairs, key=itemgetter(0, 1), reverse=True):
            others = [one for one in here if one.entry.printed != entry.printed]
            if entry in left and not any(_overlap(one, mention) for one in others):
                left.remove(entry)
                span = mention.start, mention.end
                if not (is_equal and self._place(entry, line, [span])):
                    why = Message("curated as {printed}", printed=entry.printed)
                    here.append(Placed(*span, entry, "changed", why))
        return left

    def on_line(self, line: int) -> list[Scanned]:
        """The mentions of a line in order, and figures without a number there, e.g. 免抵押."""
        text, here = self.lines[line - 1], self.placed.get(line, ())
        mentions = list(self.mentions[line - 1])
        for one in here:
            if one.state != "excused" and not any(_overlap(one, other) for other in mentions):
                printed = text[one.start : one.end]
                mentions.append(Mention(one.start, one.end, printed, self.read(one.entry)))
        return [self._scanned(line, mention) for mention in sorted(mentions, key=itemgetter(0))]

    def _covers(self, placed: Placed, mention: Mention) -> bool:
        """Whether an entry says all of a mention; 1.5亿元 does not cover 近1.5亿元."""
        is_within = placed.start <= mention.start and mention.end <= placed.end
        is_equal = mention.quantity and _key(mention.quantity) == _key(self.read(placed.entry))
        return placed.state in ("excused", "changed") or is_within or bool(is_equal)

    def _scanned(self, line: int, mention: Mention) -> Scanned:
        state, figure, text = "uncurated", "", self.lines[line - 1]
        why: Message | str | None = mention.why
        here = [one for one in self.placed.get(line, ()) if _overlap(one, mention)]
        if covering := [one for one in here if self._covers(one, mention)]:
            shown = [one for one in covering if one.state == "changed"] or covering
            state, why = shown[0].state, shown[0].why
            figure = _ids(shown) if state != "excused" else ""
            begin, end = mention.start, mention.end
            around = f"{text[max(begin - NEAR, 0) : begin]}#{text[begin:end]}#{text[end:][:NEAR]}"
            for one in shown:
                if denied := one.entry.denied_by(mention.direction, around):
                    state, why = "changed", denied
        elif here:
            figure = _ids(here)
            why = Message("{figures} says only a part of it", figures=figure)
        elif mention.quantity and (figure := self._repeats.get(_key(mention.quantity), "")):
            state = "repeat"
        context = _context(text, mention.start, mention.end)
        return Scanned(line, mention, context, state, figure or None, why)

    @cached_property
    def _repeats(self) -> dict[object, str]:
        """Meaning of a figure with enough digits → its id."""
        vanished = {one.figure for one in self.vanished}
        quantities = {one.id: self.read(one) for one in self.entries
                      if one.reason is None and one.id not in vanished}  # fmt: skip
        return {_key(one): id for id, one in reversed(quantities.items()) if is_telling(one)}


def is_telling(quantity: Quantity | None) -> bool:
    """Whether a number has so many digits that an equal one is hardly another fact."""
    if quantity is None or isinstance(quantity.value, str):
        return False
    return len(quantity.value.normalize().as_tuple().digits) >= TELLING_DIGITS


def _overlap(one: Placed | Mention, other: Placed | Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _ids(placed: Iterable[Placed]) -> str:
    return " ".join(dict.fromkeys(one.entry.id for one in placed))


def _key(quantity: Quantity | None) -> object:
    """What is equal in quantities of one meaning and digits; a rate may lack its time."""
    if quantity is None:
        return None
    base, digits = quantity.unit.base.partition("/")[0], str(quantity.parts or quantity.value)
    return digits, quantity.base_value, quantity.base_value_to, base, quantity.bound


def _unit(quantity: Quantity | None) -> tuple[str, int] | None:
    """The unit of a number without its time, and the precision of a date."""
    return (quantity.unit.id.partition("/")[0], len(quantity.edtf or "")) if quantity else None


def _context(line: str, start: int, end: int) -> str:
    width = 26 if line[max(start - 4, 0) : end + 4].isascii() else 12
    begin, stop = max(start - width, 0), end + width
    return f"{'…' * (begin > 0)}{line[begin:stop].strip()}{'…' * (stop < len(line))}"
