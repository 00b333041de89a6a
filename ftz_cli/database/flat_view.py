"""The view figures_flat: every figure with its names and plain numbers, for other programs."""

from __future__ import annotations

from ..model.measures import MEASURES


def _label(column: str, which: int) -> str:
    """The label of metric and measure, as model.measures writes it."""
    cases = " ".join(
        f"when '{measure}' then replace('{labels[which]}', '{{}}', {column})"
        for measure, labels in MEASURES.items()
    )
    return f"case f.measure {cases} end"


# Double, not real: DuckDB reads the view in its own dialect, where a real has seven digits. To
# fifteen digits, which a float keeps: 2077.68 times 10^8 is not quite whole in binary.
def _in_base(column: str) -> str:
    product = f"cast({column} as double) * cast(u.factor as double)"
    return f"case when u.base <> 'date' then cast(printf('%.15g', {product}) as double) end"


# The fields of a figure in JSON, but for its meaning in words. Numbers are numbers here; the exact
# decimals are the text in `figures`.
FLAT_VIEW = f"""
create view figures_flat as
select f.id,
       f.zone, z.name_zh as zone_zh, z.name_en as zone_en,
       f.initiative, i.name_zh as initiative_zh, i.name_en as initiative_en,
       f.metric, {_label("m.name_zh", 0)} as metric_zh, {_label("m.name_en", 1)} as metric_en,
       f.measure, f.scope, f.scope_en,
       case when u.base <> 'date' then cast(f.value as double) end as value,
       case when u.base <> 'date' then cast(f.value_to as double) end as value_to,
       case when u.base = 'date' then f.value || coalesce('/' || f.value_to, '') end as date,
       f.unit,
       {_in_base("f.value")} as base_value,
       case when f.value_to is not null then {_in_base("f.value_to")} end as base_value_to,
       u.base as base_unit,
       cast(f.low as double) as low, cast(f.high as double) as high, f.bound,
       f.period, f.base_period, f.period_kind, f.status,
       coalesce(s.parent, s.id) as source, f.article, f.line, coalesce(s.url, d.url) as url,
       f.printed, coalesce(f.note_en, f.note_zh) as note
from figures f
join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative
join metrics m on m.id = f.metric
join units u on u.id = f.unit
join sources s on s.id = f.article
left join sources d on d.id = s.parent;
"""
FLAT_COLUMNS = (
    "id", "zone", "zone_zh", "zone_en", "initiative", "initiative_zh", "initiative_en",
    "metric", "metric_zh", "metric_en", "measure", "scope", "scope_en", "value", "value_to",
    "date", "unit", "base_value", "base_value_to", "base_unit", "low", "high", "bound", "period",
    "base_period", "period_kind", "status", "source", "article", "line", "url", "printed", "note",
)  # fmt: skip
