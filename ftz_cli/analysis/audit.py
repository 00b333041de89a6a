"""The arithmetic of the sources, recomputed from printed figures and judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..language import Message
from ..model.claims import Claim
from ..model.figure import Figure
from ..model.named import Zone
from ..quantities import Interval
from .agreement import agreement_finding, agreements
from .derived_claims import derived_claims
from .findings import Finding, Reading, Verdict
from .relations import ANY, MISSING, Recomputed, days, meaning, printed, recompute
from .relations import uncomputable_reason as uncomputable


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
    own = days(claim.figure) if claim.relation == "order" else meaning(claim.figure)
    unit = "date" if claim.relation == "order" else claim.figure.base_unit
    reason = uncomputable(claim)
    if reason is None:
        try:
            readings = tuple(_reading(claim, own, found) for found in recompute(claim))
        except ZeroDivisionError:
            reason = Message("The divisor is printed as zero")
    if reason is not None:
        nothing = Reading(Message("not computed"), "", ANY, Verdict.UNDETERMINED)
        return Finding(claim, (nothing,), Verdict.UNDETERMINED, reason, unit)
    verdict = _kindest(readings)
    return Finding(claim, readings, verdict, _why(claim, verdict), unit)


def _kindest(readings: Iterable[Reading]) -> Verdict:
    """The best verdict that any reading has."""
    verdicts = {reading.verdict for reading in readings}
    return next(verdict for verdict in Verdict if verdict in verdicts)


def _reading(claim: Claim, own: Interval, found: Recomputed) -> Reading:
    verdict = _verdict(claim, own, found)
    return Reading(found.name, found.formula, found.allowed or ANY, verdict)


def _verdict(claim: Claim, own: Interval, found: Recomputed) -> Verdict:
    if found.allowed is None or claim.relation == "implied_earlier":
        return Verdict.UNDETERMINED
    published = found.stated or own
    if not (published.inside if found.whole else published.meets)(found.allowed):
        return Verdict.INCONSISTENT
    return Verdict.CONSISTENT if _agrees(claim, published, found) else Verdict.BY_ROUNDING


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
    match verdict:
        case Verdict.INCONSISTENT if len({f.source for f in (claim.figure, *claim.operands)}) > 1:
            return Message("No values that the printed digits allow give it; the sources differ")
        case Verdict.INCONSISTENT:
            return Message("No values that the printed digits allow give it")
        case Verdict.BY_ROUNDING:
            return Message("Holds only because the operands were rounded when printed")
        case Verdict.UNDETERMINED if claim.relation == "implied_earlier":
            return Message("A value that the source does not print")
        case Verdict.UNDETERMINED:
            return MISSING
    return _CONSISTENT.get(claim.relation, Message("The printed values give it"))


_ORDER = Message("The order holds")
_COUNTED = Message("As many are named as are counted")
_CONSISTENT = {
    "count": _COUNTED,
    "parts": _COUNTED,
    "names_some": Message("No more are named than are counted"),
} | dict.fromkeys(("part_of", "at_most", "within", "holds_sum", "mean_at_most", "order"), _ORDER)
