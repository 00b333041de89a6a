"""The curator's bench as people see it: mentions, problems, faults, free SQL, the overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..catalogue import say, word
from ..exact import plain
from ..quantity import DATE_UNIT, Quantity
from .draw_names import source_table
from .formats import told
from .view import ANCHOR, Column, Drawing, Head, Line, Lines, Notice, Notices, Table

if TYPE_CHECKING:
    from ..faults import Fault, Problem
    from ..scan import Scanned
    from ..things import Source

# The sign carries the state where colour does not.
_STATES = {
    "curated": ("✓", "green"),
    "excused": ("○", "dim"),
    "uncurated": ("✗", "bold red"),
    "stray": ("✗", "bold red"),
}


def scanned(mentions: Sequence[Scanned], lang: str) -> Drawing:
    """Each mention with its place, state, and the figure or reason that answers for it."""
    states: list[list[Line]] = []
    for one in mentions:
        sign, style = _STATES.get(one.state, ("?", "yellow"))
        states.append([(f"{sign} {word('state', one.state, lang)}", style)])
    columns = [
        Column(say("heading.place", lang), [f"{m.line}:{m.column}" for m in mentions],
               style="dim", worth=ANCHOR),
        Column(say("heading.printed", lang), [m.printed for m in mentions], ("printed",), "cyan",
               right=True, worth=90),
        Column(say("heading.read", lang), [_read(m.quantity, lang) for m in mentions], worth=70),
        Column(say("heading.state", lang), states, worth=85),
        Column(say("heading.figure", lang), [m.figure or "" for m in mentions], ("figure",),
               worth=80),
        Column(say("heading.why", lang),
               [m.why.told(lang) if m.why else "" for m in mentions], wraps=True, worth=50),
    ]  # fmt: skip
    drawing = Drawing(say("title.scanned", lang))
    drawing.parts.append(Table(columns, "", say("empty.scanned", lang)))
    counts: list[Line] = []
    for state, (sign, style) in _STATES.items():
        count = sum(one.state == state for one in mentions)
        if count:
            told = word("state", state, lang)
            counts.append((f"{'   ' if counts else ''}{sign} ", style))
            counts.append((say("counted.mentions", lang, count=count, state=told), ""))
    if counts:
        drawing.parts.append(Lines([counts], wraps=True, indent=2, apart="   "))
    return drawing


def _read(said: Quantity | None, lang: str) -> str:
    """What the grammar reads in a mention: bound, value, unit; nothing where it reads no number."""
    if said is None:
        return ""
    value = ":".join(map(plain, said.parts)) if said.parts else plain(said.value)
    if said.value_to is not None:
        value += f"–{plain(said.value_to)}"
    unit = "" if said.unit.id == DATE_UNIT else said.unit.id
    bound = "" if said.bound in ("exact", "range") else word("bound", said.bound, lang)
    between = " " if bound and lang == "en" else ""
    return f"{bound}{between}{value}{unit}"


def problems(found: Sequence[Problem], lang: str) -> Drawing:
    """`path:line:column: CODE message`, the excerpt, and the help."""
    if not found:
        return Drawing(
            say("title.problems", lang), [Lines([[(say("empty.problems", lang), "green")]])]
        )
    notices = [
        Notice(
            [(f"{one.place}: ", "bold"), (f"{one.code} ", "bold red"),
             (one.message.told(lang), "")],
            one.excerpt, one.column, say("problem.help", lang),
            one.help.told(lang) if one.help else "",
        )
        for one in found
    ]  # fmt: skip
    return Drawing(say("title.problems", lang), [Notices(notices)])


def faults(kinds: Sequence[Fault], lang: str) -> Drawing:
    """The codes with what each means and an example."""
    columns = [
        Column(say("heading.code", lang), [f.code for f in kinds], ("code",), "bold", worth=ANCHOR),
        Column(say("heading.fault", lang), [f.name.told(lang) for f in kinds], ("name",), worth=90),
        Column(say("heading.description", lang), [f.description.told(lang) for f in kinds],
               ("description",), wraps=True, worth=80),
        Column(say("heading.example", lang), [f.example.told(lang) for f in kinds], ("example",),
               "dim", wraps=True, worth=40, labelled=True),
    ]  # fmt: skip
    table = Table(columns, "", say("empty.faults", lang))
    return Drawing(say("title.faults", lang), [table])


def rows(fields: Sequence[str], found: Sequence[Sequence[Any]], room: str, lang: str) -> Drawing:
    """Rows of free SQL, or of chosen fields; the leftmost columns are worth most.

    The columns of a schema stand under their table, each with a description that may be folded.
    """
    schema = room == "schema"
    columns = [
        Column(
            word(room, name, lang),
            [told(row[at]) for row in found],
            (name,),
            right=bool(found) and all(isinstance(row[at], (int, float)) for row in found),
            wraps=schema and name == "description",
            worth=ANCHOR if at == 0 else max(ANCHOR - 1 - at, 0),
            labelled=not schema or name != "description",
            heads=schema and name == "table",
        )
        for at, name in enumerate(fields)
    ]
    table = Table(columns, "", say("empty.rows", lang))
    return Drawing(say("title.rows", lang), [table])


def overview(
    counts: Mapping[str, int], sources: Sequence[Source], database: str,
    commands: Sequence[str], lang: str,
) -> Drawing:  # fmt: skip
    """What there is, where it comes from, and what to type next."""
    join = " · "
    held = join.join(say(f"counted.{name}", lang, count=count) for name, count in counts.items())
    head = Head("ftz", say("overview.tagline", lang), [
        (say("overview.holds", lang), held),
        (say("overview.database", lang), database),
    ])  # fmt: skip
    tries: list[list[Line]] = [[(say("overview.try", lang), "dim")]]
    shown = commands or [say(f"try.{name}", lang) for name in ("metric", "compare", "audit")]
    tries += [[("  " + command, "bold")] for command in shown]
    drawing = Drawing("ftz", [head, source_table(sources, lang), Lines(tries)])
    return drawing
