"""Figures by the value that a question quotes: 23.78亿, 56%, over 120 km2."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from ..quantities.quantity import Quantity

# Every figure of a base unit, for any time: its series, period, unit, printed text and amount; and
# whether it has the value and bound that are quoted.
OF_VALUE = """
select f.id, f.zone, f.initiative, f.metric, f.measure, f.period, f.unit, f.printed,
    cast(f.value as real) * cast(u.factor as real), :bound in ('exact', f.bound)
    and abs(abs(cast(f.value as real)) * cast(u.factor as real) - :value) <= 1e-9 * :value
from figures f join all_units u on u.id = f.unit
where :base in ('', u.base, substr(u.base, 1, instr(u.base || '/', '/') - 1)) order by f.rowid
"""
# The number of a printed value, without its unit.
NUMBER = re.compile(f"[0-9.,]+ ?[{SCALES}]*")
# Words that ask for another value than the quoted one: 从28.78扩到多少.
ASKING = ("多少", "how m")
# Kinds of units of shares and growths.
PARTS = frozenset({"share", "points", "multiple"})


def figures_of_value(db: Database, question: Question, chosen: dict[str, str]) -> list[str]:
    """The figures with the value that a question quotes, of all else that it names: 武汉 496家."""
    from ..quantities.reader import Reader  # start-up: only where nothing else is found

    missing = ""
    if any(sign in fold(question.text) for sign in ASKING):
        return []
    values = list[str]()
    for mention in Reader(queries.units(db)).find(question.text):
        quantity, printed = mention.quantity, mention.printed
        if quantity is None or quantity.edtf or str(quantity.value) in question.periods:
            continue  # 2024 in '2024 列车' is a year
        behind = parse(db, question.text[mention.end :], dated=False).words[:1]
        if not quantity.unit.id and any("place_kind" in one.roles for one in behind):
            continue  # twelve zones
        values.append(printed)
        found, is_named = _with_value(db, question.text, printed, quantity, chosen)
        if not found and quantity.unit.kind == "count":
            # The unit may be a part of the words for a thing: 9 car parks.
            digits = NUMBER.match(printed)
            number = digits[0] if digits else printed.split()[0]
            plain = replace(quantity, unit=replace(quantity.unit, id=""))
            found, _ = _with_value(db, question.text, number, plain, chosen)
        if found:
            return found
        missing = missing or (printed if is_named else "")
    if len(values) > 1:
        raise NoAnswer("one value at a time: {listed}", values, listed=join(values))
    if missing:
        raise lacking(
            "no figure of all that is asked is printed {text}; 'ftz figures --sort value' sets"
            " values in a row", missing,
        )  # fmt: skip
    return []


def _with_value(
    db: Database, text: str, printed: str, quantity: Quantity, chosen: dict[str, str]
) -> tuple[list[str], bool]:
    """The figures of a value, of all else that a text names; and whether anything is named."""
    rest = parse(db, text.replace(printed, " "))
    unit, number = quantity.unit, next(iter(units_of(fold(printed))), "")
    base = "" if unit.kind == "scale" else unit.base
    measures, of_all = rest.measures, rest.needed <= rest.positions(*MEASURE)
    if unit.kind in PARTS and not measures:  # 8.4% is no level
        rest.measures |= {"share", "growth", "change"}
    named = {
        candidate.series[:4]
        for candidate in search(db, rest, chosen).candidates
        if not (candidate.left or candidate.instead_of)
    }
    quoted = r"(?<![0-9.])" + re.escape(fold(text).strip())  # 2小时 is no part of 12小时
    found = []
    params = {"base": base, "value": abs(float(quantity.base_value)), "bound": quantity.bound}
    for id, *series, period, its_unit, said, amount, is_equal in db.query(OF_VALUE, params):
        of_unit = base != "count" or unit.id.lstrip(SCALES) in ("", its_unit.lstrip(SCALES))
        has_value = (fold(printed) in fold(said) and number in units_of(fold(said))) or (
            is_equal and of_unit
        )
        fits = (of_all and (not measures or series[-1] in measures)) or tuple(series) in named
        fits = fits and (series[-1] not in SIGNED or rest.matches_direction(amount))
        fits = fits and all(falls_in(period, asked) for asked in rest.periods)
        if (has_value and fits) or re.search(quoted, fold(said)):
            found.append(id)
    return found, bool(named or of_all)
