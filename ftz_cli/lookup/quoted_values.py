"""Figures by the value that a question quotes: 23.78亿, 56%, over 120 km2."""

from __future__ import annotations

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

# Whether a figure says a number, of a unit where one is said; and what it is of and prints.
OF_VALUE = """
select f.id, f.zone, f.initiative, f.metric, f.measure, f.period, f.unit, f.printed,
    cast(f.value as real) * cast(u.factor as real), (:base = '' or u.base = :base)
    and :bound in ('exact', f.bound)
    and abs(abs(cast(f.value as real)) * cast(u.factor as real) - :value) <= 1e-9 * :value
from figures f join all_units u on u.id = f.unit order by f.rowid
"""


# What asks for a value other than the one that is quoted.
ASKING = ("多少", "how m")
# Kinds of unit that shares and growths are printed in.
PARTS = frozenset({"share", "points", "multiple"})


def figures_of_value(
    db: Database, question: Question, chosen: dict[str, str]
) -> tuple[list[str], str]:
    """The figures of the value that a question quotes, of what else it names: 56%, 武汉 496家.

    Also the place that is named whole, where they are of another.
    """
    from ..quantities.reader import Reader  # start-up: only where nothing else is found

    missing, quoted = "", fold(question.text).strip()
    if any(sign in quoted for sign in ASKING):  # 从28.78扩到多少
        return [], ""
    values = list[str]()
    for mention in Reader(queries.units(db)).find(question.text):
        said = mention.quantity
        if said is None or said.edtf or str(said.value) in question.periods:
            continue  # 2024 列车 are no 2024 trains
        values.append(mention.printed)
        unit, scale = said.unit.id.lstrip(SCALES), said.unit.kind == "scale"
        base = "" if scale else said.unit.base
        key, number = fold(mention.printed), next(iter(units_of(fold(mention.printed))), "")
        rest = parse(db, question.text.replace(mention.printed, " "))
        measures, of_all = rest.measures, rest.needed <= rest.positions(*MEASURE)
        if said.unit.kind in PARTS:  # 8.4% is no amount, whatever it is
            rest.measures |= {"share", "growth", "change"}
        named = {
            one.series[:4]: one.instead_of for one in search(db, rest, chosen).candidates
            if not one.left and not one.beside
        }  # fmt: skip
        found, places = [], []
        for id, *series, period, own, text, amount, same in db.query(
            OF_VALUE, {"base": base, "value": abs(float(said.base_value)), "bound": said.bound}
        ):
            alike = (key in fold(text) and number in units_of(fold(text))) or (
                same and (base != "count" or unit in ("", own.lstrip(SCALES)))
            )
            fits = (of_all and (not measures or series[-1] in measures)) or tuple(series) in named
            fits = fits and (series[-1] not in SIGNED or rest.matches_direction(amount))
            fits = fits and all(falls_in(period, asked) for asked in rest.periods)
            if (alike and fits) or quoted in fold(text):
                found.append(id)
                places.append(named.get(tuple(series), ""))
        if found:
            return found, places[0]
        missing = missing or (mention.printed if named or of_all else "")
    if len(values) > 1:
        raise NoAnswer("one value at a time: {listed}", values, listed=join(values))
    if missing:
        raise lacking(
            "no figure of all that is asked is printed {text}; 'ftz figures --sort value' sets"
            " values in a row", missing,
        )  # fmt: skip
    return [], ""
