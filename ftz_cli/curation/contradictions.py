"""What the clause of a number says that is not what its figure was curated with."""

from __future__ import annotations

from ..language import Message
from ..model.figure import Figure
from ..model.measures import SIGNED
from ..quantities.edtf import canonical
from ..quantities.mention import Mention
from .proposals import Proposal, Proposer


def contradiction(
    figure: Figure, mention: Mention, made: Proposal, line: str, proposer: Proposer
) -> Message | None:
    """The first thing that the clause itself says otherwise; nothing where none is.

    Compared are rate, direction, zone, scope and periods. What only follows from the words before
    is not, nor is the metric: there the proposal may be wrong.
    """
    _, _, rate = figure.base_unit.partition("/")
    if rate != made.rate and (rate or "/" in made.base):
        return _curated_with("unit", figure.unit)
    down = figure.value is not None and figure.value < 0
    signed = figure.measure in SIGNED and figure.value
    if mention.direction and (signed or figure.measure == "multiple"):
        if (mention.direction == "down") != down:
            return Message("curated in the other direction")
    elif signed:
        return _curated_with("measure", figure.measure)
    if "zone" in made.sure and made.zone != figure.zone and not proposer.names(figure.zone, line):
        return _curated_with("zone", figure.zone)
    if figure.scope and not figure.scope_kind and figure.scope not in line:
        return _curated_with("scope", figure.scope)
    for column in ("period", "base_period"):
        curated, said = getattr(figure, column) or "", canonical(getattr(made, column))
        if column in made.sure and said != curated:
            return _curated_with(column, curated)
    return None


def _curated_with(column: str, value: str) -> Message:
    return Message("curated with {column}: {value}", column=column, value=value or Message("none"))
