"""The database written out again as a Data Package, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ..database import Database
from ..database.queries import counts
from ..language import shown
from ..model.dataset_schema import PACKAGE_FILE, package_description, tables
from ..model.errors import DataUnusable, UsageError

# What is said of one dataset and is not true of another.
OF_DATASET = ("name", "title", "title_zh", "description", "description_zh", "version", "created",
              "licenses", "contributors", "sources")  # fmt: skip


def described(folders: list[Path]) -> str:
    """What the folder's `datapackage.json` says of the dataset; of several folders none does."""
    package = {}
    if len(folders) == 1:
        with suppress(OSError, ValueError, RecursionError):
            package = json.loads((folders[0] / PACKAGE_FILE).read_text(encoding="utf-8"))
    said = package if isinstance(package, dict) else {}
    return json.dumps({key: value for key, value in said.items() if key in OF_DATASET})


def export(db: Database, name: str) -> int:
    """Write the database as a Data Package into the folder `name`; returns the figure count.

    The folder is made beside and put in place by a rename. Raises UsageError for one that is not
    empty, and DataUnusable where it can't be written.
    """
    try:
        folder = _target(name)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
            made = Path(beside, "new")
            made.mkdir()
            _write(db, made)
            if folder.exists() and os.listdir(folder):
                raise UsageError("{path} is not empty; name a new folder", path=shown(name, 200))
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
    layout = {key: value for key, value in package_description().items() if key not in OF_DATASET}
    package = {"exported_by": "ftz", "name": "ftz-export", "title": "Figures exported by ftz"}
    package |= json.loads(db.meta("package") or "{}") | layout
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
    return folder
