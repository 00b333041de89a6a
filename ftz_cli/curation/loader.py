"""Loads checked datasets into the database, all or nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote

from ..database import Database, open_named, queries
from ..database.building import ALL_UNITS, WritableDatabase, build, build_in_memory
from ..database.opening import LOADED, bundled_path, cache_folder, content_key
from ..language import Message, shown
from ..lookup import index
from ..model.bundled import BUNDLED
from ..model.errors import DatabaseUnusable, ExitCode, FtzError
from ..quantities.decimals import plain
from ..quantities.edtf import canonical
from .checks import Dataset, folders_named
from .faults import Problem
from .text_check import check_text

FIGURES_BY_SOURCE = """
select coalesce(s.parent, s.id), count(*) from figures f join sources s on s.id = f.article
group by 1 order by 1
"""


class Refused(FtzError):
    """Nothing was loaded, as the dataset has problems."""

    exit_code = ExitCode.NOT_FOUND
    problems: list[Problem]


def load(
    names: list[str], path: Path | None = None, notify: Callable[[Message], None] = lambda _: None
) -> int:
    """Load folders, by default the bundled one; returns the number of figures.

    `notify` is told of figures that are lost. Raises Refused where the data has problems, and
    DatabaseUnusable where `path` can't be written; the old file stays then.
    """
    replaced = None
    if path is None:
        folder = cache_folder()
        if folder is None:
            raise DatabaseUnusable("there is no cache folder; name a file with --db")
        path = folder / LOADED
        if names in ([], [BUNDLED]):
            path, replaced = bundled_path(folder), path
    before = _figures_by_source(replaced or path)
    count = build(path, lambda db: fill(db, names))
    if lost := before and before - _figures_by_source(path):
        notify(Message("{count} figures are no longer there, of the sources {sources}",
                       count=lost.total(), sources=shown(" ".join(lost), 300)))  # fmt: skip
    if replaced is not None:
        replaced.unlink(missing_ok=True)
    return count


def _figures_by_source(path: Path) -> Counter[str]:
    with suppress(DatabaseUnusable), open_named(path, outdated=True) as db:
        return Counter(dict(db.query(FIGURES_BY_SOURCE)))
    return Counter()


def fill(db: WritableDatabase, names: list[str]) -> int:
    """Fill an empty database from folders; returns the number of figures. May raise Refused."""
    names = [name if name == BUNDLED else os.path.abspath(name) for name in names or [BUNDLED]]
    dataset, folders = Dataset(folders_named(names)), " ".join(map(quote, names))
    db.create()
    for name, rows in dataset.rows.items():
        db.insert(name, ([*row.values()] for row in rows))
    units = {row["unit"] for row in dataset.rows["ratios"]}
    db.insert("figures", _figures(dataset, units))
    if dataset.problem_count:
        refused = Refused(
            "nothing was loaded: faults in the data: {count}; 'ftz check {folders}' lists them",
            count=dataset.problem_count, folders=shown(folders, 300),
        )  # fmt: skip
        refused.problems = dataset.problems
        raise refused
    db.execute(f"insert into {ALL_UNITS} select * from units")
    for name in sorted(units.difference(dataset.by_id["units"])):
        unit = dataset.units[name]
        cells = (name, unit.name_zh, unit.name_en, unit.base, plain(unit.factor), unit.kind)
        db.insert(ALL_UNITS, [(*cells, plain(unit.minimum), "")])
    index.build(db)
    db.finish({"key": content_key(), "folders": folders})
    return queries.figure_count(db)


def check(names: list[str], text: Path | None = None) -> tuple[Dataset, int]:
    """Check folders, and the rows of a source against its `text`; counts the sound figures."""
    dataset = Dataset(folders_named(names))
    if text is None or dataset.problem_count:
        return dataset, dataset.check()
    figures = {row["id"]: row for row, _ in dataset.figures()}
    check_text(dataset, figures, text)
    return dataset, len(figures)


def _figures(dataset: Dataset, units: set[str]) -> Iterator[list[object]]:
    for row, ends in dataset.figures():
        units.add(row["unit"])
        # Equal periods need equal texts, as queries compare the texts.
        for name in ("period", "base_period"):
            row[name] = row[name] and canonical(row[name])
        yield [*row.values(), *ends]


def build_current(notify: Callable[[Message], None]) -> Database:
    """Build the database of the bundled data and open it; in memory where it can't be written."""

    def fill_bundled(db: WritableDatabase) -> int:
        notify(Message("building {path}", path=shown(str(path), 300)))
        return fill(db, [])

    why = Message("there is no cache folder")
    if folder := cache_folder():
        path = bundled_path(folder)
        try:
            build(path, fill_bundled)
            return open_named(path)
        except DatabaseUnusable as error:
            why = error.message
    notify(Message("working in memory: {why}", why=why))
    return build_in_memory(lambda db: fill(db, []))
