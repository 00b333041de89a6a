"""What `datapackage.json` asks of the tables, and what the checker asks, are the same."""

import csv
import json
import re

import pytest
from conftest import Folder

from ftz_cli import schema
from ftz_cli.bundled import bundled_folder
from ftz_cli.dataset import Dataset
from ftz_cli.find import STATUSES

PACKAGE = json.loads((bundled_folder() / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
# A cell that breaks a constraint, from what the schema gives for it; and the fault it is.
BREAKS = {
    "required": ("F301", lambda given: ""),
    "pattern": ("F303", lambda given: "~"),
    "enum": ("F304", lambda given: "nosuch"),
    "minimum": ("F305", lambda given: str(given - 1)),
    "maxLength": ("F306", lambda given: "x" * (given + 1)),
}
OWN_NAMES = ("id", "alias", "word")  # one column of every primary key


def broken_rows(name):
    """A row for each rule of a table: its cells, the column that breaks the rule, the fault."""
    resource = RESOURCES[name]
    with (bundled_folder() / resource["path"]).open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    rules = [
        (field["name"], *BREAKS[kind], given)
        for field in resource["schema"]["fields"]
        for kind, given in field.get("constraints", {}).items()
    ]
    for key in resource["schema"].get("foreignKeys", ()):
        rules += [(column, "F402", lambda given: "nosuch", None) for column in key["fields"]]
    own = next(column for column in OWN_NAMES if column in row)
    for number, (column, code, broken, given) in enumerate(rules):
        yield {**row, own: f"{row[own]}{number}", column: broken(given)}, column, code
    yield row, resource["schema"]["primaryKey"][0], "F401"


@pytest.fixture
def broken(folder: Folder):
    """A folder with a row for every rule of the schema that breaks it, and what should be told."""
    expected = set()
    for name, resource in RESOURCES.items():
        columns = [field["name"] for field in resource["schema"]["fields"]]
        with (folder / resource["path"]).open("a", encoding="utf-8", newline="") as file:
            first = (folder / resource["path"]).read_text("utf-8").count("\n") + 1
            for line, (row, column, code) in enumerate(broken_rows(name), first):
                csv.writer(file, lineterminator="\n").writerow(row[each] for each in columns)
                expected.add((name, line, column, code))
    return folder, expected


def told(path):
    """Table, line, column and code of every problem of a folder."""
    dataset = Dataset([path])
    dataset.check()
    assert len(dataset.problems) == dataset.problem_count
    for problem in dataset.problems:
        name = problem.path.rpartition("/")[2].removesuffix(".csv")
        line = (path / f"{name}.csv").read_text(encoding="utf-8").splitlines()[problem.line - 1]
        # The cell's column, counted by the commas before it: no row here has one in quotes first.
        at = next(csv.reader([line[: problem.column - 1] + "x"]))
        yield name, problem.line, schema.tables()[name].column_names[len(at) - 1], problem.code


def test_the_checker_asks_all_that_the_schema_asks(broken):
    folder, expected = broken
    assert len(expected) > 200
    assert expected - set(told(folder.path)) == set()


def test_frictionless_and_the_checker_refuse_the_same_rows(broken):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    folder, expected = broken
    report = frictionless.validate(str(folder / "datapackage.json"))
    refused = {(task.name, error.row_number) for task in report.tasks for error in task.errors}
    assert refused == {(name, line) for name, line, *_ in expected}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda zones: zones["fields"][5]["constraints"].update(unique=True), "note: .* unique"),
        (lambda zones: zones["fields"][5]["constraints"].update(minLength=2), "note: .* minLength"),
        (lambda zones: zones["fields"][5].update(type="number"), "note: nothing checks number"),
        (lambda zones: zones.update(uniqueKeys=[["name_zh"]]), "zones: nothing checks uniqueKeys"),
    ],
)
def test_a_rule_that_nothing_follows_stops_the_program(change, said, folder, monkeypatch):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    [zones] = [one for one in package["resources"] if one["name"] == "zones"]
    change(zones["schema"])
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setattr(schema, "bundled_folder", lambda: folder.path)
    with pytest.raises(NotImplementedError, match=said):
        schema.tables.__wrapped__()


def test_every_status_of_the_schema_can_be_asked_for():
    [status] = [one for one in schema.tables()["figures"].columns if one.name == "status"]
    assert set(STATUSES) == status.enum


def test_every_table_and_column_is_told_of_in_both_languages():
    for resource in RESOURCES.values():
        for one in (resource, *resource["schema"]["fields"]):
            for key in ("title", "description"):
                assert re.match("[A-Z]", one[key]), (resource["name"], one["name"])
                assert re.search("[一-鿿]", one[f"{key}_zh"]), (resource["name"], one["name"])


def test_a_key_into_the_table_itself_names_no_table():
    """As version 2 of the standard asks; frictionless lets both pass."""
    named = [
        (name, key["fields"])
        for name, resource in RESOURCES.items()
        for key in resource["schema"].get("foreignKeys", ())
        if key["reference"].get("resource") == name
    ]
    assert named == []
    assert schema.tables()["zones"].foreign_keys == {"parent": "zones"}
