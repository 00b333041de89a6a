"""The columns of a figure with its names: those of the library's models, and of the flat view."""

from __future__ import annotations

from ..model.measures import MEASURES


def _label(name: str, which: int) -> str:
    """The label of metric and measure, as model.measures writes it."""
    cases = " ".join(
        f"when '{measure}' then replace('{labels[which]}', '{{}}', {name})"
        for measure, labels in MEASURES.items()
    )
    return f"case f.measure {cases} end"


def _number(cell: str) -> str:
    # Double, not real: DuckDB reads the view in its own dialect, where a real has seven digits.
    return f"case when u.base <> 'date' then cast({cell} as double) end"


def _in_base(cell: str) -> str:
    # To fifteen digits, which a float keeps: 2077.68 times 10^8 is not quite whole in binary.
    product = f"cast({cell} as double) * cast(u.factor as double)"
    printed = f"cast(printf('%.15g', {product}) as double)"
    return f"case when u.base <> 'date' and {cell} is not null then {printed} end"


SOURCE = """
figures f
join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative
join metrics m on m.id = f.metric
join units u on u.id = f.unit
join sources s on s.id = f.article
left join sources d on d.id = s.parent
left join zones o on o.id = f.scope
"""
# The fields of a figure in JSON, but for its meaning in words. Numbers are numbers here; the exact
# decimals are the text in `figures`.
FLAT = "figures_flat"
FLAT_COLUMNS = {
    "id": "f.id", "zone": "f.zone", "zone_zh": "z.name_zh", "zone_en": "z.name_en",
    "initiative": "f.initiative", "initiative_zh": "i.name_zh", "initiative_en": "i.name_en",
    "metric": "f.metric", "metric_zh": _label("m.name_zh", 0), "metric_en": _label("m.name_en", 1),
    "measure": "f.measure", "scope": "f.scope",
    "scope_en": "coalesce(f.scope_en, o.name_en)",
    "value": _number("f.value"), "value_to": _number("f.value_to"),
    "date": "case when u.base = 'date' then f.value || coalesce('/' || f.value_to, '') end",
    "unit": "f.unit", "base_value": _in_base("f.value"), "base_value_to": _in_base("f.value_to"),
    "base_unit": "u.base", "low": _number("f.low"), "high": _number("f.high"), "bound": "f.bound",
    "period": "f.period", "base_period": "f.base_period", "period_kind": "f.period_kind",
    "status": "f.status", "source": "coalesce(d.id, s.id)", "article": "f.article",
    "line": "f.line", "url": "coalesce(s.url, d.url)", "printed": "f.printed",
    "note": "coalesce(f.note_en, f.note_zh)",
}  # fmt: skip
# The fields of model.figure.Figure; what has exact decimals is text, and read in Python.
FIGURE_COLUMNS = FLAT_COLUMNS | {
    "value": "f.value", "value_to": "f.value_to", "base_value": "null", "base_value_to": "null",
    "low": "f.low", "high": "f.high", "low_open": "f.low_open", "high_open": "f.high_open",
    "source_kind": "coalesce(d.kind, s.kind)", "note_en": "f.note_en", "note_zh": "f.note_zh",
    "metric_kind": "m.kind", "unit_zh": "u.name_zh",
    "unit_en": "u.name_en", "unit_kind": "u.kind", "factor": "u.factor", "scope_zh": "o.name_zh",
    "scope_kind": "o.kind",
}  # fmt: skip
del FIGURE_COLUMNS["note"]


def select(columns: dict[str, str]) -> str:
    """The query for some columns of figures, without its conditions."""
    return f"select {', '.join(f'{sql} as {name}' for name, sql in columns.items())} from {SOURCE}"
