"""Number mentions of an article against the curated figures: what was missed, what is stray."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .catalogue import Message, Told
from .errors import CannotRead
from .exact import plain
from .models import Figure
from .numerals import NUMERAL
from .qualifiers import fold
from .quantity import Quantity
from .reading import Mention, Reader


@dataclass(frozen=True, slots=True)
class Scanned:
    """A number mention, or a figure that does not stand where it says.

    `state` is curated, excused, uncurated or stray; `figure` the id of the curated figure (several
    set apart by spaces); `why` the reason for an excused one or one that names no number.
    `line` and `column` count from 1.
    """

    line: int
    column: int
    printed: str
    quantity: Quantity | None
    state: str
    figure: str | None
    why: Told | None = None


@dataclass(frozen=True, slots=True)
class Excused:
    """Words that hold a number and are no figure."""

    printed: str
    reason: Told


@dataclass(slots=True)
class Curated:
    """What is known of a source: figures and excused words by line, the year it speaks from."""

    figures: dict[int, list[Figure]] = field(default_factory=dict)
    excused: dict[int, list[Excused]] = field(default_factory=dict)
    year: int | None = None

    @property
    def periods(self) -> dict[str, str]:
        """Each day, month or year that a period begins or ends with → a figure of it."""
        ends: dict[str, str] = {}
        for figures in self.figures.values():
            for figure in figures:
                for end in (figure.period or "").split("/"):
                    ends.setdefault(end, figure.id)
        return ends


def scan(
    text: str, reader: Reader, known: Curated, progress: Callable[[int], None] | None = None
) -> Iterator[Scanned]:
    """Every mention of `text` in order, then the strays."""
    periods = known.periods
    found_at: set[str] = set()
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if progress:
            progress(number)
        figures = known.figures.get(number, [])
        excused = known.excused.get(number, [])
        scanned, standing = _line(number, line, reader, known.year, figures, excused, periods)
        found_at |= standing
        yield from scanned
    for number, figures in known.figures.items():
        for figure in figures:
            if figure.id not in found_at:
                quantity = _read(reader, figure.printed, known.year)
                yield Scanned(number, 0, figure.printed, quantity, "stray", figure.id)


def _line(
    number: int,
    line: str,
    reader: Reader,
    year: int | None,
    figures: list[Figure],
    excused: list[Excused],
    periods: dict[str, str],
) -> tuple[list[Scanned], set[str]]:
    """The mentions of one line, and the ids of the figures that stand on it."""
    mentions = list(reader.find(line, year))
    if not (mentions or figures):
        return [], set()
    excuses = [(span, one) for one in excused for span in _occurrences(line, one.printed)]
    spans: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for figure in figures:
        for span in _occurrences(line, figure.printed):
            if not any(_overlap(span, other) for other, _ in excuses):
                spans[span].append(figure.id)

    def says(mention: Mention, span: tuple[int, int]) -> bool:
        """Whether what was curated is all of a mention: 近1.5亿元 says more than 1.5亿元."""
        start, end = span
        if start <= mention.start and mention.end <= end:
            return True
        # 达8.08亿元 says no more than 8.08亿元.
        return mention.quantity is not None and mention.quantity == _read(
            reader, line[start:end], year
        )

    scanned = [_judged(number, mention, excuses, spans, periods, says) for mention in mentions]
    for (start, end), ids in spans.items():
        # Stated zeros and words like 五免 are figures only because a curator says so.
        if not any(_overlap((start, end), (m.start, m.end)) for m in mentions):
            printed = line[start:end]
            quantity = _read(reader, printed, year)
            scanned.append(Scanned(number, start + 1, printed, quantity, "curated", " ".join(ids)))
    scanned.sort(key=lambda one: one.column)
    return scanned, {id for ids in spans.values() for id in ids}


def _judged(
    number: int,
    mention: Mention,
    excuses: list[tuple[tuple[int, int], Excused]],
    spans: dict[tuple[int, int], list[str]],
    periods: dict[str, str],
    says: Callable[[Mention, tuple[int, int]], bool],
) -> Scanned:
    own = (mention.start, mention.end)

    def as_(state: str, figure: str | None = None, why: Told | None = None) -> Scanned:
        return Scanned(
            number, mention.start + 1, mention.printed, mention.quantity, state, figure, why
        )

    for span, one in excuses:
        if _overlap(span, own):
            return as_("excused", why=one.reason)
    there = [(span, found) for span, found in spans.items() if _overlap(span, own)]
    figures = " ".join(id for span, found in there if says(mention, span) for id in found)
    if figures:
        return as_("curated", figures)
    if there:
        figures = " ".join(id for _, found in there for id in found)
        return as_("uncurated", figures, Message("scan.in_part", figures=figures))
    value = mention.quantity.value if mention.quantity else None
    if isinstance(value, str) and value in periods:
        return as_("curated", periods[value], Message("scan.its_period"))
    return as_("uncurated", why=mention.why)


def _read(reader: Reader, printed: str, year: int | None) -> Quantity | None:
    try:
        return reader.read(printed, year, year)
    except CannotRead:
        return None


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


_DIGITS = frozenset("0123456789" + NUMERAL)


def _occurrences(line: str, printed: str) -> list[tuple[int, int]]:
    """Where `printed` stands on a line; never within a longer number (9项 in 119项)."""
    found, folded = [], fold(line)
    at = line.find(printed)
    while at >= 0:
        end = at + len(printed)
        cuts_before = at and folded[at] in _DIGITS and folded[at - 1] in _DIGITS | {"."}
        cuts_after = (
            end < len(line) and folded[end - 1].isdecimal() and folded[end] in _DIGITS | {"."}
        )
        if not (cuts_before or cuts_after):
            found.append((at, end))
        at = line.find(printed, at + 1)
    return found


def stubs_of(scanned: list[Scanned], columns: list[str]) -> list[list[str]]:
    """Rows for figures.csv from the uncurated mentions, as far as the print tells them."""
    rows: list[list[str]] = []
    for one in scanned:
        if one.state != "uncurated" or one.quantity is None:
            continue
        said = one.quantity
        for value in said.parts or (said.value,):
            cells = {
                "id": f"N{len(rows) + 1:03d}",
                "value": plain(value),
                "value_to": plain(said.value_to),
                "unit": said.unit.id or ("份" if said.parts else ""),
                "bound": str(said.bound),
                "period_kind": "undated",
                "status": "measured",
                "line": str(one.line),
                "printed": one.printed,
            }
            rows.append([cells.get(column, "") for column in columns])
    return rows
