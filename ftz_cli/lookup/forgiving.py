"""Forgiving: the one word that an answer may leave out, and say so."""

from .candidates import HALF, WHOLE, Candidate, Search
from .question import GAP, Question
from .spelling import is_chinese, is_word

# Roles of words that are in a dictionary and ask for nothing that the look-up knows.
ROLES = frozenset({"content", "name", "verb"})
# What is not so begins with one of these: unanswered.
NEGATING = ("un", "non")


def forgivable(found: Search) -> set[int]:
    """The positions of the one word that the best series lacks and that may be left out.

    The series has to be named well, and the word may be no place, name or number, nor tell the
    things of the metric apart: it stands before none of its words, e.g. whisky of whisky imports.
    """
    named = [one for one in found.candidates if one.named and not one.beside]
    best = max(named, key=lambda one: one.score, default=None)
    if best is None or best.instead_of or not _is_sure(found, best):
        return set()
    words = _word_of(found.question, best.left)
    return words if words and not _narrows(found, best, words) else set()


def _is_sure(found: Search, best: Candidate) -> bool:
    """Whether a question names the zone or the initiative of a series, and its metric well."""
    series = best.series
    zone = found.links.get(("zone", series.zone))
    initiative = found.links.get(("initiative", series.initiative or ""))
    return bool(
        (zone and (zone.whole or zone.share >= HALF))
        or (initiative and (initiative.whole or initiative.share >= WHOLE))
    )


def _word_of(question: Question, left: set[int]) -> set[int]:
    """The positions of a word, if they are all of `left` and it may be left out."""
    units = question.units
    words = [units[at] for at in left]
    # Area B is no area A.
    numbered = any(word[0].isdigit() or (is_word(word) and len(word) < 2) for word in words)
    if not left or numbered or any(word.startswith(NEGATING) for word in words):
        return set()
    for word in question.words:
        if left & {*word.span}:
            return left if left <= {*word.span} and word.roles.keys() <= ROLES else set()
    return left


def _narrows(found: Search, best: Candidate, words: set[int]) -> bool:
    """Whether a word tells apart what a series is of: a name, or beside words of the metric."""
    question = found.question
    units, first, behind = question.units, min(words), max(words) + 1
    alone = {units[at] for at in (first - 1, behind) if 0 <= at < len(units)} <= {GAP}
    if units[behind : behind + 1] == ["数"]:
        return True  # 工人数
    while behind < len(units) and (units[behind] == GAP or behind not in question.needed):
        behind += 1  # 走私的班列
    metric = found.links.get(("metric", best.series.metric))
    initiative = found.links.get(("initiative", best.series.initiative or ""))
    of_metric = metric.named & question.needed if metric else set[int]()
    of_initiative = initiative.named - question.place_words if initiative else set[int]()
    counting = question.positions("kind", "counter")
    if behind in of_metric | of_initiative or first - 1 in counting:  # 多少名工人
        return True
    if is_chinese(units[first]):
        return alone  # 广西 剩余 任务: a term of its own
    before = first - 1
    if before in of_metric:
        return True
    typed = question.text.split()
    return any(one.strip(".,?!'\"").lower() == units[first] and one[0].isupper()
               for one in typed[1:])  # fmt: skip
