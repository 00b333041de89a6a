"""The database written out again as a Data Package, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from ..database import Database
from ..database.queries import counts
from ..language import shown
from ..model.bundled import BUNDLED
from ..model.dataset_schema import PACKAGE_FILE, package_description, tables
from ..model.errors import DataUnusable, UsageError

# Marks a folder as one that an export may replace; the curated db/ has no such mark.
MARK = "exported_by"
# What is true of the bundled dataset and of no other.
_OF_BUNDLED = ("contributors", "licenses", "description", "description_zh", "version", "created",
               "sources")  # fmt: skip


def export(db: Database, name: str) -> int:
    """Write the database as a Data Package into the folder `name`; returns the figure count.

    The folder is made beside and put in place by a rename. Raises UsageError for one that holds
    anything but an earlier export, and DataUnusable where it can't be written.
    """
    try:
        folder = _target(name)
        beside = folder.parent / f".{folder.name}.{os.getpid()}.exporting"
        replaced = folder.parent / f".{folder.name}.{os.getpid()}.replaced"
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_left_behind(folder)
        try:
            beside.mkdir()
            count = _write(db, beside)
            if folder.exists():
                folder.rename(replaced)
            beside.rename(folder)
        finally:
            if replaced.exists() and not folder.exists():
                replaced.rename(folder)
            shutil.rmtree(beside, ignore_errors=True)
            shutil.rmtree(replaced, ignore_errors=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataUnusable(
            "{path} can't be written: {why}", path=shown(name, 200), why=why
        ) from error
    return count


def _write(db: Database, folder: Path) -> int:
    """Write every table and datapackage.json into `folder`; returns the figure count."""
    composed = int(db.meta("units") or 0)
    for table in tables().values():
        columns = ", ".join(f'"{name}"' for name in table.column_names)
        # Behind the units of the data stand those that the loader composed (万单).
        where = f"where rowid <= {composed}" if table.name == "units" else ""
        with _synced(folder / f"{table.name}.csv") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.column_names)
            writer.writerows(db.query(f"select {columns} from {table.name} {where} order by rowid"))
    with _synced(folder / PACKAGE_FILE) as file:
        json.dump({MARK: "ftz", **_package(db)}, file, ensure_ascii=False, indent=2)
        file.write("\n")
    return counts(db)["figures"]


def _package(db: Database) -> dict[str, Any]:
    """What datapackage.json says of the data in the database."""
    package = package_description()
    if json.loads(db.meta("folders") or "[]") != [BUNDLED]:
        for key in _OF_BUNDLED:
            package.pop(key, None)
        package["name"], package["title"] = "ftz-export", "Figures exported by ftz"
        package["title_zh"] = "ftz 导出的数据"
    return package


def _target(name: str) -> Path:
    """The folder to write; raises UsageError for one that must stay as it is."""
    folder = Path(os.path.realpath(name))
    path = shown(name, 200)
    if not name or (folder.exists() and not folder.is_dir()):
        raise UsageError("'{path}' is no folder", path=path)
    if folder == folder.parent or folder == Path.cwd():
        # It is replaced as a whole; who stands in it would be left in a folder that is gone.
        raise UsageError("{path} can't be replaced from within; name a folder in it", path=path)
    inside = set(os.listdir(folder)) if folder.exists() else set()
    others = sorted(inside - {PACKAGE_FILE} - {f"{table}.csv" for table in tables()})
    if others or (inside and not _is_export(folder)):
        raise UsageError("{path} holds what is no export ({first}); name a new folder", path=path,
                         first=shown((others or sorted(inside))[0]))  # fmt: skip
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


@contextmanager
def _synced(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
