"""Figures by the value that a question quotes: 23.78亿, 56%, over 120 km2."""

from ..database import Database, queries
from ..language import join
from ..model.errors import NoAnswer
from ..model.measures import SIGNED
from .asked_periods import falls_in
from .explaining import lacking
from .offers import SCALES
from .question import MEASURE, Question, parse
from .search import search
from .spelling import fold, units_of

# Every figure: its series, period, unit, printed text and amount; and whether it has the value,
# base unit and bound that are quoted.
OF_VALUE = """
select f.id, f.zone, f.initiative, f.metric, f.measure, f.period, f.unit, f.printed,
    cast(f.value as real) * cast(u.factor as real), (:base = '' or u.base = :base)
    and :bound in ('exact', f.bound)
    and abs(abs(cast(f.value as real)) * cast(u.factor as real) - :value) <= 1e-9 * :value
from figures f join all_units u on u.id = f.unit order by f.rowid
"""
# Words that ask for another value than the quoted one: 从28.78扩到多少.
ASKING = ("多少", "how m")
# Kinds of units of shares and growths.
PARTS = frozenset({"share", "points", "multiple"})


def figures_of_value(db: Database, question: Question, chosen: dict[str, str]) -> list[str]:
    """The figures with the value that a question quotes, of all else that it names: 武汉 496家."""
    from ..quantities.reader import Reader  # start-up: only where nothing else is found

    missing, quoted = "", fold(question.text).strip()
    if any(sign in quoted for sign in ASKING):
        return []
    values = list[str]()
    for mention in Reader(queries.units(db)).find(question.text):
        quantity = mention.quantity
        if quantity is None or quantity.edtf or str(quantity.value) in question.periods:
            continue  # 2024 in '2024 列车' is a year
        behind = parse(db, question.text[mention.end :], dated=False).words[:1]
        if not quantity.unit.id and any("place_kind" in one.roles for one in behind):
            continue  # twelve zones
        values.append(mention.printed)
        unit = quantity.unit.id.lstrip(SCALES)
        base = "" if quantity.unit.kind == "scale" else quantity.unit.base
        key, number = fold(mention.printed), next(iter(units_of(fold(mention.printed))), "")
        rest = parse(db, question.text.replace(mention.printed, " "))
        measures, of_all = rest.measures, rest.needed <= rest.positions(*MEASURE)
        if quantity.unit.kind in PARTS and not measures:  # 8.4% is no level
            rest.measures |= {"share", "growth", "change"}
        named = {
            candidate.series[:4]
            for candidate in search(db, rest, chosen).candidates
            if not (candidate.left or candidate.beside or candidate.instead_of)
        }
        found = []
        params = {"base": base, "value": abs(float(quantity.base_value)), "bound": quantity.bound}
        for id, *series, period, its_unit, text, amount, is_equal in db.query(OF_VALUE, params):
            has_value = (key in fold(text) and number in units_of(fold(text))) or (
                is_equal and (base != "count" or unit in ("", its_unit.lstrip(SCALES)))
            )
            fits = (of_all and (not measures or series[-1] in measures)) or tuple(series) in named
            fits = fits and (series[-1] not in SIGNED or rest.matches_direction(amount))
            fits = fits and all(falls_in(period, asked) for asked in rest.periods)
            if (has_value and fits) or quoted in fold(text):
                found.append(id)
        if found:
            return found
        missing = missing or (mention.printed if named or of_all else "")
    if len(values) > 1:
        raise NoAnswer("one value at a time: {listed}", values, listed=join(values))
    if missing:
        raise lacking(
            "no figure of all that is asked is printed {text}; 'ftz figures --sort value' sets"
            " values in a row", missing,
        )  # fmt: skip
    return []
