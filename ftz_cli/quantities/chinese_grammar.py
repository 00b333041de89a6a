"""The tokens of Chinese text, and the builders of chinese_productions.csv.

A number is one token: it is read whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from ..language.word_lists import simplified
from . import amounts
from .amounts import amount
from .chinese_numerals import ARABIC_DIGITS, MULTIPLIERS, NUMERALS, is_bare, number_of
from .dates import DATE_FORM, LISTS, date_of
from .engine import Amount, Found, Grammar, Token
from .patterns import HANZI, any_of
from .quantity import Bound
from .units import Unit, Units

_QUALIFIERS = re.compile(f"(?!约[定谈]){any_of(LISTS['before'])}|{any_of(LISTS['before_round'])}$")
# Characters that represent kinds of token are removed from a text.
SIMPLIFIED = (
    simplified()
    | str.maketrans("（）：", "():")
    | dict.fromkeys([*range(0xE000, 0xF900), 0xFFFC], "\ufffd")
)
# Numerals of cheques are numerals only beside each other: 伍拾万, but not 陆地.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
_FORMAL_RUN = re.compile("[壹贰叁肆伍陆柒捌玖貳參陸][壹贰叁肆伍陆柒捌玖貳參陸拾佰仟万亿零]+")
_POINT = re.compile(f"(?<=[{NUMERALS}])[.．](?=[{NUMERALS}])")  # 〇.五
# Replaces each character of a word that only looks like a number.
OPAQUE = "\ufffc"
_NUMERALS_ONLY = re.compile(f"[0-9{NUMERALS}{MULTIPLIERS}.,/·]+")
_SCALED = re.compile(f"([0-9.,]+)([{MULTIPLIERS}]+|[A-Za-z]+)")
_NO_HANZI = re.compile(f"[^{HANZI}]")
_MORE = re.compile(f"个?([余多来])(?=[{MULTIPLIERS}]|$)|个(?=[万亿])")
# What is skipped: spaces, except between two letters or digits and behind the label of a line, and
# a number in brackets that repeats the one before it in other numerals: 3000(三千)元.
_IDLE = re.compile(
    r"(?P<label>(?<![^\n]) *[0-9]{1,2}\. +(?=[0-9]))|(?<![A-Za-z0-9,万亿]) +| +(?![A-Za-z0-9 ])"
    rf"|(?<= [万亿]) +(?=[0-9])|(?<=[0-9万亿])\([{NUMERALS}{MULTIPLIERS}]+\)(?![0-9])"
    rf"|(?<=[{NUMERALS}{MULTIPLIERS}])\([0-9]+\)(?!班)"
)
# Kinds of unit that form no rate with another kind: 每年增长5%, 人均79岁; but 每天8小时.
_NO_RATE = {"share", "points", "multiple", "duration", "rate", "rank", "ordinal"}


def _unit_patterns(units: Units) -> dict[str, str]:
    # English words (nautical miles) are units only right behind a number.
    english = {name for name in units.spellings if re.search("[a-z]{5}|date| ", name)}
    kinds = {name: unit.kind for name, unit in units.spellings.items() if name not in english}
    latin = {name for name in kinds if re.search("[A-Za-z]", name)}
    short = {name for name in kinds.keys() - latin if len(name) == 1}

    def of_kind(*wanted: str) -> set[str]:
        return {name for name, kind in kinds.items() if kind in wanted}

    return {
        "english_word": any_of(english),
        "latin_word": any_of(latin),
        "short_word": any_of(short),
        "long_word": any_of(kinds.keys() - latin - short),
        "coin_word": any_of({c for c in of_kind("money") if len(c) > 1 or c < HANZI[0]}),
        "unit_with_multiplier": any_of(name for name in kinds if name[0] in MULTIPLIERS),
        "span_unit": any_of(of_kind("duration", "points")),
        "count_unit": any_of(name for name in of_kind("count") if len(name) > 1),
        "length": any_of(of_kind("length")),
    }


class ChineseGrammar(Grammar):
    """Reads Chinese quantities. `lookalikes` are words with a numeral, but no numbers (一起)."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        numeral_words = {word for word in lookalikes if _NUMERALS_ONLY.fullmatch(word)}
        parts = _unit_patterns(units) | {
            "date": DATE_FORM, "hanzi": HANZI, "gap": HANZI + OPAQUE,
            "numerals": NUMERALS, "multipliers": MULTIPLIERS,
            "numeral_words": any_of(numeral_words),
            "other_words": any_of(set(lookalikes) - numeral_words),
            "word_end": "|".join(f"(?<={word[0]}){word[1:]}" for word in LISTS["word_ending"]),
        }  # fmt: skip
        kinds_of_token = "idle opaque date vague qualifier stated coin run measured sign"
        super().__init__(units, "chinese", LISTS, parts, kinds_of_token, vars(amounts) | globals())
        self._lookalike = re.compile(self.parts["lookalike"])

    def tokens(self, text: str, start: int, end: int, *, running: bool = True) -> list[Token]:
        """The tokens of text[start:end]. A cell (not `running`) has no lookalikes."""
        stretch = text[start:end].translate(SIMPLIFIED)
        stretch = _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), stretch)
        stretch = _POINT.sub("点", stretch)
        # The character before the stretch shows whether it begins a line.
        clause = (text[start - 1] if start else "\n") + stretch
        gaps = (gap.span() for gap in _IDLE.finditer(stretch) if not gap["label"])
        idle = {start + at for gap in gaps for at in range(*gap)}
        offsets = [at for at in range(start - 1, end) if at not in idle]
        clause = "".join([clause[at - start + 1] for at in offsets])
        if running:
            clause = self._lookalike.sub(lambda word: OPAQUE * len(word[0]), clause)
        return [self._token_of(found, offsets) for found in self._token.finditer(clause, 1)]

    def _token_of(self, found: re.Match[str], offsets: list[int]) -> Token:
        word, kind = found[0], str(found.lastgroup)
        value: object = None
        match kind:
            case "sign":
                kind = word
            case "date":
                value = date_of(found.string, found.start())
            case "qualifier":
                # The last word that is a bound decides: 至少高达.
                bounds = [self.bounds[one] for one in _QUALIFIERS.findall(word)]
                bounding = [bound for bound in bounds if bound is not Bound.EXACT]
                kind, value = "before", [Bound.EXACT, *bounding][-1]
            case "coin":
                kind, value = "currency", self.units.find(word.strip())
            case "measured":
                # The unit is behind the modifier: 境外人次.
                kind, word = "unit", word.strip().removeprefix("个") or "个"
                # 位 counts people (5位专家); only 第5位 is a rank, which another builder reads.
                name = (found["modified"] or word).replace("每", "/")
                value = self.units.find("名" if name == "位" else name)
            case "run":
                kind, word, value = self._number(found)
        return Token(kind, offsets[found.start()], offsets[found.end() - 1] + 1, word, value)

    def _number(self, found: re.Match[str]) -> tuple[str, str, object]:
        run = re.sub("[wW]$", "万", found[0].replace("十几", "十余"))
        more = "".join(one[1] or "" for one in _MORE.finditer(run))
        plain = _MORE.sub("", run.replace(" ", "").replace("、", ""))
        scale = None
        # A multiplier behind Arabic digits is a scale: 1.5 and 万亿.
        if (scaled := _SCALED.fullmatch(plain)) and scaled[2].lower() in self.units.scales:
            plain, scale = scaled[1], self.units.scales[scaled[2].lower()]
        number = number_of(plain)
        if number is None:
            unread = "bad" if run[0].isascii() else "numerals"
            return (unread if len(run) > 1 else OPAQUE), run, None
        value, value_to = number
        bound = LISTS["between"].get(more, Bound.EXACT)
        amount = Amount(
            value, scale, value_to=value_to, numeral=run,
            bound=bound if value_to is None else Bound.RANGE, capped=bound is Bound.OVER,
        )  # fmt: skip
        if is_bare(plain):
            return "multiplier", run, amount
        spelled = not run[0].isascii()
        return ("spelled" if spelled else "scaled" if scale else "whole"), run, amount

    def words(self, tokens: Sequence[Token]) -> str:
        """The Chinese characters of tokens, with those of qualifiers: 约增12%."""
        # A date does not end a clause: 降幅比一季度收窄.
        words = [t.words if t.kind == "before" else t.kind for t in tokens if t.kind != "date"]
        return _NO_HANZI.sub("\n", "".join(words))


def bounded(f: Found) -> Amount | None:
    """An amount with its rate and its bound. A weak amount in a text needs a bound."""
    printed, number = f.number(), amounts.bounded(f)
    if number is None or (f.running and printed.weak and "q" not in f and "after" not in f):
        return None
    unit, per = number.unit, f.value("rate")
    long = unit and unit.base in ("year", "month") and unit.kind == "duration"
    lasting = f.before and f.before[-1].kind in LISTS["lasting"]
    if f.word("q") == "近" and ("recent" in f or (long and not lasting)):
        # 近五年来 and 近三年 mean the last years; 历时近三年 means nearly three years.
        number = number._replace(bound=printed.bound)
    if not isinstance(per, Unit) or (unit and unit.kind in _NO_RATE - {per.kind}):
        return number
    # 每标箱150元 and 每万人60张 are rates; 每名代理人代理3件 and 每艘长300米 are not.
    measured = unit and unit.kind in ("money", "mass", "volume")
    counts = f["rate"].kind == "each" and per.kind == "count" and not measured
    return number._replace(per=None if counts else per)


def plain(f: Found) -> Amount | None:
    """A number with its sign, currency, scale and unit."""
    if "money" in f and f.match.string.startswith("/", f.match.end()):
        return None  # $28/股 is a rate
    made = amount(f)
    return made and made._replace(weak=not _counts_alone(f, made))


def _counts_alone(f: Found, made: Amount) -> bool:
    """Whether a number without qualifier is an amount, and no part of a word or code."""
    if made.bound not in (Bound.EXACT, Bound.RANGE):
        return True
    unit, run = f.word("unit") or f.word("money"), made.numeral
    behind = f.match.string[f.match.end() : f.match.end() + 1]
    match f["n"].kind:
        case "multiplier":  # 千万元 counts; 万家 does not
            return bool(unit) and len(run) > 1
        case "spelled" if not unit:
            return len(run) > 2
        case "spelled" if len(run) == 1:
            one = run == "一" and made.unit and made.unit.kind == "count"
            return unit in LISTS["one_counts"] if one else unit not in LISTS["word_unit"]
        case "whole" if not unit:  # 12,300 and 3.5 count, 2022 and 600519 do not
            if re.match("[A-Za-z0-9:/_]", behind) or re.fullmatch("(?:18|19|20)[0-9]{2}", run):
                return False
            if len(run) < 3:
                before = f.before[-1].kind if f.before else ""
                return before in LISTS["before_bare"] and not re.match(f"[{HANZI}]", behind)
            return len(run) < 6 or not run.isdecimal()
    return True


def counting(f: Found) -> Amount | None:
    """A number of a cell that counts what the words behind it name: 五免, 50个项目左右."""
    number = amounts.bounded(f)
    unit = (number and number.unit) or f.units["个"]
    if number is None or f.running or unit.kind != "count":
        return None
    return number._replace(unit=unit)


def split(f: Found) -> Amount | None:
    """A number with its decimals behind the unit: 一米八, 9秒83, 两块五一斤."""
    number, places = f.number(), f.word("digits").translate(ARABIC_DIGITS)
    whole = f.word("unit") in LISTS["split"] and not number.value % 1
    if not whole or not re.fullmatch("[0-9]{1,2}", places) or f.word("digits") == "两":
        return None
    unit = f.units.find("元") if f.word("unit") == "块" else f.unit()
    value = Decimal(f"{int(number.value)}.{places}")
    return number._replace(value=value, unit=unit, weak=False)
