"""Commands that compare what was published, and audit it."""

from typing import Annotated

import typer

from ..model.errors import FaultFound
from .completion import names_of
from .options import InPeriod, Limit, Reading, joined

# Each command imports what only it needs: start-up would pay for all of it.


def compare(
    run: Reading,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME…",
            help="Initiatives, or zones.",
            autocompletion=names_of("initiative", "zone"),
        ),
    ],
    like: Annotated[bool, typer.Option("--like", help="Add those most like the first.")] = False,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            "--metric",
            metavar="NAME",
            help="Only this metric; may be repeated.",
            autocompletion=names_of("metric"),
        ),
    ] = None,
    period: InPeriod = None,
    all: Annotated[bool, typer.Option("--all", help="Rows with a single value too.")] = False,
) -> None:
    """Compare initiatives, or zones, side by side.

    Example: ftz compare 首贷服务中心 财智服务平台 汇率保
    """
    from ..output.comparison_view import comparison_view

    with run.dataset() as data:
        run.show(
            comparison_view(
                data.compare(*names, like=like, metrics=metric or (), period=period, all=all)
            )
        )


def audit(
    run: Reading,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS|ID]…",
            help="Only the claims on these figures.",
            autocompletion=names_of("claim"),
        ),
    ] = None,
    limit: Limit = None,
) -> None:
    """Recompute what follows from what, and hold sources beside each other.

    Example: ftz audit 跨境电商
    """
    from ..analysis.findings import Verdict
    from ..output.audit_view import audit_view, finding_card

    with run.dataset() as data:
        findings = data.audit(joined(words))
        if len(findings) == 1:
            run.show(finding_card(findings[0]))
        else:
            run.show(audit_view(run.first(findings, limit, "audit")))
    if any(finding.verdict is Verdict.INCONSISTENT for finding in findings):
        raise FaultFound()
