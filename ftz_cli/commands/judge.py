"""Comparing and checking: compare, audit."""

from typing import Annotated

import typer

from ..options import Session, completing, reads


@reads
def compare(
    session: Session,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME NAME…",
            help="Initiatives, or zones.",
            autocompletion=completing("initiative", "zone"),
        ),
    ],
    metric: Annotated[
        str | None, typer.Option("--metric", metavar="NAME", help="Only this metric's row.")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Rows with a single value too.")] = False,
) -> None:
    """Lay initiatives (or zones) side by side.

    Example: ftz compare 首贷服务中心 财智服务平台 汇率保
    """
    from .. import beside
    from ..catalogue import Message
    from ..render import views

    compared = session.data.compare(*names, metric=metric, all=all)
    if not compared.rows:
        key = "compare.no_figures" if all or metric else "compare.nothing"
        session.tell(Message(key, listed=beside.told(compared)))
    session.show(views.comparison(compared))


@reads
def audit(
    session: Session,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS|ID]", help="Only these claims.")
    ] = None,
) -> None:
    """Recompute what the source says follows from what.

    Example: ftz audit 跨境电商
    """
    from ..audit import Verdict
    from ..catalogue import Message
    from ..errors import FaultFound
    from ..render import views
    from ..text import shown

    text = " ".join(words or ())
    findings = session.data.audit(text)
    if [finding.claim.id for finding in findings] == [text]:
        session.show(views.finding(findings[0]))
    else:
        if text and not findings:
            session.tell(Message("find.no_claim", text=shown(text)))
        session.show(views.audit(findings))
    if any(finding.verdict is Verdict.INCONSISTENT for finding in findings):
        raise FaultFound()
