"""A parsed question: its units, the roles of its words, its periods and what it asks for."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import count, pairwise, takewhile
from typing import NamedTuple

from ..database import Database
from .asked_periods import HIDDEN, SHOWN, take_periods
from .reading import read_homophones, read_pinyin, read_short, read_slip
from .spelling import (
    ALSO,
    SUFFIX_ROLES,
    boundaries,
    fold,
    is_chinese,
    is_indivisible,
    is_word,
    phrases,
    units_of,
)

ROLES = "select word, role, target from lookup_words where word in (select value from json_each(?))"
CHARACTERS = """
select character, plain, sound from lookup_characters
where character in (select value from json_each(?))
"""
DATED_NAMES = f"""
select distinct key from lookup_names
where kind = 'zone' and rank <= {ALSO} and key glob '*[12][09][0-9][0-9]*'
"""
# Only so many characters of a question are read.
LONGEST_QUESTION = 300
# Roles of words that an answer need not account for.
OPTIONAL = frozenset({"filler", "generic", "kind", "order", "unit", "role", "span", "until"})
MEASURE = frozenset({"measure", "change"})
# Counters of what leaves a place in order to travel.
VEHICLES = frozenset({"列", "艘", "架", "辆", "架次"})
# Costs in a segmentation, where a word of several units has 1: an unlisted unit, a listed unit.
UNKNOWN_COST, SINGLE_COST = 3.0, 0.9
# Of two segmentations, the one with fewer common words is better: 试验区 划分.
COMMON, COMMON_COST = frozenset({"verb", "content"}), 0.01
_SEPARATOR = re.compile(r"[\s,;:、。?!()\[\]\"“”'‘’/·…~|]+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
# Autonomous regions are provinces; so are municipalities, where something is copied in all of one.
_COPIED = "(?=复制|推广|推开|铺开)"
_REGION = "(?:[全本]区|自治区)范?围?内?"
_CALLED_PROVINCES = (
    (("北京", "天津", "上海", "重庆"), f"[全本]市范?围?内?{_COPIED}"),
    (("内蒙古", "广西", "西藏", "宁夏", "新疆"), f"(?<=占){_REGION}|{_REGION}{_COPIED}"),
)
# The last characters of nouns for a growth or share.
_OF_RATES = frozenset("幅速率比重")
_DATED = re.compile("([12][09][0-9]{2})(年..)?")
# Endings of nouns that have the stems of verbs.
_NOUN_ENDINGS = ("ment", "ments", "ation", "ations", "ance", "ances")
# A unit that marks a space or sign between two Chinese words.
GAP = "·"
# Characters that are words by themselves: an unlisted 互市 may be a word, and 的有 is none.
PARTICLES = frozenset("的了是有在和与要吗呢能可会被把给跟各几多少个为也都就帮查进到掉完")


class Word(NamedTuple):
    """A known word or phrase of a question: its first unit, how many, and its roles and targets."""

    start: int
    size: int
    roles: dict[str, frozenset[str]]

    @property
    def span(self) -> range:
        """The positions of its units."""
        return range(self.start, self.start + self.size)


class Question:
    """A question as the look-up understands it: its text as typed and folded, and its parts.

    `phrases` are all known words and phrases in it, `words` its best segmentation into them;
    `cuts` says before which units a word may begin; `read_as` maps words to those that they were
    read as, `doubtful` has the uncertain ones; `typed` is false for printed text.
    """

    def __init__(self, text: str, folded: str, periods: list[str]) -> None:
        self.text, self.folded, self.periods = text, folded, periods
        self.units: list[str] = []
        self.cuts: list[bool] = []
        self.phrases: list[Word] = []
        self.words: list[Word] = []
        self.read_as: dict[str, str] = {}
        self.doubtful: set[str] = set()
        self.typed = True
        self._targets: dict[tuple[str, ...], frozenset[str]] = {}

    def positions(self, *roles: str) -> set[int]:
        """The positions of the words that have one of these roles."""
        return {at for word in self.words if word.roles.keys() & set(roles) for at in word.span}

    def targets(self, *roles: str) -> frozenset[str]:
        """What the words with these roles ask for."""
        if roles not in self._targets:  # cached: every candidate needs it
            asked = [word.roles.get(role, ()) for word in self.words for role in roles]
            self._targets[roles] = frozenset[str]().union(*asked)
        return self._targets[roles]

    @cached_property
    def measures(self) -> frozenset[str]:
        """The measures that are asked for. A filter may add one."""
        return self.targets(*MEASURE)

    @cached_property
    def is_until(self) -> bool:
        """Whether totals up to the end of its period are asked for."""
        return bool(self.positions("until")) or "cumulative" in self.targets("order")

    @cached_property
    def span_years(self) -> set[int]:
        """How many years a span has that is asked for: the first five years, 三年来."""
        return {int(years) for years in self.targets("span") if years.isdecimal()}

    @cached_property
    def place_words(self) -> set[int]:
        """The positions of the words that are places, or kinds of place."""
        return self.positions("place", "place_kind")

    @cached_property
    def stop_words(self) -> set[int]:
        """The positions of the single units that ask for nothing: of, 额."""
        return {word.start for word in self.phrases if word.size == 1 and "whole" not in word.roles
                and word.roles.keys() & {"filler", "generic"}} - self.numbers  # fmt: skip

    @cached_property
    def numbers(self) -> set[int]:
        """The positions of letters that number a word beside them: phase I, type A, A区."""
        at = {word.start + 1 for word in self.phrases if "numbered" in word.roles}
        at |= {word.start - 1 for word in self.phrases if "place_kind" in word.roles
               and is_chinese(self.units[word.start])}  # fmt: skip
        return {one for one in at if 0 <= one < len(self.units)
                and len(self.units[one]) == 1 and is_word(self.units[one])}  # fmt: skip

    @cached_property
    def needed(self) -> set[int]:
        """The positions of the units that an answer has to account for."""
        needed = {at for at, unit in enumerate(self.units) if unit != GAP}
        # A filler in capitals among lower-case words is a name: US, IT.
        capitals = set() if self.text.isupper() else set(_CAPITALS.findall(self.text))
        # Single characters side by side may be a word that no list has.
        single = {
            word.start for word in self.words if word.size == 1 and "generic" not in word.roles
            and is_chinese(self.units[word.start]) and self.units[word.start] not in PARTICLES
            and self.typed
        }  # fmt: skip
        counting = {
            word.start for word in self.words
            if "generic" in word.roles and "count" in word.roles.get("kind", ())
        }  # fmt: skip
        divided = {
            word.span.stop for word in self.words if "share" in word.roles.get("measure", ())
        }
        for word in self.words:
            first, is_single = self.units[word.start], word.size == 1
            if (
                first[0].isdecimal()  # 100 is a number, although a list may have it as a unit
                or (is_single and word.start in self.numbers)
                or (is_single and "filler" in word.roles and first.upper() in capitals)
                or (word.start in single and single & {word.start - 1, word.start + 1})
            ):
                continue
            # 省 of 省数 says what is counted and that of 占全省 the whole, 项 of 项目 nothing.
            says = word.span.stop in counting or word.start in divided
            is_counter = is_single and is_chinese(first) and not says
            optional = OPTIONAL | {"counter"} if is_counter else OPTIONAL
            if word.roles.keys() & optional and not word.roles.keys() & {*MEASURE, "most", "turn"}:
                needed.difference_update(word.span)
        if {"share", "rank"} & self.targets("measure"):
            needed -= self.positions("whole")
        return needed or self.place_words  # e.g. China's free trade zones

    def matches_direction(self, amount: float | None) -> bool:
        """Whether a growth or change of this amount is the rise or the fall that is asked for."""
        asked = self.targets("direction")
        return not asked or ("fall" if (amount or 0) < 0 else "rise") in asked

    def text_of(self, positions: Iterable[int]) -> list[str]:
        """The whole words with a unit in `positions`: slips as typed, others as understood."""
        found: list[list[int]] = []
        spans = {at: list(word.span) for word in self.words if word.size > 1 for at in word.span}
        single = {
            at for at, unit in enumerate(self.units)
            if at not in spans and is_chinese(unit) and unit not in PARTICLES and unit != GAP
        }  # fmt: skip
        for at in sorted(positions):
            if found and at in found[-1]:
                continue
            span = spans.get(at, [at])
            if at in single:  # 资 of 港资, where 港 is known
                first = next(one for one in range(at, -1, -1) if one - 1 not in single)
                span = list(takewhile(single.__contains__, count(first)))
            found.append(span)
        slips = {other: word for word, other in self.read_as.items()}
        units = [slips.get(unit, unit) for unit in self.units]
        texts = [" ".join(units[at] for at in span) for span in found]
        return [text.replace(" ", "") if is_chinese(text) else text for text in texts]


def parse(db: Database, text: str, dated: bool = True, typed: bool = True) -> Question:
    """Parse a question. `dated` says whether it may name periods.

    Printed text is not `typed`: its unknown words are not read as others.
    """
    folded = fold(text[:LONGEST_QUESTION])
    plain = {ord(char): other for char, other, _ in _characters(db, folded)}
    folded = folded.translate(plain)
    if "不" in folded:
        folded = re.sub("([\u4e00-\u9fff]{1,2})不\\1", r"\1", folded)  # 满意不满意
    for provinces, whole in _CALLED_PROVINCES:
        if any(province in folded for province in provinces):
            folded = re.sub(whole, "全省", folded)
    # A year in the name of a zone is no period: 2019年新设的六个自贸区, not 2019年新设企业.
    for (key,) in db.query(DATED_NAMES) if dated else ():
        named = key in "".join(units_of(folded))
        for year, begins in _DATED.findall(key):
            if named or (begins and re.search(f"{year}{begins}.{{0,4}}自[贸由]", folded)):
                folded = folded.replace(year, year.translate(HIDDEN), 1)
    periods, rest = take_periods(folded, date.today().year) if dated else ([], folded)
    folded, rest = folded.translate(SHOWN), rest.translate(SHOWN)
    question = Question(text, folded, periods)
    question.typed = typed
    units: list[str] = []
    for found in map(units_of, _SEPARATOR.split(rest)):
        if units and found and is_chinese(units[-1]) and is_chinese(found[0]):
            units.append(GAP)
        units += found
    units = _joined(db, units)
    question.phrases, question.cuts = _known(db, units)
    question.units = _read(db, units, question) if typed else units
    if question.units != units:
        question.phrases, question.cuts = _known(db, question.units)
    question.words = _segmented(question.phrases, len(question.units))
    for word, behind in pairwise(question.words):
        # What is cut to 3 hours is a level, while a rate of growth stays one: 增速.
        if "to" in behind.roles and question.units[word.span[-1]] not in _OF_RATES:
            for role in (*MEASURE, "direction"):
                if word.roles.pop(role, None):
                    word.roles["verb"] = frozenset()
    travels = any(VEHICLES & word.roles.get("counter", frozenset()) for word in question.phrases)
    for word, behind in pairwise(question.words):
        if travels and {"turn", "verb"} <= word.roles.keys() and "place" in behind.roles:
            del word.roles["turn"]  # trains that left Yiwu are not those that are left
    return question


def _characters(db: Database, text: Sequence[str]) -> list[tuple[str, str, str]]:
    chinese = sorted({char for char in text if is_chinese(char)})
    return db.query(CHARACTERS, (json.dumps(chinese),)) if chinese else []


def _joined(db: Database, units: list[str]) -> list[str]:
    """The units without a 了 or 上 that stands within a known word: 加了油, 帮上忙."""
    within = {
        "".join(units[at - 1 : at + 2 : 2]): at for at, unit in enumerate(units)
        if unit in "了上过" and 0 < at < len(units) - 1
        and not {units[at - 1], units[at + 1]} & {*"多少了"}
    }  # fmt: skip
    known = {key for key, *_ in db.query(ROLES, (json.dumps([*within]),))} if within else ()
    out = {at for word, at in within.items() if word in known}
    return [unit for at, unit in enumerate(units) if at not in out]


def _read(db: Database, units: list[str], question: Question) -> list[str]:
    """The units with unknown words read as known ones. Slips are noted in the question."""
    known = {at for word in question.phrases for at in word.span}
    unknown = {at for at, unit in enumerate(units) if unit != GAP and at not in known}
    segmented = _segmented(question.phrases, len(units))
    in_words = {at for word in segmented if word.size > 1 for at in word.span}
    single = {at for at, unit in enumerate(units) if is_chinese(unit) and at not in in_words}
    # Single characters side by side may be one word, even if each of them is known.
    doubtful = {at for at in single if at in unknown
                or (units[at] not in PARTICLES and single & {at - 1, at + 1})}  # fmt: skip
    unknown_words = {units[at] for at in unknown if is_word(units[at])}
    units = list(units)
    if doubtful:
        sounds = {char: sound for char, _, sound in _characters(db, units)}
        words = read_homophones(db, units, doubtful, segmented, sounds)
        words = words or read_short(db, units, single & unknown)
        for (start, end), word in sorted(words.items(), reverse=True):  # a name may be longer
            units[start:end] = word
    if not unknown_words:
        return units
    read: list[str] = []
    latin = {at for at, unit in enumerate(units) if unit in unknown_words}
    for word in read_pinyin(db, units, latin):
        if word in unknown_words and (slip := read_slip(db, word)):
            question.read_as[word] = slip[0]
            question.doubtful |= set() if slip[1] else {word}
            word = slip[0]
        if read and len(word) > 1 and is_chinese(word[0]) and is_chinese(read[-1]):
            read.append(GAP)
        read += word if is_chinese(word[0]) else [word]
    return read


def _known(db: Database, units: list[str]) -> tuple[list[Word], list[bool]]:
    """The known words and phrases that `units` have, and where they may be cut."""
    anywhere = [True] * (len(units) + 1)
    spans = [(a, size, key) for a, size, key in phrases(units, anywhere) if GAP not in key]
    spans += [
        (start, size, f"={' '.join(units[start : start + size])}")
        for start, size, key in spans if not is_chinese(key)
    ]  # fmt: skip
    roles: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, role, target in db.query(ROLES, (json.dumps(sorted({key for *_, key in spans})),)):
        roles[key][role].add(target)
    single = [key for key in roles if len(key) == 1]
    suffixes = {key for key in single if roles[key].keys() & SUFFIX_ROLES}
    fillers = {key for key in single if "filler" in roles[key]}
    cuts = boundaries(units, lambda key: is_indivisible(roles.get(key, ())), suffixes, fillers)
    merged: dict[tuple[int, int], dict[str, frozenset[str]]] = {}
    for start, size, key in spans:
        if key in roles and cuts[start] and cuts[start + size]:
            of_word = merged.setdefault((start, size), {})
            of_word.update({role: frozenset(targets) for role, targets in roles[key].items()})
            if units[start].endswith(_NOUN_ENDINGS):  # settlements do nothing, as settled does
                of_word.pop("verb", None)
    return [Word(start, size, of_word) for (start, size), of_word in merged.items()], cuts


def _segmented(known: list[Word], size: int) -> list[Word]:
    """The best segmentation of a text of `size` units into known words: the fewest of them."""
    best: list[tuple[float, Word | None]] = [(0.0, None)]
    for end in range(1, size + 1):
        best.append((best[end - 1][0] + UNKNOWN_COST, None))
        for word in known:
            cost = SINGLE_COST if word.size == 1 else 1.0
            cost += COMMON_COST * (word.roles.keys() <= COMMON)
            if word.start + word.size == end and best[word.start][0] + cost < best[end][0]:
                best[end] = (best[word.start][0] + cost, word)
    chosen: list[Word] = []
    while size:
        last = best[size][1]
        size -= last.size if last else 1
        chosen += [last] if last else []
    return chosen[::-1]
