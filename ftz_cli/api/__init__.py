"""The library: open the dataset, then ask it what a command can answer, without a terminal.

>>> from ftz_cli.api import open_dataset
>>> with open_dataset() as data:
...     answer = data.look_up("Chongzuo cross-border e-commerce 2021")
...     comparison = data.compare("chongzuo", "youyiguan")
>>> best = answer.figures[0]
>>> best.printed, best.base_value, best.base_unit
('23.78亿元', Decimal('2378000000.00'), 'CNY')
>>> best.low, best.high
(Decimal('2377500000'), Decimal('2378500000'))
>>> [row.metric.name_en for row in comparison.rows]
['Rank by Foreign Trade']
"""

from __future__ import annotations

from .dataset import (
    SORTS,
    Dataset,
    FigureFilters,
    load,
    open_dataset,
    open_for_completion,
)

__all__ = [
    "SORTS",
    "Dataset",
    "FigureFilters",
    "load",
    "open_dataset",
    "open_for_completion",
]
