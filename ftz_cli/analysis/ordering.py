"""Figures in the order that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..model.figure import Figure
from ..quantities.edtf import newest


def ordered(figures: Iterable[Figure], sort: str) -> list[Figure]:
    """Figures by value, the largest first, by period, the newest first, or by zone."""
    if sort == "zone":
        return sorted(figures, key=lambda one: one.zone)
    if sort == "period":
        return sorted(figures, key=lambda one: newest(one.date or one.period), reverse=True)
    # Levels come first, then what most figures have.
    figures = list(figures)
    kinds = [kind for kind, _ in Counter(map(kind_of, figures)).most_common()]
    kinds.sort(key=lambda kind: kind[0] != "level")

    def key(one: Figure) -> tuple[int, object]:
        value = one.base_value or 0
        # The first in rank is the best; dates go from the earliest on.
        least_first = one.date or (value if one.base_unit == "rank" else None)
        return kinds.index(kind_of(one)), -value if least_first is None else least_first

    return sorted(figures, key=key)


def kind_of(figure: Figure) -> tuple[str, str]:
    """What values have in common that can be in one order: measure and unit, 家 for 万家."""
    return figure.measure, figure.base_unit + figure.unit.lstrip("十百千万亿")
