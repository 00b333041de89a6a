"""The arithmetic of the sources, recomputed from printed figures and judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..language import Message
from ..model.claims import Claim, Dimension, missing_column, unit_mismatch
from ..model.figure import Figure
from ..model.named import Zone
from ..quantities import Interval
from .agreement import agreement_finding, agreements
from .derived_claims import derived_claims
from .findings import Finding, Reading, Verdict
from .relations import ANY, Recomputed, days, meaning, printed, recompute


def findings(
    claims: Sequence[Claim], figures: Collection[Figure], zones: Iterable[Zone]
) -> list[Finding]:
    """All that can be judged: stated claims, claims that the columns make, and agreement."""
    stated = {(claim.figure.id, claim.relation) for claim in claims}
    derived = [
        claim
        for claim in derived_claims(figures, zones)
        if (claim.figure.id, claim.relation) not in stated
    ]
    return audit([*claims, *derived]) + [agreement_finding(one) for one in agreements(figures)]


def audit(claims: Iterable[Claim]) -> list[Finding]:
    """Every claim judged, in order; a claim that has several readings by the kindest of them."""
    return [_finding(claim) for claim in claims]


def _finding(claim: Claim) -> Finding:
    ordered = claim.relation == "order"
    own = days(claim.figure) if ordered else meaning(claim.figure)
    unit = "date" if ordered else claim.figure.base_unit
    reason = _uncomputable_reason(claim)
    if reason is None:
        try:
            readings = tuple(_reading(claim, own, found) for found in recompute(claim))
        except ZeroDivisionError:
            reason = Message("The divisor is printed as zero")
    if reason is not None:
        nothing = Reading(Message("not computed"), "", ANY, Verdict.UNDETERMINED)
        return Finding.of(claim, (nothing,), Verdict.UNDETERMINED, reason, unit)
    verdicts = {reading.verdict for reading in readings}
    verdict = next(verdict for verdict in Verdict if verdict in verdicts)
    return Finding.of(claim, readings, verdict, _why(claim, verdict), unit)


def _uncomputable_reason(claim: Claim) -> Message | None:
    """Why a claim can't be computed; None where it can."""
    filled = claim.value is not None, bool(claim.items)
    if missing_column(claim.relation, len(claim.operands), *filled):
        return Message("What it needs is not printed")
    own, *others = (
        Dimension(figure.base_unit, figure.unit_kind) for figure in (claim.figure, *claim.operands)
    )
    if unit_mismatch(claim.relation, own, others):
        return Message("The units do not fit the relation")
    return None


def _reading(claim: Claim, own: Interval, found: Recomputed) -> Reading:
    published = found.stated or own
    if found.allowed is None or claim.relation == "implied_earlier":
        verdict = Verdict.UNDETERMINED
    elif not (published.inside if found.whole else published.meets)(found.allowed):
        verdict = Verdict.INCONSISTENT
    elif _agrees(claim, published, found):
        verdict = Verdict.CONSISTENT
    else:
        verdict = Verdict.BY_ROUNDING
    return Reading(found.name, found.formula, found.allowed or ANY, verdict)


def _agrees(claim: Claim, published: Interval, found: Recomputed) -> bool:
    """Whether the printed values alone agree, without the rounding of the operands."""
    at = found.at_printed
    if at is None:
        return True
    if found.whole:
        return published.inside(at)
    if found.limit and found.stated is None:
        return at.meets(printed(claim.figure))
    return at.meets(published)


def _why(claim: Claim, verdict: Verdict) -> Message:
    if verdict is Verdict.INCONSISTENT:
        if len({one.source for one in (claim.figure, *claim.operands)}) > 1:
            return Message("No values that the printed digits allow give it; the sources differ")
        return Message("No values that the printed digits allow give it")
    if verdict is Verdict.BY_ROUNDING:
        return Message("Holds only because the operands were rounded when printed")
    if verdict is Verdict.UNDETERMINED:
        if claim.relation == "implied_earlier":
            return Message("A value that the source does not print")
        return Message("What it needs is not printed")
    if claim.relation in ("count", "parts", "names_some"):
        return Message("The names fit the count")
    if claim.relation in ("part_of", "at_most", "within", "holds_sum", "mean_at_most", "order"):
        return Message("The order holds")
    return Message("The printed values give it")
