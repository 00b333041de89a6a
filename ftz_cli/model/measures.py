"""What of its metric a figure gives, and the label that both make together."""

from __future__ import annotations

# Measure → label in Chinese and English; {} is the metric's name.
MEASURES = {
    "level": ("{}", "{}"),
    "growth": ("{}增幅", "Growth of {}"),
    "change": ("{}变化量", "Change in {}"),
    "multiple": ("{}增长倍数", "Multiple of {}"),
    "rank": ("{}排名", "Rank by {}"),
    "share": ("{}占比", "Share of {}"),
}
# Measures whose sign is a direction: a fall is negative.
SIGNED = frozenset({"growth", "change"})
# Measures that compare with an earlier period, and their relation to the levels of both.
COMPARING = {"growth": "growth", "change": "difference", "multiple": "multiple"}
# Measures that say of what, or among whom.
SCOPED = frozenset({"share", "rank"})


def label(name: str, measure: str, lang: str) -> str:
    """The label of a metric's measure: Growth of Foreign Trade, 外贸进出口总额增幅."""
    return MEASURES[measure][lang == "en"].format(name)
