"""The database written out again as a Data Package, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..database import Database
from ..database.queries import counts
from ..language import shown
from ..model.bundled import BUNDLED
from ..model.dataset_schema import PACKAGE_FILE, package_description, tables
from ..model.errors import DataUnusable, UsageError

# Marks a folder as one that an export may replace; the curated db/ has no such mark.
MARK = "exported_by"
# What is true of the bundled dataset and of no other.
_OF_BUNDLED = {"contributors", "licenses", "title_zh", "description", "description_zh", "version",
               "created", "sources"}  # fmt: skip


def export(db: Database, name: str) -> int:
    """Write the database as a Data Package into the folder `name`; returns the figure count.

    The folder is made beside and put in place by a rename. Raises UsageError for one that holds
    anything but an earlier export, and DataUnusable where it can't be written.
    """
    try:
        folder = _target(name)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
            made = Path(beside, "new")
            made.mkdir()
            _write(db, made)
            if folder.exists():
                folder.rename(Path(beside, "earlier"))
            made.rename(folder)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        path, why = shown(name, 200), getattr(error, "strerror", None) or error
        raise DataUnusable("{path} can't be written: {why}", path=path, why=why) from error
    return counts(db)["figures"]


def _write(db: Database, folder: Path) -> None:
    """Write every table and datapackage.json."""
    for table in tables().values():
        columns = ", ".join(f'"{name}"' for name in table.column_names)
        # Behind the units of the data stand those that the loader composed (万单).
        where = f"where rowid <= {db.meta('units')}" if table.name == "units" else ""
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.column_names)
            writer.writerows(db.query(f"select {columns} from {table.name} {where} order by rowid"))
    package: dict[str, Any] = {MARK: "ftz", **package_description()}
    if json.loads(db.meta("folders")) != [BUNDLED]:
        package |= {"name": "ftz-export", "title": "Figures exported by ftz"}
        package = {key: value for key, value in package.items() if key not in _OF_BUNDLED}
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / PACKAGE_FILE).write_text(f"{text}\n", encoding="utf-8")


def _target(name: str) -> Path:
    """The folder to write; raises UsageError for one that must stay as it is."""
    folder, path = Path(os.path.realpath(name)), shown(name, 200)
    if not name or (folder.exists() and not folder.is_dir()):
        raise UsageError("'{path}' is no folder", path=path)
    if folder == folder.parent or folder == Path.cwd():
        # It is replaced as a whole; who stands in it would be left in a folder that is gone.
        raise UsageError("{path} can't be replaced from within; name a folder in it", path=path)
    inside = set(os.listdir(folder)) if folder.exists() else set()
    others = inside - {PACKAGE_FILE} - {f"{table}.csv" for table in tables()}
    if others or (inside and not _is_export(folder)):
        raise UsageError("{path} holds what is no export; name a new folder", path=path)
    return folder


def _is_export(folder: Path) -> bool:
    try:
        package = json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(package, dict) and package.get(MARK) == "ftz"
