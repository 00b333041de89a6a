"""The database written out again as a Data Package, whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .bundled import BUNDLED, bundled_folder
from .catalogue import say
from .errors import DataUnusable, UsageError
from .quantity import Unit, Units
from .reasons import of_os
from .schema import PACKAGE_FILE, tables
from .store import READ_META
from .text import visible

# Marks a folder as one that an export may replace; the curated db/ has no such mark.
MARK = "exported_by"
ROWS = "select {} from {} order by rowid"
DOCUMENTS = "select title_en from sources where parent is null order by rowid"
COUNT = "select count(*) from figures"


def export(connection: sqlite3.Connection, name: str) -> int:
    """Write the database as a Data Package into the folder `name`; returns the figure count.

    The folder is made beside and put in place by a rename. Raises UsageError for one that holds
    anything but an earlier export, and DataUnusable where it can't be written.
    """
    folder = _target(name)
    beside = folder.parent / f".{folder.name}.{os.getpid()}.exporting"
    replaced = folder.parent / f".{folder.name}.{os.getpid()}.replaced"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_left_behind(folder)
        try:
            beside.mkdir()
            count = write(connection, beside)
            _put(beside, folder, replaced)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
            shutil.rmtree(replaced, ignore_errors=True)
    except OSError as error:
        raise DataUnusable("file.unwritable", path=visible(name), why=of_os(error)) from error
    return count


def write(connection: sqlite3.Connection, folder: Path) -> int:
    """Write every table and datapackage.json into `folder`; returns the figure count."""
    for table in tables().values():
        columns = ", ".join(f'"{column}"' for column in table.column_names)
        rows: Iterator[tuple[Any, ...]] = connection.execute(ROWS.format(columns, table.name))
        if table.name == "units":
            rows = _without_composed(list(rows))
        with _synced(folder / f"{table.name}.csv") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.column_names)
            writer.writerows(rows)
    with _synced(folder / PACKAGE_FILE) as file:
        json.dump({MARK: "ftz", **package(connection)}, file, ensure_ascii=False, indent=2)
        file.write("\n")
    count: int = connection.execute(COUNT).fetchone()[0]
    return count


def _target(name: str) -> Path:
    """The folder to write; raises UsageError for one that must stay as it is."""
    if not name or "\x00" in name:
        raise UsageError("export.unnamed")
    try:
        folder = Path(os.path.realpath(name))
        inside = {entry.name for entry in os.scandir(folder)} if folder.is_dir() else set()
        taken = folder.exists() and not folder.is_dir()
        here = folder.exists() and folder.samefile(os.curdir)
    except (OSError, ValueError) as error:
        raise DataUnusable("file.unwritable", path=visible(name), why=of_os(error)) from None
    if taken:
        raise UsageError("export.a_file", path=visible(name))
    if here or folder == folder.parent:
        # It is replaced as a whole; who stands in it would be left in a folder that is gone.
        raise UsageError("export.here", path=visible(name))
    if inside:
        others = sorted(inside - {PACKAGE_FILE} - {f"{table}.csv" for table in tables()})
        if others:
            raise UsageError("export.others", path=visible(name), first=visible(others[0]))
        if not _is_export(folder):
            raise UsageError("export.curated", path=visible(name))
    return folder


def _is_export(folder: Path) -> bool:
    try:
        package = json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(package, dict) and package.get(MARK) == "ftz"


def _clear_left_behind(folder: Path) -> None:
    """Remove what killed exports left beside the folder."""
    for left in folder.parent.iterdir():
        found = re.fullmatch(r"\.(.+)\.([0-9]{1,9})\.(?:exporting|replaced)", left.name)
        if found and found[1] == folder.name and not _alive(int(found[2])):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    if os.name != "posix":
        return True  # to ask there is to end the process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _put(beside: Path, folder: Path, replaced: Path) -> None:
    """Put the folder made beside in its place, the old one aside until that is done."""
    if not folder.is_dir():
        beside.rename(folder)
    elif not any(folder.iterdir()):
        folder.rmdir()
        beside.rename(folder)
    else:
        folder.rename(replaced)
        try:
            beside.rename(folder)
        except OSError:
            replaced.rename(folder)
            raise


def package(connection: sqlite3.Connection) -> dict[str, Any]:
    """What datapackage.json says of the data in the database.

    Who compiled the bundled data, and under which licence, is told of no other.
    """
    found: dict[str, Any] = json.loads(
        (bundled_folder() / PACKAGE_FILE).read_text(encoding="utf-8")
    )
    row = connection.execute(READ_META, {"key": "folders"}).fetchone()
    if row is None or list(json.loads(row[0])) != [BUNDLED]:
        for key in ("contributors", "licenses", "description", "description_zh", "keywords",
                    "id", "version", "created"):  # fmt: skip
            found.pop(key, None)
        found["name"] = "ftz-export"
        found["title"] = say("export.title", "en")
        found["title_zh"] = say("export.title", "zh")
        found["sources"] = [{"title": title} for (title,) in connection.execute(DOCUMENTS)]
        if not found["sources"]:
            del found["sources"]
    return found


def _without_composed(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows of units but those that the loader composed (万单), which come last."""
    end = len(rows)
    while end and _composes(rows[: end - 1], rows[end - 1]):
        end -= 1
    return iter(rows[:end])


def _composes(others: list[tuple[Any, ...]], row: tuple[Any, ...]) -> bool:
    made = Units(Unit.of_row(*other) for other in others).find(row[0])
    # 个月 is made as 月 itself, so the name it goes by is left out.
    return made is not None and replace(made, id=row[0]) == Unit.of_row(*row)


@contextlib.contextmanager
def _synced(path: Path) -> Iterator[Any]:
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
