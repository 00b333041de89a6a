"""Loading checked datasets into the database: all or nothing, in one atomic step."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote

from ..database.building import WritableDatabase, build, build_in_memory
from ..database.opening import (
    LOADED,
    Database,
    bundled_path,
    cache_folder,
    open_any,
    open_cached,
    open_named,
    state,
)
from ..database.queries import counts
from ..language import Message, shown
from ..lookup import index
from ..model.bundled import BUNDLED
from ..model.errors import DatabaseUnusable, ExitCode, FtzError
from ..quantities.decimals import plain
from ..quantities.edtf import canonical
from .checks import Dataset, folders_named
from .data_package import described
from .faults import Problem
from .text_check import TextCheck

# Tables without which a text can't be read.
NAMED = frozenset({"zones", "initiatives", "metrics", "units", "sources"})


class Refused(FtzError):
    """A dataset with problems, of which nothing was loaded; `folders` are what it was made of."""

    exit_code = ExitCode.NOT_FOUND

    def __init__(self, problems: list[Problem], count: int, names: list[str]) -> None:
        self.problems, self.count = problems, count
        self.folders = shown(" ".join(map(quote, names)), 300)
        super().__init__(
            "nothing was loaded: faults in the data: {count}; 'ftz check {folders}' lists them",
            count=count, folders=self.folders,
        )  # fmt: skip


def load(names: list[str], path: Path | None = None) -> int:
    """Load the folders that `names` name, or else the bundled one; returns the number of figures.

    Without a `path` it is the database that commands ask when none is named. Raises Refused where
    the data has problems, and DatabaseUnusable where the file can't be written; the old file
    stays then.
    """
    replaced = None
    if path is None:
        folder = cache_folder()
        if folder is None:
            raise DatabaseUnusable("there is no cache folder; name a file with --db")
        path = folder / LOADED
        if names in ([], [BUNDLED]):
            path, replaced = bundled_path(folder), path
    count = build(path, lambda db: fill(db, names))
    if replaced is not None:
        replaced.unlink(missing_ok=True)
    return count


def fill(db: WritableDatabase, names: list[str]) -> int:
    """Fill an empty database from the named folders; returns the number of figures.

    Raises Refused on any problem.
    """
    names = [name if name == BUNDLED else os.path.abspath(name) for name in names or [BUNDLED]]
    folders = folders_named(names)
    # Taken before reading, so that a change while we read makes the database stale.
    meta = {"folders": json.dumps(names), "state": state(names), "package": described(folders)}
    dataset = Dataset(folders)
    count = _insert(db, dataset, **meta)
    if dataset.problem_count:
        raise Refused(dataset.problems, dataset.problem_count, names)
    return count


def check(names: list[str], text: Path | None = None) -> tuple[Dataset, int]:
    """Check the folders that `names` name; returns the dataset, and how many figures passed.

    What is of the source that `text` is of is held against it where names, units and sources are
    sound.
    """
    dataset = Dataset(folders_named(names))
    stems = {Path(one.path).stem for one in dataset.problems}
    if text is None or not dataset.readable or stems & NAMED:
        return dataset, dataset.check()
    held = TextCheck(dataset, text)
    with build_in_memory(lambda db: _insert(db, dataset)) as db:
        held.check(db)
        return dataset, counts(db)["figures"]


def _insert(db: WritableDatabase, dataset: Dataset, **meta: str) -> int:
    """Fill an empty database with what passes of a dataset; returns the number of figures."""
    db.create(dataset.tables.values())
    units: set[str] = set()
    for name, table in dataset.tables.items():
        if name == "figures":
            db.insert(table, _figures(dataset, units))
        elif name != "units":
            db.insert(table, (_stored(row.values()) for row in dataset.rows[name]))
    units.update(row["unit"] for row in dataset.rows["ratios"])
    db.insert(dataset.tables["units"], _units(dataset, units))
    index.build(db)
    db.finish(meta | {"units": str(len(dataset.rows["units"]))})
    (count,) = db.one("select count(*) from figures") or (0,)
    return int(count)


def _figures(dataset: Dataset, units: set[str]) -> Iterator[list[object]]:
    """The rows of figures; `units` gets the units that they name."""
    for row, ends in dataset.figures():
        units.add(row["unit"])
        # Everything that compares periods compares their text.
        for name in ("period", "base_period"):
            row[name] = row[name] and canonical(row[name])
        yield _stored(row.values(), *ends)


def _units(dataset: Dataset, in_use: set[str]) -> Iterator[list[object]]:
    """The rows of units, and behind them those in use that are composed (万单), for the keys."""
    for row in dataset.rows["units"]:
        yield _stored(row.values())
    for name in sorted(in_use.difference(row["id"] for row in dataset.rows["units"])):
        unit = dataset.units[name]
        factor, least = plain(unit.factor), plain(unit.minimum)
        yield _stored((name, unit.name_zh, unit.name_en, unit.base, factor, unit.kind, least, ""))


def _stored(cells: Iterable[str], *more: object) -> list[object]:
    stored: list[object] = [cell or None for cell in cells]
    stored += more
    return stored


class _AlreadyBuilt(Exception):
    """Another process built the database while this one waited for the lock."""


def build_current(notify: Callable[[Message], None]) -> Database:
    """Build the cached database and open it; in memory where nothing can be written.

    Where a loaded folder has got faults, it is the database as it was before. `notify` gets the
    line that says what is done.
    """
    names, folder = [BUNDLED], cache_folder()
    why = Message("there is no cache folder")

    def fill_where_needed(db: WritableDatabase) -> int:
        if current := open_cached():
            current.close()
            raise _AlreadyBuilt
        notify(Message("building {path}", path=shown(str(path), 300)))
        return fill(db, names)

    if folder is not None:
        path = folder / LOADED
        if path.exists():  # where it is spoiled, other data is no answer
            with open_any(str(path))[0] as last:
                names = json.loads(last.meta("folders") or "null") or names
        else:
            path = bundled_path(folder)
        try:
            with suppress(_AlreadyBuilt):
                build(path, fill_where_needed)
            return open_named(path)
        except DatabaseUnusable as error:
            why = error.message
        except Refused as refused:
            if path.name != LOADED:
                raise
            notify(Message(
                "faults in what was loaded and has changed: {count}; 'ftz check {folders}' lists "
                "them. The answer is of the data as it was loaded last",
                count=refused.count, folders=refused.folders,
            ))  # fmt: skip
            return open_named(path)
    notify(Message("working in memory: {why}", why=why))
    return build_in_memory(lambda db: fill(db, names))
