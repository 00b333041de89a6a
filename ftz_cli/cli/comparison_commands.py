"""Commands that compare and audit figures."""

from typing import Annotated

import typer

from ..language import Message, shown
from ..output.answers import audit_view
from ..output.records import local
from .options import InPeriod, Listing, Reading, Words, argument, option

Names = Annotated[list[str], argument("Initiatives, or zones.", "NAME…", "initiative", "zone")]
Claims = Annotated[Words, argument("Only the claims on these figures.", "[WORDS|ID]…", "claim")]
Like = Annotated[bool, option("Add those most like the first.", "--like")]
Metrics = Annotated[
    Words, option("Only this metric; may be repeated.", "--metric", "NAME", None, "metric")
]
All = Annotated[bool, option("Show rows with a single value too.", "--all")]

# A command imports inside what only it needs, for a quick start of the others.


def compare(
    run: Reading,
    names: Names,
    like: Like = False,
    metric: Metrics = None,
    period: InPeriod = None,
    all: All = False,
) -> None:
    """Compare initiatives, or zones, side by side.

    Example: ftz compare 首贷服务中心 财智服务平台 汇率保
    """
    from ..output.comparison_view import comparison_view, not_shown

    found = run.data.compare(*names, like=like, metrics=metric or (), period=period, all=all)
    parts = [
        Message("{part} is part of {whole}", part=local(part, "name"), whole=local(whole, "name"))
        for whole in found.columns for part in run.data.zones_within(whole.id)
        if part in found.columns
    ]  # fmt: skip
    run.show(comparison_view(found), [*parts, *not_shown(found, like)])


def audit(run: Listing, words: Claims = None) -> None:
    """Recompute the sources' arithmetic, and compare sources that print the same fact.

    Example: ftz audit 跨境电商
    """
    asked = " ".join(words or ())
    findings = run.data.audit(asked, run.notice)
    text = "no finding for '{words}': it needs figures that imply it, or two sources on one period"
    run.show(audit_view(findings), [] if findings else [Message(text, words=shown(asked))])
    if any(one.at_fault() for one in findings):
        raise typer.Exit(1)
