"""Loading checked datasets into the database: all or nothing, in one atomic step."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..database.building import WritableDatabase, build, build_in_memory
from ..database.opening import (
    LOADED,
    Database,
    NotCurrent,
    bundled_path,
    cache_folder,
    connect,
    content_key,
    open_cached,
    open_named,
    signature,
)
from ..language import Message, shown
from ..model.bundled import BUNDLED
from ..model.errors import DatabaseUnusable, ExitCode, FtzError
from ..quantities import plain
from .checks import Dataset, folders_named
from .faults import Problem

# So many databases of other bundled data stay in the cache: of installs used in turn.
KEPT = 3


class Refused(FtzError):
    """A dataset with problems, of which nothing was loaded."""

    exit_code = ExitCode.NOT_FOUND

    def __init__(self, problems: list[Problem], count: int) -> None:
        super().__init__("nothing was loaded: {count} faults in the data", count=count)
        self.problems = problems
        self.count = count


def load(names: list[str], path: Path | None = None) -> int:
    """Load the folders that `names` name, the bundled one where there are none; returns the
    number of figures.

    Without a `path` it is the database that commands ask when none is named. Raises Refused where
    the data has problems, and DatabaseUnusable where the file can't be written; the old file
    stays then.
    """
    count = 0

    def fill_counting(db: WritableDatabase) -> None:
        nonlocal count
        count = fill(db, names)

    if path is not None:
        build(path, fill_counting)
        return count
    folder = cache_folder()
    if folder is None:
        raise DatabaseUnusable("there is no cache folder; name a file with --db")
    loaded = folder / LOADED
    if names in ([], [BUNDLED]):
        build(bundled_path(folder), fill_counting)
        loaded.unlink(missing_ok=True)
    else:
        build(loaded, fill_counting)
    return count


def fill(db: WritableDatabase, names: list[str]) -> int:
    """Fill an empty database from the named folders; returns the number of figures.

    Raises Refused on any problem.
    """
    names = [name if name == BUNDLED else os.path.abspath(name) for name in names or [BUNDLED]]
    folders = folders_named(names)
    # Taken before reading, so that a change while we read makes the database stale.
    meta = {
        "folders": json.dumps(names),
        "signature": json.dumps(signature(names)),
        "content": content_key(names),
    }
    dataset = Dataset(folders)
    db.create(dataset.tables.values())
    units: set[str] = set()
    for name, table in dataset.tables.items():
        if name == "figures":
            db.insert(table, _figures(dataset, units))
        elif name != "units":
            db.insert(table, (_stored(row.cells) for row in dataset.rows[name]))
    if dataset.problem_count:
        raise Refused(dataset.problems, dataset.problem_count)
    db.insert(dataset.tables["units"], _units(dataset, units))
    meta["units"] = str(len(dataset.rows["units"]))
    try:
        from ..lookup import index

        index.build(db)
    except ImportError:
        pass
    db.finish(meta)
    counted = db.one("select count(*) from figures")
    return int(counted[0]) if counted else 0


def _figures(dataset: Dataset, units: set[str]) -> Iterator[list[object]]:
    """The rows of figures; `units` gets the units that they name."""
    unit = dataset.tables["figures"].at["unit"]
    for cells, ends in dataset.figures():
        units.add(cells[unit])
        yield [*_stored(cells), *ends]


def _units(dataset: Dataset, in_use: Iterable[str]) -> Iterator[list[object]]:
    """The rows of units, and behind them those that figures compose (万单), so that keys hold."""
    known = set()
    for row in dataset.rows["units"]:
        known.add(row.cells[0])
        yield _stored(row.cells)
    for name in sorted(set(in_use) - known):
        unit = dataset.units[name]
        factor, least = plain(unit.factor), plain(unit.minimum)
        yield _stored([name, unit.name_zh, unit.name_en, unit.base, factor, unit.kind, least, ""])


def _stored(cells: list[str]) -> list[object]:
    return [cell or None for cell in cells]


def build_current(notify: Callable[[Message], None], why: Message) -> Database:
    """Build the cached database and open it; in memory where nothing can be written.

    `why` says what was wrong with it; `notify` gets the one line that says what is done.
    """
    folder, names = cache_folder(), [BUNDLED]
    if folder is not None:
        path = folder / LOADED
        if path.exists():
            names = _folders_of(path)
        else:
            path = bundled_path(folder)
        try:
            _build_if_needed(path, names, notify, why)
            return open_cached()
        except Refused as refused:
            if path.name != LOADED:
                raise
            # The folder has been edited into something faulty: the last good load still answers.
            notify(Message("{count} faults in {folders}: answering from the last good load",
                           count=refused.count, folders=shown(" ".join(names), 300)))  # fmt: skip
            return open_named(path)
        except (NotCurrent, DatabaseUnusable) as error:
            why = error.message
    notify(Message("working in memory: {why}", why=why))

    def fill_in_memory(db: WritableDatabase) -> None:
        fill(db, names)

    return build_in_memory(fill_in_memory)


def _build_if_needed(
    path: Path, names: list[str], notify: Callable[[Message], None], why: Message
) -> None:
    def needed() -> bool:
        # Asked once the folder is there: where there can be none, nothing is built in it.
        try:
            open_cached().close()
        except NotCurrent:
            notify(Message("building {path}: {why}", path=shown(str(path), 300), why=why))
            return True
        return False

    def fill_file(db: WritableDatabase) -> None:
        fill(db, names)

    if build(path, fill_file, needed):
        others = [one for one in path.parent.glob("ftz-*.db") if one != path]
        for old in sorted(others, key=os.path.getmtime)[: -KEPT or None]:
            old.unlink(missing_ok=True)


def _folders_of(path: Path) -> list[str]:
    """The folders that a database was loaded from, where it can still say so."""
    try:
        with connect(str(path)) as db:
            names = json.loads(db.meta("folders") or "[]")
    except (DatabaseUnusable, ValueError):
        return [BUNDLED]
    return names or [BUNDLED]
