"""The series that may answer a question: found, judged, and those that answer all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..database import Database
from .candidates import ALL_OF_IT, HALF, MOST_OF_IT, WHOLE, Candidate, Search, Series
from .judging import Judge
from .linking import SYNONYM, link
from .question import Question
from .spelling import is_chinese, is_word

# A cohort that lies in one pilot zone or province is a place as others are.
SERIES = """
select s.zone, s.initiative, s.metric, s.measure, s.unit, s.scope, s.status,
    m.kind, m.broader, lower(m.name_en) like '%average%' or m.name_zh like '%均%',
    m.name_zh like '最%', u.kind, u.base,
    case when z.kind = 'cohort' and p.kind <> 'city' then 'area' else z.kind end,
    ifnull(c.kind, iif(s.scope like '__省' or s.scope like '___省' or s.scope like '%省份'
        or exists (select 1 from zones where kind = 'province'
            and instr(s.scope, substr(name_zh, 1, 2))), 'province', ''))
from lookup_series s
join metrics m on m.id = s.metric join all_units u on u.id = s.unit join zones z on z.id = s.zone
left join zones p on p.id = z.parent left join zones c on c.id = s.scope
where (metric in (select value from json_each(:metric))
    or initiative in (select value from json_each(:initiative))
    or zone in (select value from json_each(:zone))
    or zone in (select zone from zones_within
        where ancestor in (select value from json_each(:around))))
"""
FILTERS = {
    "status": "status = :only_status",
    "zone": "zone in (select zone from zones_within where ancestor = :only_zone)",
    "initiative": "initiative = :only_initiative",
    "metric": "metric = :only_metric",
    "measure": "measure = :only_measure",
}
OF_ZONES = """
(zone in (select value from json_each(:zones)) or scope in (select value from json_each(:zones)))
"""
OF_SUBJECT = frozenset({"zone", "initiative", "metric"})
# So many things of a kind are looked at, the best named first.
NEAREST = 20
# A series this much weaker than the best is no answer beside it.
MARGIN, ALL = 0.03, 99.0
# Roles of words that only name something. One may be lacking beside so many that are known, where
# so much names the metric.
NAMING = frozenset({"content", "group", "initiative_kind", "label", "name", "verb"})
ENOUGH, SPECIFIC = 2, 1.7


def search(db: Database, question: Question, filters: Mapping[str, str]) -> Search:
    """Find what a question names, and every series that it may mean, the best first.

    `filters` are ids that a series has to be of: zone, initiative, metric, measure.
    """
    found = Search(question, link(db, question), set(filters))
    rows = _rows(db, found, filters)
    if alone := found.alone:
        rows = [row for row in rows if row.initiative in alone]
    judge = Judge(db, found, rows)
    found.candidates = sorted(
        map(judge.judged, rows), key=lambda one: (len(one.left), one.beside, -one.score)
    )
    return found


def complete(found: Search) -> list[Candidate]:
    """The candidates that account for the whole question, without those that others outdo.

    A question of a zone or an initiative alone is one of all its figures.
    """
    whole = [one for one in found.candidates if not one.left and not one.beside]
    if not whole or not _says_enough(found):
        return []
    beside = any(one.named and not one.left for one in found.candidates if one.beside)
    if beside and not any(one.named for one in whole):  # what is asked for is known in part
        return []
    margin = MARGIN if any(one.named for one in whole) else ALL
    best = max(one.score for one in whole)
    kept = {one.series[:4] for one in whole if one.score >= best - margin}
    kept |= _named_alike(found, max(whole, key=lambda one: one.score))
    near = [one for one in whole if one.series[:4] in kept]  # a rank of another scope, too
    # Every place that has it counts, however well it is named.
    if found.question.places("parts"):
        asked = {(one.series.metric, one.series.measure) for one in near}
        near = [one for one in whole if (one.series.metric, one.series.measure) in asked]
    return sorted(near, key=lambda one: -one.score)


def nearly_complete(found: Search) -> list[Candidate]:
    """The best candidates that lack a word or two, beside a place and a metric that are named well.

    What stands on such words is told with a notice. Of a thing as broad as exports, another word
    makes another thing: a metric has to be named by much.
    """
    near = [one for one in found.candidates if _lacks_little(found, one)]
    if not near:
        return []
    best = min(near, key=lambda one: (len(found.question.text_of(one.left)), -one.score))
    return [one for one in near if one.left == best.left and one.score >= best.score - MARGIN]


def _lacks_little(found: Search, one: Candidate) -> bool:
    """Whether the few words that a candidate lacks ask for nothing by themselves."""
    question = found.question
    zone, initiative, metric = (found.links.get((kind, getattr(one.series, kind) or ""))
                                for kind in ("zone", "initiative", "metric"))  # fmt: skip
    if not one.named or one.beside or one.instead_of or metric is None:
        return False
    if not any(subject and subject.whole for subject in (zone, initiative)):
        return False
    lacking, known = (
        len(question.text_of(places)) for places in (one.left, question.needed - one.left)
    )
    names = metric.named.union(initiative.named if initiative else ())
    return (
        metric.share >= HALF and metric.worth * metric.share >= SPECIFIC
        and one.left.isdisjoint(metric.named | _telling(found, one.left, names))
        and known >= ENOUGH * lacking
    )  # fmt: skip


def _telling(found: Search, left: set[int], names: set[int]) -> set[int]:
    """The places of the words that can't be lacking beside those of the `names` that are met."""
    question = found.question
    if "earliest" in question.targets("order"):  # before the pandemic
        return left
    # A phrase of its own, as personal income tax, is another thing as well.
    telling = {
        at for word in question.words for at in word.span if word.roles.keys() - NAMING
        or ("group" in word.roles and word.size > 1 + is_chinese(question.units[at]))
    }  # fmt: skip
    # What stands before a name makes it another: soybean exports, 冷链班列.
    telling |= {at - 1 for at in names & question.needed}
    telling |= {at - 1 for at, unit in enumerate(question.units) if unit in ("前", "后")}
    # So does a number, or a name with a capital letter: trains to Madrid.
    telling |= {
        at for at in left for unit in (question.units[at],) if not unit.isalpha()
        or (at and is_word(unit) and unit.title() in question.text)
    }  # fmt: skip
    others = (other.named for other in found.of_kind("metric") if other.share >= WHOLE)
    return telling.union(found.coverable("zone"), *others)


def _named_alike(found: Search, best: Candidate) -> set[tuple[str, str | None, str, str]]:
    """The series of the same subject that the words of the best name as well, none in full."""

    def named(one: Candidate) -> set[int]:
        link = found.links.get(("metric", one.series.metric))
        return link.named & found.question.needed if link and link.share < ALL_OF_IT else set()

    def subject(one: Candidate) -> tuple[object, ...]:
        return one.series.zone, one.series.initiative, one.series.measure

    alike = [one for one in found.candidates if one.named and subject(one) == subject(best)]
    return {one.series[:4] for one in alike if named(one) and named(one) == named(best)}


def _says_enough(found: Search) -> bool:
    """Whether a question says enough: one word alone has to be most of a name.

    A verb or a synonym has to be all of it.
    """
    question = found.question
    words = [word for word in question.words if not question.needed.isdisjoint(word.span)]
    listed = {at for word in words for at in word.span}
    if len({question.units[word.start] for word in words}) + (not question.needed <= listed) > 1:
        return True
    if found.given & OF_SUBJECT or question.targets("kind"):
        return True
    named = [one for one in found.links.values() if one.named & question.needed]
    verb = any("verb" in word.roles for word in words)
    return any(
        one.share
        >= (ALL_OF_IT if verb else MOST_OF_IT if max(one.covered.values()) == 1.0 else SYNONYM)
        for one in named
    )


def _rows(db: Database, found: Search, filters: Mapping[str, str]) -> list[Series]:
    """The series of the metrics, initiatives and zones that are named best.

    Where only zones account for a word, they have to be of a zone that does: of many figures, most
    are judged for nothing else.
    """
    needed = found.question.needed
    params = {
        kind: json.dumps([
            one.ref for one in found.of_kind(kind) if one.covered.keys() & needed
        ][:NEAREST])
        for kind in OF_SUBJECT
    } | {f"only_{name}": id for name, id in filters.items()}  # fmt: skip
    around = [one.ref for one in found.of_kind("zone") if one.share >= WHOLE]
    params["around"] = json.dumps(around)
    of_zone = needed & (found.coverable("zone") - found.coverable("metric", "initiative"))
    zones = [ref for (kind, ref), one in found.links.items()
             if kind == "zone" and one.covered.keys() >= of_zone]  # fmt: skip
    where = [FILTERS[name] for name in filters]
    if of_zone:
        where.append(OF_ZONES)
    sql = " and ".join([SERIES, *where]) + " order by s.rowid"
    return [Series(*row) for row in db.query(sql, params | {"zones": json.dumps(zones)})]
