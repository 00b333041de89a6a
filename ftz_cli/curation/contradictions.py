"""What an article says that is not what a figure was curated with."""

from __future__ import annotations

from ..model.figure import Figure
from ..model.measures import COMPARING, SIGNED
from ..quantities import edtf
from ..quantities.mention import Mention
from .proposals import Proposal, Proposer
from .spoken_periods import month_before

# Kinds of period that sum up to an end.
SUMMED = ("as_of", "cumulative")


def contradicted(
    figure: Figure, mention: Mention, made: Proposal, line: str, proposer: Proposer
) -> str:
    """The first column that the clause, or the text so far, says otherwise; nothing where none is.

    What only follows from the words before is not compared. Of metrics only exports, imports and
    both together are told apart: others may have other names.
    """
    say, clause = proposer.words.say, made.clause
    _, _, rate = figure.base_unit.partition("/")
    if rate != made.rate and (rate or ("/" in made.base and made.rate != "year")):
        return "unit"
    down = figure.value is not None and figure.value < 0
    signed = figure.measure in SIGNED and figure.value
    below_zero = mention.printed.startswith("-")
    if (mention.direction or below_zero) and (signed or figure.measure == "multiple"):
        if (mention.direction == "down" or below_zero) != down:
            return "value"
    elif signed and made.measure != figure.measure:
        return "measure"
    if not proposer.places.may_be_of(figure.zone, made, line[: max(mention.end, 0) or None]):
        return "zone"
    ways = [{way for way in ("exports", "imports", "trade") if say(way, text)}
            for text in (figure.metric_zh, clause)]  # fmt: skip
    if all(len(said) == 1 for said in ways) and ways[0] != ways[1]:
        return "metric"
    scope = "" if figure.scope_kind or line.isascii() else figure.scope or ""
    # Of what a share is stands beside it; 稳居全国首位 names among whom.
    near = clause if figure.measure == "share" else (made.scope or line)
    if not scope.isascii() and scope not in near:
        return "scope"
    aimed, done = say("target", clause), say("so_far", clause)
    if figure.status == "target":
        if made.status != "target" or (done and not aimed):
            return "status"
    elif made.status == "target" and aimed and not done:
        return "status"
    if figure.status == "measured" and made.status in ("capacity", "design"):
        return "status"
    if figure.period and figure.period_kind == "during" and made.period_kind in SUMMED:
        return "period_kind"
    return _other_period(figure, made, proposer)


def _other_period(figure: Figure, made: Proposal, proposer: Proposer) -> str:
    """The column of a period that the clause has otherwise, or that the text does not speak of."""
    period, base = figure.period or "", figure.base_period or ""
    compares = figure.measure in COMPARING
    for column, curated in (("period", period), ("base_period", base))[: 1 + compares]:
        if column in made.sure and edtf.canonical(getattr(made, column)) != curated:
            return column
    last_month, last_year = month_before(period), period and edtf.shifted(period, -1)
    for role, before in (("month_before", last_month), ("year_before", last_year)):
        if (
            base
            and base in {last_month, last_year} - {before}
            and proposer.words.say(role, made.clause)
        ):
            return "base_period"
    if period and not proposer.periods.speaks_of(period):
        return "period"
    known = not base or base in (last_month, last_year) or proposer.periods.speaks_of(base)
    return "" if known else "base_period"
