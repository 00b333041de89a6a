"""Why a question has no answer whose metric and place are known: its period, or its sense."""

from ..database import Database
from ..language import Message, join
from ..language.periods import period_text, span_text
from ..model.errors import NoAnswer
from .candidates import Candidate, Search, Series
from .explaining import label_of, lacking, name_of
from .question import MEASURE

# What a word asks for, by role and target, and what is said where no figure is that.
SENSES = (
    ("order", "before", "no earlier value of {metric} is known"),
    ("direction", "fall", "no fall of {metric} is known, only a rise"),
    ("direction", "rise", "no rise of {metric} is known, only a fall"),
)
PERIODS = """
select distinct ifnull(period, iif(unit = 'date', value, null)) as time, base_period from figures
where metric = :metric and zone = :zone and measure = :measure and initiative is :initiative
    and ifnull(scope, '') = :scope and status = :status and time is not null
order by time limit 20
"""


def lacking_period(db: Database, found: Search, whole: list[Candidate]) -> NoAnswer:
    """The series that are asked for have no figure of the period."""
    first, asked = whole[0].series, found.question.periods
    named, measures = whole[0].named, found.question.text_of(found.question.positions(*MEASURE))
    series = [one.series for one in whole if not named or one.series.metric == first.metric]
    known = sorted({
        (period, base or "") for one in series[:20]
        for period, base in db.query(PERIODS, one._asdict())
    })  # fmt: skip
    there = list(dict.fromkeys(period for period, _ in known))
    years = found.question.text_of(found.question.positions("span"))  # 三年来
    if {*asked} <= {*there} and not years:
        return _other_sense(db, found, first)
    periods = join(period_text(period, base=base) for period, base in known)
    instead = Message("known for {periods}" if there else "what there is has no date",
                      periods=periods)  # fmt: skip
    initiative = found.links.get(("initiative", first.initiative or ""))
    kind = "initiative" if initiative and initiative.whole else "zone"
    zone = name_of(db, kind, getattr(first, kind))
    if whole[0].instead_of:
        zone = f"{zone} ({name_of(db, 'zone', whole[0].instead_of)})"
    unasked = named and first.measure != "level" and not measures
    if unasked:
        only = label_of(db, first.metric, first.measure)
        instead = Message("{metric} alone is there, {there}", metric=only, there=instead)
    of = "level" if unasked else first.measure
    what = label_of(db, first.metric, of) if named else join(measures)
    one_zone = len({one.zone for one in series}) == 1
    return NoAnswer(
        "no figure of {metric} for {zone}, {asked}; {there}" if one_zone and what else
        "no figure of {metric} for {asked}; {there}",
        asked or years, there, zone=zone, there=instead, metric=what or zone,
        asked=join([*map(span_text, asked), *years]),
    )  # fmt: skip


def _other_sense(db: Database, found: Search, series: Series) -> NoAnswer:
    """The series that is asked for has figures, but none in the sense of words of the question."""
    asked, metric = found.question, label_of(db, series.metric, "level")
    if asked.periods:
        metric = f"{metric} ({join(map(span_text, asked.periods))})"
    for role, target, english in () if asked.positions("yearly") else SENSES:
        if target in asked.targets(role):
            return NoAnswer(english, [metric], metric=metric)
    return lacking(
        "no figure says the rank, rise, fall, mean or span that '{text}' asks for", asked.text
    )
