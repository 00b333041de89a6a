"""Exports the database as a Data Package, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from ..database import Database
from ..database.queries import figure_count
from ..language import shown
from ..model.bundled import BUNDLED
from ..model.dataset_schema import PACKAGE_FILE, package_description, tables
from ..model.errors import DataUnusable, UsageError


def export(db: Database, name: str) -> int:
    """Write the database into the new folder `name`, whole or not at all; returns the figure count.

    Raises UsageError for a folder that is not empty, DataUnusable where it can't be written.
    """
    try:
        folder = Path(os.path.realpath(name))
        if not name or (folder.exists() and not folder.is_dir()):
            raise UsageError("'{path}' is not a folder", path=shown(name, 200))
        if folder == Path.cwd():
            # The rename would leave the shell in a folder that is deleted.
            raise UsageError("{path} can't be replaced from within; name a folder in it",
                             path=shown(name, 200))  # fmt: skip
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as temporary:
            new = Path(temporary, "new")
            new.mkdir()
            _write(db, new)
            if folder.exists() and os.listdir(folder):
                raise UsageError("{path} is not empty; name a new folder", path=shown(name, 200))
            new.rename(folder)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        path, why = shown(name, 200), getattr(error, "strerror", None) or error
        raise DataUnusable("{path} can't be written: {why}", path=path, why=why) from error
    return figure_count(db)


def _write(db: Database, folder: Path) -> None:
    for table in tables().values():
        columns = ", ".join(f'"{name}"' for name in table.column_names)
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.column_names)
            writer.writerows(db.query(f"select {columns} from {table.name} order by rowid"))
    package = package_description()
    if db.meta().get("folders") != BUNDLED:
        # The licence and the contributors are those of the bundled data alone.
        package = {"name": "ftz-export", "title": "Figures exported by ftz"} | {
            key: package[key] for key in ("$schema", "resources")
        }
    text = json.dumps({"exported_by": "ftz"} | package, ensure_ascii=False, indent=2)
    (folder / PACKAGE_FILE).write_text(f"{text}\n", encoding="utf-8")
