"""Measures: what a figure states about its metric."""

# Measure → label in Chinese and English; {} is the metric's name.
MEASURES = {
    "level": ("{}", "{}"),
    "growth": ("{}增幅", "Growth of {}"),
    "change": ("{}变化量", "Change in {}"),
    "multiple": ("{}增长倍数", "Multiple of {}"),
    "rank": ("{}排名", "Rank by {}"),
    "share": ("{}占比", "Share of {}"),
}
# Measures that are negative for a fall.
SIGNED = frozenset({"growth", "change"})
# Measures of a movement between two periods, with the relation of claims between their levels.
COMPARING = {"growth": "growth", "change": "difference", "multiple": "multiple"}
# Measures that need a scope: of what, or among whom.
SCOPED = frozenset({"share", "rank"})


def label(name: str, measure: str, lang: str) -> str:
    """The label of a metric's measure: Growth of Foreign Trade, 外贸进出口总额增幅."""
    return MEASURES[measure][lang == "en"].format(name)
