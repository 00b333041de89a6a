"""The data's own words for kinds, statuses, relations and verdicts, as people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..language import Message, translate
from .view import Line, Lines

# Words that say too little by themselves; all others are shown as they are.
LONGER = {
    ("recognition", "among_first"): Message("among the first"),
    ("recognition", "only"): Message("the only one"),
    ("recognition", "benchmark"): Message("named a benchmark"),
    ("recognition", "reported"): Message("reported upwards"),
    ("relation", "growth"): Message("growth rate"),
    ("relation", "count"): Message("count of a list"),
    ("relation", "names_some"): Message("lists some of them"),
    ("relation", "part_of"): Message("part of a whole"),
    ("relation", "at_most"): Message("no more than another"),
    ("relation", "within"): Message("within a range"),
    ("relation", "mean_at_most"): Message("covers a mean"),
    ("relation", "holds_sum"): Message("covers a sum"),
    ("relation", "sum"): Message("sum of parts"),
    ("relation", "parts"): Message("one part each"),
    ("relation", "times"): Message("multiple of another"),
    ("relation", "order"): Message("order in time"),
    ("relation", "equal"): Message("equal to another"),
    ("relation", "implied_earlier"): Message("implied earlier value"),
    ("relation", "difference"): Message("difference"),
    ("relation", "agreement"): Message("same fact, several sources"),
    ("verdict", "consistent"): Message("consistent"),
    ("verdict", "consistent-by-rounding"): Message("consistent by rounding"),
    ("verdict", "inconsistent"): Message("inconsistent"),
    ("verdict", "undetermined"): Message("undetermined"),
    ("state", "curated"): Message("curated"),
    ("state", "excused"): Message("excused"),
    ("state", "uncurated"): Message("uncurated"),
    ("state", "stray"): Message("stray"),
    ("finding", "claim"): Message("stated"),
    ("finding", "derived"): Message("derived"),
    ("finding", "agreement"): Message("agreement"),
}


# The sign carries a verdict or a state where colour does not.
SIGNS = {
    "consistent": ("✓", "green"),
    "consistent-by-rounding": ("≈", "green"),
    "inconsistent": ("✗", "bold red"),
    "undetermined": ("?", "yellow"),
    "curated": ("✓", "green"),
    "excused": ("○", "dim"),
    "uncurated": ("✗", "bold red"),
    "stray": ("✗", "bold red"),
}


def word(kind: str, value: str) -> str:
    """A word of the data in the language in use: pilot zone, 自贸试验区."""
    longer = LONGER.get((kind, value))
    return str(longer) if longer else translate(value.replace("_", " "))


def signed(kind: str, value: str) -> Line:
    """A verdict or a state with its sign and colour."""
    sign, style = SIGNS[value]
    return f"{sign} {word(kind, value)}", style


def counted(kind: str, values: Iterable[str]) -> Lines:
    """How many there are of each verdict or state: ✓ 3 consistent   ✗ 1 inconsistent."""
    counts = Counter(values)
    line = []
    for value, (sign, style) in SIGNS.items():
        if counts[value]:
            line += [(f"{sign} ", style), (f"{counts[value]:,} {word(kind, value)}   ", "")]
    return Lines([line] if line else [])
