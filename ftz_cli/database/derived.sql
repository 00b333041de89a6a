-- Run by building.py once all rows are there: indexes, and what is worked out once.

-- An index for each way in which figures are asked for. The ordinary measure and status are left
-- out, for they choose next to nothing.
create index figures_of_metric on figures (metric, period);
create index figures_of_zone on figures (zone, metric);
create index figures_of_initiative on figures (initiative, metric) where initiative is not null;
create index figures_of_article on figures (article, line);
create index figures_of_period on figures (period) where period is not null;
create index figures_of_measure on figures (measure) where measure <> 'level';
create index figures_of_status on figures (status) where status <> 'measured';
create index zones_of_parent on zones (parent);
create index initiatives_of_zone on initiatives (zone);
create index sources_of_parent on sources (parent);

-- So that no question counts figures: how many each thing has, which zones lie within which, each
-- within itself too, and what is known of each.
create table counts (
    kind text not null, ref text not null, figures integer not null, primary key (kind, ref)
) strict, without rowid;
insert into counts
    select 'zone', zone, count(*) from figures group by zone
    union all select 'metric', metric, count(*) from figures group by metric
    union all select 'article', article, count(*) from figures group by article
    union all select 'initiative', initiative, count(*) from figures
        where initiative is not null group by initiative
    union all select 'period', period, count(*) from figures
        where period is not null group by period;
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
       -- The first year; of its dates the one printed most fully.
       (select value from figures f
        where f.zone = z.id and f.metric = 'launch' and f.unit = 'date'
        order by substr(value, 1, 4), length(value) desc, value limit 1),
       (select f.id from figures f
        join units u on u.id = f.unit and u.base = 'm2'
        join sources s on s.id = f.article left join sources d on d.id = s.parent
        -- A zone of some square metres is a misprint.
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
