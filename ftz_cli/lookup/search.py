"""The series that may answer a question: found, judged, and those that answer all of it."""

import json
from collections.abc import Mapping

from ..database import Database
from .candidates import ALL_OF_IT, MARGIN, MOST_OF_IT, WHOLE, Candidate, Search, Series
from .judging import Judge
from .linking import SYNONYM, link
from .question import Question

# A cohort within one pilot zone or province counts as an area, e.g. its bonded zones together.
SERIES = """
select s.zone, s.initiative, s.metric, s.measure, s.unit, s.scope, s.status,
    m.kind, m.broader, lower(m.name_en) like '%average%' or m.name_zh like '%均%',
    m.name_zh like '最%', u.kind, u.base,
    case when z.kind = 'cohort' and p.kind <> 'city' then 'area' else z.kind end,
    z.kind = 'cohort',
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
# At most so many things of a kind are looked at, the best named first.
NEAREST = 20


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
    whole = [one for one in whole if one.named] or whole
    best = max(whole, key=lambda one: one.score)
    least = best.score - MARGIN if whole[0].named else 0.0
    kept = {one.series[:4] for one in whole if one.score >= least}
    alike = _named_alike(found, best)
    kept |= {one.series[:4] for one in alike}
    # A rank in another scope is kept, too: a series of the same four ids.
    near = [one for one in whole if one.series[:4] in kept]
    near += [one for one in alike if one not in whole]
    if found.question.positions("done"):  # what was done is no target
        near = [one for one in near if one.series.status != "target"] or near
    # Where no place is named, each that has the metric is an answer, however its name fits.
    somewhere = found.question.place_words or any(one.whole for one in found.of_kind("zone"))
    # So is each area or bonded zone of the place that is named, where they are asked for.
    kind, place = best.series.zone_kind, best.instead_of
    parts = bool(place) and kind in found.question.targets("place_kind")
    if parts or found.question.positions("parts") or not somewhere:
        asked = {(one.series.metric, one.series.measure) for one in near}
        near = [one for one in whole if (one.series.metric, one.series.measure) in asked
                and (not parts or one.instead_of == place)]  # fmt: skip
    return sorted(near, key=lambda one: -one.score)


def _named_alike(found: Search, best: Candidate) -> list[Candidate]:
    """The series of the same subject that the words of the best name as well, none in full.

    However long their names are: an index is each of several indices.
    """

    def named(one: Candidate) -> set[int]:
        link = found.links.get(("metric", one.series.metric))
        return link.named & found.question.needed if link and link.share < ALL_OF_IT else set()

    def subject(one: Candidate) -> tuple[object, ...]:
        return one.series.zone, one.series.initiative, one.series.measure

    words = named(best)
    return [one for one in found.candidates if words and named(one) == words and not one.beside
            and subject(one) == subject(best) and one.left <= words]  # fmt: skip


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
