-- building.py runs this once all rows are there: indexes, derived tables and views.

-- An index for each filter of figures, except measure and status, which exclude few figures.
create index figures_of_metric on figures (metric, period);
create index figures_of_zone on figures (zone, metric);
create index figures_of_initiative on figures (initiative, metric) where initiative is not null;
create index figures_of_article on figures (article, line);
-- The period of a figure that is a date is the date.
alter table figures add column dated text as (
    case when unit = 'date' then value || coalesce('/' || value_to, '') else period end
);
create index figures_of_period on figures (dated) where dated is not null;
create index zones_of_parent on zones (parent);
create index initiatives_of_zone on initiatives (zone);
create index sources_of_parent on sources (parent);

-- Computed once for all queries: the number of figures of each thing; the zones within each zone,
-- including itself; and facts of each zone.
create table counts (
    kind text not null, ref text not null, figures integer not null, primary key (kind, ref)
) strict, without rowid;
insert into counts
    select 'zone', zone, count(*) from figures group by zone
    union all select 'metric', metric, count(*) from figures group by metric
    union all select 'article', article, count(*) from figures group by article
    union all select 'initiative', initiative, count(*) from figures
        where initiative is not null group by initiative
    union all select 'period', dated, count(*) from figures
        where dated is not null group by dated;
create table zones_within (
    ancestor text not null, zone text not null, primary key (ancestor, zone)
) strict, without rowid;
insert into zones_within
    with recursive within (ancestor, zone) as (
        select id, id from zones
        union select within.ancestor, zones.id from within
            join zones on zones.parent = within.zone
    )
    select ancestor, zone from within;
create table zone_facts (
    zone text primary key, figures integer, within integer, since text, extent text
) strict, without rowid;
insert into zone_facts
select z.id,
       coalesce((select figures from counts where kind = 'zone' and ref = z.id), 0),
       (select coalesce(sum(figures), 0) from zones_within w
        join counts c on c.kind = 'zone' and c.ref = w.zone where w.ancestor = z.id),
       -- The first year, by the most exact date.
       (select value from figures f
        where f.zone = z.id and f.metric = 'launch' and f.unit = 'date'
        order by substr(value, 1, 4), length(value) desc, value limit 1),
       (select f.id from figures f
        join all_units u on u.id = f.unit and u.base = 'm2'
        join sources s on s.id = f.article left join sources d on d.id = s.parent
        -- An area of a few square metres is a misprint.
        where f.zone = z.id and f.metric = 'extent' and f.measure = 'level'
            and cast(u.factor as real) > 1
        -- The newest extent; of several sources' the one that most others agree with, printed in km²,
        -- the most exact, by the best source.
        order by f.period desc,
            (select count(*) from figures o
             where o.zone = f.zone and o.metric = f.metric and o.measure = f.measure
                 and o.period is f.period and cast(o.low as real) <= cast(f.high as real)
                 and cast(o.high as real) >= cast(f.low as real)) desc,
            u.factor = '1000000' desc, cast(f.high as real) - cast(f.low as real),
            (select key from json_each('{source_kinds}')
             where value = coalesce(d.kind, s.kind)), f.rowid
        limit 1)
from zones z;

-- The labels of each measure, where {} is the name of a metric; building.py inserts them.
create table measures (id text primary key, zh text not null, en text not null) strict;

-- The rows of the models, with the fields of each: what has exact decimals is text. `place` is the
-- order of the data.
create view figure_models as
select f.id, f.zone, z.name_zh as zone_zh, z.name_en as zone_en,
       f.initiative, i.name_zh as initiative_zh, i.name_en as initiative_en,
       f.metric,
       (select replace(zh, '{}', m.name_zh) from measures where id = f.measure) as metric_zh,
       (select replace(en, '{}', m.name_en) from measures where id = f.measure) as metric_en,
       f.measure, f.scope, coalesce(f.scope_en, o.name_en) as scope_en,
       -- A figure that is a date has no numbers.
       iif(u.base = 'date', null, f.value) as value, iif(u.base = 'date', null, f.value_to) as value_to,
       f.dated, iif(u.base = 'date', f.dated, null) as date,
       f.unit, null as base_value, null as base_value_to, u.base as base_unit,
       iif(u.base = 'date', null, f.low) as low, iif(u.base = 'date', null, f.high) as high,
       f.low_open, f.high_open, f.bound,
       f.period, f.base_period, f.period_kind, f.status,
       coalesce(d.id, s.id) as source, coalesce(d.kind, s.kind) as source_kind,
       f.article, f.line, coalesce(s.url, d.url) as url, f.printed, f.note_en, f.note_zh,
       m.kind as metric_kind, u.name_zh as unit_zh, u.name_en as unit_en, u.kind as unit_kind,
       u.factor, o.name_zh as scope_zh, o.kind as scope_kind, f.rowid as place
from figures f
join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative
join metrics m on m.id = f.metric
join all_units u on u.id = f.unit
join sources s on s.id = f.article
left join sources d on d.id = s.parent
left join zones o on o.id = f.scope;

create view zone_models as
select z.id, z.name_zh, z.name_en, z.kind, z.parent, z.also, z.note_en, z.note_zh,
       (select count(*) from initiatives where zone = z.id) as initiatives,
       f.figures, f.within as figures_within, f.since,
       cast(e.value as double) * cast(u.factor as double) / 1e6 as area_km2,
       coalesce(e.bound, '') as area_bound, z.rowid as place
from zones z join zone_facts f on f.zone = z.id
left join figures e on e.id = f.extent left join all_units u on u.id = e.unit;

create view initiative_models as
select i.id, i.name_zh, i.name_en, i.zone, z.name_zh as zone_zh, z.name_en as zone_en, i.kind,
       i.theme_zh, i.theme_en, i.start, i.summary_zh, i.summary_en, i.also, i.note_en, i.note_zh,
       coalesce((select figures from counts where kind = 'initiative' and ref = i.id), 0) as figures,
       i.rowid as place
from initiatives i join zones z on z.id = i.zone;

create view metric_models as
select m.id, m.name_zh, m.name_en, m.definition_zh, m.definition_en, m.base_unit, m.kind,
       m.direction, m.broader, m.also,
       coalesce((select figures from counts where kind = 'metric' and ref = m.id), 0) as figures,
       m.rowid as place
from metrics m;

create view recognition_models as
select r.id, r.zone, z.name_zh as zone_zh, z.name_en as zone_en, r.initiative,
       i.name_zh as initiative_zh, i.name_en as initiative_en, r.kind, r.scope, r.scope_en,
       r.by, r.by_en, r.article, r.line, r.printed, r.note_en, r.note_zh, r.rowid as place
from recognitions r join zones z on z.id = r.zone left join initiatives i on i.id = r.initiative;

create view source_models as
select s.id, s.parent, s.kind, coalesce(s.title_zh, '') as title_zh,
       coalesce(s.title_en, '') as title_en, coalesce(s.publisher, '') as publisher,
       coalesce(s.published, '') as published, coalesce(s.authors, '') as authors,
       coalesce(s.lang, '') as lang, coalesce(s.url, '') as url, coalesce(s.lines, '') as lines,
       coalesce(s.sha256, '') as sha256,
       (select coalesce(sum(figures), 0) from counts where kind = 'article' and ref in (
           select s.id union all select id from sources where parent = s.id)) as figures,
       s.rowid as place
from sources s;

create view ratio_models as
select r.id, r.name_zh, r.name_en, r.numerator, r.denominator, r.unit, u.factor,
       u.base as base_unit, r.rowid as place
from ratios r join all_units u on u.id = r.unit;

-- The fields of a figure in JSON, but for its meaning in words. Numbers are numbers here: doubles,
-- as in DuckDB's dialect a real has seven digits. In base units they have the fifteen digits that a
-- double keeps: 2077.68 times 10^8 is not quite whole in binary.
create view figures_flat as
select id, zone, zone_zh, zone_en, initiative, initiative_zh, initiative_en,
       metric, metric_zh, metric_en, measure, scope, scope_en,
       cast(value as double) as value, cast(value_to as double) as value_to, date, unit,
       case when value is not null then
           cast(printf('%.15g', cast(value as double) * cast(factor as double)) as double)
       end as base_value,
       case when value_to is not null then
           cast(printf('%.15g', cast(value_to as double) * cast(factor as double)) as double)
       end as base_value_to,
       base_unit, cast(low as double) as low, cast(high as double) as high,
       bound, period, base_period, period_kind, status, source, article, line, url, printed,
       coalesce(note_en, note_zh) as note
from figure_models;

analyze;
