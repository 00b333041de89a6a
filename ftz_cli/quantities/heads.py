"""Units of bare numbers that are printed in a head: of a column, a line or a whole table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .chinese_grammar import SIMPLIFIED
from .patterns import HANZI
from .units import NO_UNIT, Unit, Units

Heads = dict[int, Unit | None]
# Tabs, bars and wide gaps separate the cells of a line.
_CELL = re.compile(r"[^\t|\n ]+(?: [^\t|\n ]+)*")
_COLUMN = re.compile(r"[^()]*\((?:单位:)?([^()]{1,30})\)")
_NUMBER = re.compile(r"[-+]?([0-9]+(?:[,.][0-9]+)*)")
# A head of a line: 营业收入(亿元), 面积/亩:, Revenue, US$ million:, 营业收入 亿元 3.5. Its scope
# ends with the line or sentence.
_LINE = re.compile(
    r"(?:(?:(?<=[^\W0-9])['\"]? ?|(?<![^\n]) *)[(\[](?:单位:)?([^()\[\]\n]{1,30})[])](?! [a-z])"
    r"|[,，/] ?((?:'000)?[^\n,，/:|\t0-9(]{1,24})[:|\t]"
    rf"|(?<=[{HANZI}])[ \t|]+([{HANZI}%㎡]{{1,8}})[ \t|]+(?=[-+]?[0-9]))"
    r"(?=(?P<scope>[^\n。]{0,400}))"
)
# A head of a table: 单位:万元, or (RMB million) alone; up to a full stop or empty line.
_TABLE = re.compile(
    r"(?:单位: ?([^();；,，。\s]{1,12})|[Uu]nit: ?((?:10,000 )?[^();,\n]{1,24})"
    r"|(?<![^\n]) *\(([^()\n]{1,24})\) *(?=\n))"
    r"(?P<scope>(?:(?!单位:|[Uu]nit:)[^。\n]|\n(?!\n))*)"
)
# A head gives its unit to all numbers but years, growth and single digits.
_COUNTED = re.compile(
    r"(?<![长速幅比率降升涨跌增减])(?<![长速幅比率降升涨跌增减][: ])"
    r"(?<!growth )(?<!up )(?<!down )(?<![A-Za-z0-9第前.,_/])(?!(?:19|20)[0-9]{2}(?![0-9,.]))"
    r"(?:[0-9]{1,3}(?: 0[0-9]{2})+|[0-9](?:[0-9]+|[0-9,]*[,.][0-9]))[0-9,.]*"
    # The first end of 300至500美元 takes its unit from the second.
    r"(?![0-9,.]| ?[至到~—-]+ ?[0-9.,]+ ?[^\W0-9])"
)


def headed_lines(text: str, units: Units) -> list[Heads]:
    """The result of `headed` for each line of folded `text`; places are counted in the line."""
    found, lines, start = headed(text, units), [], 0
    for line in text.split("\n"):
        places = range(start, start + len(line))
        lines.append({at - start: found[at] for at in places if at in found})
        start = places.stop + 1
    return lines


def headed(text: str, units: Units) -> Heads:
    """The start of each bare number with its unit in a head, and the unit; None for the head."""
    text = text.translate(SIMPLIFIED)
    columns = dict(_in_columns(text, units))
    shares = {at: unit for at, unit in columns.items() if unit.kind == "share"}
    # The head of a row wins over that of a column, but not over a column of shares.
    return _in_scopes(_TABLE, text, units) | columns | _in_scopes(_LINE, text, units) | shares


def _in_scopes(pattern: re.Pattern[str], text: str, units: Units) -> Heads:
    found: Heads = {}
    last: tuple[list[int], Unit] = ([], NO_UNIT)
    for head in pattern.finditer(text):
        if unit := _unit(next(filter(None, head.groups())), units):
            start, end = head.span("scope")
            numbers = [
                number.start()
                for number in _COUNTED.finditer(text, start, end)
                if "." in number[0] or not _is_count(text, number.start(), units)
            ]
            # 产量(吨)、产值(万元)分别为1250、3400: no head is that of both numbers.
            if numbers == last[0] and unit != last[1]:
                unit = NO_UNIT
            found.update(dict.fromkeys(range(head.start(), start)) | dict.fromkeys(numbers, unit))
            last = numbers, unit
    return found


def _is_count(text: str, at: int, units: Units) -> bool:
    words = (units.spellings.get(text[at - length : at]) for length in (2, 3))
    return any(unit and unit.kind == "count" for unit in words)  # 企业1200, 岗位300


def _in_columns(text: str, units: Units) -> Iterator[tuple[int, Unit]]:
    heads: list[Unit | None] = []
    for line in re.finditer("[^\n]+", text):
        cells = list(_CELL.finditer(text, line.start(), line.end()))
        named = [(head := _COLUMN.fullmatch(cell[0])) and _unit(head[1], units) for cell in cells]
        if len(cells) > 1 and any(named) and not any(_NUMBER.fullmatch(cell[0]) for cell in cells):
            heads = named
        elif len(cells) != len(heads):
            heads = []
        for cell, unit in zip(cells, heads, strict=False):
            if unit and (number := _NUMBER.fullmatch(text, *cell.span())):
                yield number.start(1), unit


def _unit(head: str, units: Units) -> Unit | None:
    """The unit that a head names; a currency may precede its scale: HK$'000, RMB bn."""
    head = head.strip()
    for at in range(1, len(head)):
        money, scale = units.find(head[:at].strip()), head[at:].strip().removesuffix("元")
        if money and money.kind == "money" and (scale == "m" or scale in units.scales):
            return units.scaled(units.scales["million" if scale == "m" else scale], money)
    if head in units.scales:
        return units.scaled(units.scales[head], NO_UNIT)  # ('000)
    return units.find(head) or units.find(head.removesuffix("s"))
