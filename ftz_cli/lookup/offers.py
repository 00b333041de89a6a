"""What a series is of that words ask for: measures, kinds of value and place, units."""

from .candidates import Series

# Zones that are many places, or the country.
OF_MANY = frozenset({"cohort", "country"})
# What else answers a word that asks for a measure, a kind of value or a kind of zone.
SERVING = {
    "growth": ("multiple", "change"),
    "change": ("growth",),
    "multiple": ("growth",),
    "pilot_zone": ("area", "cohort"),
    "development_zone": ("district",),
    "ability": ("capacity", "design"),
    "age": ("duration",),
    "share": ("weight",),
    "size": ("area", "capacity", "money"),
    "target": ("design",),
    "value": ("money",),
}
# "By what percentage did it grow" asks for a growth, and not for a share.
GROWTH = frozenset({"growth"})
# Measures in the units of the metric; shares, ranks and multiples have units of their own.
OF_UNIT = frozenset({"level", "change"})
# Kinds of metric or unit that only answer a word for that kind. "How many" is a word for none of
# them, so any other kind answers it.
EXACT = frozenset((
    "date", "duration", "length", "area", "volume", "money", "mass", "share", "weight", "price",
    "ability", "revenue",
))  # fmt: skip
OF_TIME = frozenset({"date", "duration"})
# Kinds of metric for which there is a word of that kind alone, e.g. 面积.
OF_THINGS = frozenset({"area", "length", "volume", "mass", "price", "revenue"})
# Characters of scales, which may stand before a unit: 万 of 万人次.
SCALES = "十百千万亿"
# A time in these units is a mean of many cases, even where nothing says so.
OF_CASES = frozenset({"day", "h", "min", "s"})
# Kinds that do not answer a word: "how many" asks for no money, a value for no count.
UNLIKE = {
    "count": ("share", "money", "area", "length", "size", "mass"),
    "quantity": ("share", "weight"),
    "value": ("count", "share", "area", "mass", "volume", "length"),
    "rate": ("count", "money", "area", "length", "mass", "volume", "date", "duration"),
    "revenue": ("count", "share", "area"),
    "size": ("count", "share"),
}


def serve(targets: frozenset[str], offered: set[str]) -> bool:
    """Whether what is offered serves for what a word asks for."""
    return any(offered.intersection((one, *SERVING.get(one, ()))) for one in targets)


def offered_by(series: Series, *, measured: bool, of_initiative: bool) -> dict[str, set[str]]:
    """What a series has of that which words ask for, by their roles.

    `measured` says that a measure is asked for, `of_initiative` that its initiative is named.
    """
    measures = {series.measure} | ({series.kind} if series.measure == "level" else set())
    of_cases = series.unit_base in OF_CASES or (
        series.kind == "duration" and series.measure != "level"
    )
    means = {turn for turn, is_so in (
        ("each", "/" in series.unit and not series.is_extreme),
        ("mean", series.is_mean or (of_cases and not series.is_extreme)
         or (measured and series.measure == "growth")),
        ("annual", series.measure == "growth"),
        ("sum", series.zone_kind in OF_MANY),
    ) if is_so}  # fmt: skip
    means.update(series.unit.split("/")[1:])
    return {
        "measure": measures,
        "change": measures,
        "status": {series.status},
        "turn": means,
        "each_year": {""},
        "place_kind": {series.zone_kind} | ({series.scope_kind} if measured else set()),
        "initiative_kind": {""} if of_initiative else set(),
    }
