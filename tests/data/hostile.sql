insert into zones (id) values ('x')
replace into zones select * from zones
update figures set value = '0' returning id
with t as (select 1) delete from figures
create table t (x)
create temp table t (x)
create virtual table t using fts5 (x)
drop table figures
alter table figures add column x
analyze
reindex
vacuum into '{folder}/stolen.db'
attach '{folder}/new.db' as other
attach ':memory:' as other
begin immediate
pragma journal_mode = wal
pragma writable_schema = on
pragma temp_store_directory = '{folder}'
pragma database_list
explain insert into zones select * from zones
select load_extension('{folder}/evil')
selECT/**/lOAD_eXTENSION/**/('x')
select writefile('{folder}/out', 'x')
select fts3_tokenizer('simple', x'4141414141414141')
select * from pragma_journal_mode
select * from sqlite_dbpage
select * from fsdir('/')
select 1; drop table figures
--
.shell touch {folder}/out
select group_concat(zeroblob(900000)) from figures
with recursive t(x) as (select x from t) select * from t
select json(printf('%.*c', 5000, '['))
select abs(-9223372036854775808)
select nothing
