"""The same file in a browser: Datasette, told what the tables and columns mean."""

from __future__ import annotations

import ipaddress
import socket
import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from .catalogue import Message, say
from .errors import DatabaseUnusable, FtzError, UsageError
from .export import package
from .reasons import of_os
from .schema import tables
from .sql import FILE, FLAT, described
from .text import shown

ABOUT = "select title_en, title_zh from sources where parent is null order by rowid"
TABLES = "select name from sqlite_master where type = 'table'"

# The words of a question, one a row. Matching by `instr` finds Chinese words, which no
# tokenizer of SQLite's finds inside a run of characters.
_WORDS = """
with recursive split (word, rest) as (
    select '', trim(:words) || ' '
    union all
    select substr(rest, 1, instr(rest, ' ') - 1), ltrim(substr(rest, instr(rest, ' ') + 1))
    from split where rest <> ''
),
words (word) as (select distinct lower(word) from split where word <> ''),
known (kind, ref, name) as (
    select 'zone', id, id || ' ' || name_zh || ' ' || name_en from zones
    union all select 'initiative', id, id || ' ' || name_zh || ' ' || name_en from initiatives
    union all select 'metric', id, id || ' ' || name_zh || ' ' || name_en from metrics
    union all select kind, ref, alias from aliases
),
hits (word, kind, ref) as materialized (
    select distinct word, kind, ref from words join known on instr(lower(name), word)
)
"""
LIST_ZONES = """
select z.id, z.name_zh, z.name_en, z.kind, p.name_en as lies_in,
       (select count(*) from initiatives where zone = z.id) as initiatives,
       (select count(*) from figures where zone = z.id) as figures
from zones z left join zones p on p.id = z.parent
order by z.rowid
"""
LOOK_UP = f"""{_WORDS}
select f.id, f.metric_en, f.metric_zh, f.zone_en, f.initiative_en, f.printed, f.base_value,
       f.base_unit, f.low, f.high, f.period, f.status, f.article, f.line
from figures_flat f
where not exists (
    select 1 from words w
    where not instr(f.printed, w.word) and not instr(coalesce(f.period, ''), w.word)
    and not exists (
        select 1 from hits h where h.word = w.word
        and ((h.kind = 'metric' and h.ref = f.metric) or (h.kind = 'zone' and h.ref = f.zone)
             or (h.kind = 'initiative' and h.ref = f.initiative))
    )
)
order by f.period desc, f.id
"""
SEARCH = f"""{_WORDS}
, every (kind, id, name_zh, name_en, told) as (
    select 'zone', id, name_zh, name_en, note from zones
    union all select 'initiative', id, name_zh, name_en, summary_zh || ' ' || summary_en
    from initiatives
    union all select 'metric', id, name_zh, name_en, definition_zh || ' ' || definition_en
    from metrics
    union all select 'figure', id, metric_zh || ' ' || printed, metric_en || ' ' || printed,
                     zone_zh || ' ' || zone_en || ' ' || coalesce(initiative_zh, '') || ' '
                     || coalesce(initiative_en, '') || ' ' || coalesce(period, '') || ' '
                     || coalesce(note, '')
    from figures_flat
)
select e.kind, e.id, e.name_zh, e.name_en from every e
where :words <> '' and not exists (
    select 1 from words w
    where not instr(lower(e.id || ' ' || e.name_zh || ' ' || e.name_en || ' '
                          || coalesce(e.told, '')), w.word)
    and not exists (
        select 1 from hits h where h.word = w.word and h.kind = e.kind and h.ref = e.id
    )
)
"""
_CHOSEN = """
select id from (
    select id, 0 as other, name_zh || ' ' || name_en as name from initiatives
    union all select ref, 1, alias from aliases where kind = 'initiative'
)
where :{0} <> '' and (id = :{0} or instr(lower(name), lower(:{0})))
order by id = :{0} desc, other, id limit 1
"""
COMPARE = f"""
with one (id) as ({_CHOSEN.format("first")}), two (id) as ({_CHOSEN.format("second")}),
said (metric, initiative, printed) as (
    select metric, initiative,
           group_concat(printed || coalesce(' (' || period || ')', ''), '; ')
    from figures where initiative in (select id from one union select id from two)
    group by metric, initiative
)
select m.name_en as metric_en, m.name_zh as metric_zh,
       a.initiative as first_id, a.printed as first_printed,
       b.initiative as second_id, b.printed as second_printed
from metrics m
left join said a on a.metric = m.id and a.initiative = (select id from one)
left join said b on b.metric = m.id and b.initiative = (select id from two)
where a.printed is not null or b.printed is not null
order by a.printed is null or b.printed is null, m.rowid
"""
QUERIES = {
    "list_zones": LIST_ZONES,
    "look_up": LOOK_UP,
    "compare_initiatives": COMPARE,
    "search": SEARCH,
}
FACETS = ["zone", "metric", "period"]


def metadata(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    """What Datasette shows beside the data of the database called `name`."""
    about = package(connection)
    licence: dict[str, str] = next(iter(about.get("licenses", ())), {})
    known = tables()
    shown_tables: dict[str, dict[str, Any]] = {
        table.name: {
            "title": f"{table.title_en} · {table.title_zh}",
            "description": table.description_en,
            "columns": {},
        }
        for table in known.values()
    }
    shown_tables[FLAT] = {
        "title": _both("browser.flat", " · "),
        "description": _both("browser.flat_holds"),
        "columns": {},
        "facets": FACETS,
        "sort": "id",
    }
    shown_tables["figures"] |= {"facets": FACETS, "sort": "id"}
    for one in described():
        words = one.description
        shown_tables[one.table]["columns"][one.column] = f"{words.told('en')} {words.told('zh')}"
    for table in known.values():
        if "name_en" in table.column_names:
            shown_tables[table.name]["label_column"] = "name_en"
    for (internal,) in connection.execute(TABLES):
        # What the look-up needs: nothing that people ask of.
        shown_tables.setdefault(internal, {"hidden": True})
    sources = "; ".join(f"{en} ({zh})" for en, zh in connection.execute(ABOUT))
    return {
        "title": about["title"],
        "description": about.get("description"),
        "license": licence.get("title"),
        "license_url": licence.get("path"),
        "source": sources,
        "databases": {
            name: {
                "title": f"{about['title']} · {about['title_zh']}",
                "description": about.get("description"),
                "source": sources,
                "tables": shown_tables,
                "queries": {
                    key: {"sql": sql.strip(), "title": _both(f"browser.{key}", " · "),
                          "description": _both(f"browser.{key}_answers"), "hide_sql": True}
                    for key, sql in QUERIES.items()
                },
            }
        },
    }  # fmt: skip


def _both(key: str, between: str = " ") -> str:
    """Both languages: a page of Datasette's is the same for everybody."""
    return between.join(say(key, lang) for lang in ("en", "zh"))


def site(connection: sqlite3.Connection) -> Any:
    """A Datasette over the file that `connection` reads, which nothing can change.

    Raises FtzError where Datasette is not installed, and DatabaseUnusable where there is no file.
    """
    file = connection.execute(FILE).fetchone()[0]
    if not file:
        raise DatabaseUnusable("serve.no_file")
    if set(file) & set("?#%"):
        raise UsageError("serve.file_name", path=shown(file))
    try:
        datasette = import_module("datasette.app").Datasette
    except ImportError:
        raise FtzError("serve.not_installed") from None
    # With Rich at hand it would print a screen of traceback for every page that is not there.
    vars(import_module("datasette.handle_exception"))["rich"] = None
    name = Path(file).stem
    return datasette(
        immutables=[file],
        metadata=metadata(connection, name),
        settings={"default_page_size": 50, "suggest_facets": False, "sql_time_limit_ms": 5000},
    )


def serve(
    connection: sqlite3.Connection, host: str, port: int, tell: Callable[[Message], None]
) -> None:
    """Serve the database until Ctrl-C; `tell` gets the address.

    Raises FtzError where Datasette is not installed, and UsageError for an address that can't
    be listened on.
    """
    application = site(connection).app()
    uvicorn = import_module("uvicorn")
    with _listening(host, port) as listener:
        address = f"[{host}]" if ":" in host else host
        if not _is_loopback(listener):
            tell(Message("serve.open"))
        url = f"http://{address}:{listener.getsockname()[1]}"
        tell(Message("serve.on", address=url))
        config = uvicorn.Config(application, log_level="warning", lifespan="on")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        # A name that leads nowhere is an error of its own kind, with numbers of its own.
        unknown = isinstance(error, (socket.gaierror, UnicodeError))
        why = Message("os.no_address") if unknown else of_os(error)
        raise UsageError("serve.cannot_listen", host=shown(host), port=port, why=why) from None


def _is_loopback(listener: socket.socket) -> bool:
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback
