"""Writes proposed rows for the figures of an article, for a curator to confirm."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from shlex import quote

from ..database import Database, queries
from ..language import Message, shown, word_lists
from ..lookup.spelling import fold
from ..model.bundled import BUNDLED
from ..model.dataset_schema import tables
from ..model.errors import DataUnusable, UsageError
from ..model.measures import COMPARING, SCOPED, SIGNED
from ..model.named import Source
from ..quantities import edtf
from ..quantities.quantity import Mention, Quantity
from ..quantities.reader import LONGEST_CELL, Reader
from .article_head import FIRST_LINES, is_byline, read_head
from .article_text import digests, read_text
from .clauses import NEAR, words
from .csv_files import PROPOSED
from .printed_values import BASES, POINTS, parts_of_unit
from .proposals import OF_MEASURES, Proposal, Proposer
from .row_rules import KINDS_OF_UNIT
from .scan import Scanned, curated_of, entry_of, scan

LONGEST_ID = 50
PER = {"day": "日", "month": "月", "year": "年"}
CHARACTER = "[\u4e00-\u9fff]"
Cells = dict[str, str]


def write_stubs(db: Database, text: str, name: str, folder: str) -> tuple[str, dict[str, int]]:
    """Add rows for the uncurated numbers of a text to a folder; `name` is the id of a new source.

    Returns the id of the source, and the number of rows added to each table. Raises UsageError
    where the folder is bundled or the source has another text, DataUnusable for unusable files.
    """
    path = Path(folder)
    if folder in ("", BUNDLED):
        raise UsageError("'{path}' is not a folder of your own", path=folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
        article = _Article(db, {name: _rows(path, name) for name in tables()}, text, name)
        article.add_rows()
        for table, rows in article.added.items():
            _append(path / f"{table}.csv", rows)
    except OSError as error:
        raise _unusable(error.filename or path, error.strerror) from None
    return article.source, {table: len(rows) for table, rows in article.added.items()}


def _unusable(path: object, why: object) -> DataUnusable:
    return DataUnusable("{path} can't be read or written: {why}",
                        path=shown(str(path), 200), why=why)  # fmt: skip


def _rows(folder: Path, table: str) -> list[Cells]:
    path, names = folder / f"{table}.csv", tables()[table].column_names
    if path.exists() and not path.is_file():
        raise _unusable(path, Message("it is not a regular file"))
    reader = csv.DictReader(io.StringIO(read_text(str(path)) if path.exists() else ""))
    if not {*names}.issubset(reader.fieldnames or names):
        raise _unusable(path, Message("see 'ftz check {folder}'", folder=quote(str(folder))))
    return [{column: row[column] or "" for column in names} for row in reader]


def _append(path: Path, rows: list[Cells]) -> None:
    before = read_text(str(path)) if path.exists() else ""
    header = next(csv.reader(before.splitlines()), tables()[path.stem].column_names)
    with path.open("a", encoding="utf-8", newline="") as out:
        out.write("" if before.endswith("\n") or not before else "\n")
        writer = csv.DictWriter(out, header, "", "ignore", lineterminator="\n")
        if not before:
            writer.writeheader()
        writer.writerows(rows)


class _Article:
    def __init__(
        self, db: Database, existing: dict[str, list[Cells]], text: str, name: str
    ) -> None:
        self.existing, self.added = existing, defaultdict[str, list[Cells]](list)
        self.text, self.lines = text, text.split("\n")
        self.units = queries.units(db)
        self.reader = Reader(self.units, word_lists.lookalikes())
        is_chinese = len(re.findall(CHARACTER, text)) * 8 > len(text)
        self.lang = "zh" if is_chinese else "en"
        sources = [one._asdict() for one in queries.models(db, Source)] + existing["sources"]
        self.source, self.published = self._source(sources, name)
        self.ids = {
            table: _ids(f"{self.source}-{letter}", {row["id"] for row in existing[table]})
            for table, letter in (("figures", "F"), ("excused", "X"), ("claims", "C"))
        }
        self.curated = curated_of(db, self.source)
        self.proposer = Proposer(db, self.published)
        self.figures: dict[tuple[int, int], str] = {}  # Line and start of a number → id
        self.known_ids = {*self.proposer.places.zones, *self.proposer.metrics}

    def _source(self, sources: list[Cells], name: str) -> tuple[str, str]:
        """The id and date of the text's source, which gets a row if it is new."""
        known = digests(self.text)
        for row in sources:
            if row["sha256"].lower() in known:
                published = row["published"].rstrip(PROPOSED)
                return row["id"], published if edtf.exists(published) else ""
        id = _new_id(name, ())
        if any(row["id"] == id and row["sha256"] for row in sources) and name != "-":
            raise UsageError("source '{source}' has another text; once it is loaded, "
                             "'ftz scan TEXT --as {source}' compares them", source=id)  # fmt: skip
        id = _new_id(name, [row["id"] for row in sources])
        title, published = read_head(self.lines, self.reader)
        self.added["sources"].append({
            "id": id, "kind": "newspaper?", f"title_{self.lang}": title, "lang": self.lang,
            "published": _proposed(published), "lines": f"1-{len(self.text.splitlines())}",
            "sha256": known[0],
        })  # fmt: skip
        return id, published

    def add_rows(self) -> None:
        """Add a row for every uncurated number: a figure, or excused words."""
        own = [row for table in ("figures", "excused") for row in self.existing[table]
               if row["article"] == self.source and row["printed"]]  # fmt: skip
        # Beside figures of the article, a number without a row is one whose row was deleted.
        was_deleted = any("measure" in row for row in own)
        year = int(self.published[:4]) if self.published else None
        by_line: defaultdict[int, list[Scanned]] = defaultdict(list)
        for scanned in scan(self.text, self.reader, [*self.curated, *map(entry_of, own)], year):
            if scanned.column and len(scanned.mention.printed) <= LONGEST_CELL:
                by_line[scanned.line].append(scanned)
        for number, line in enumerate(self.lines, 1):
            # The places of a byline are those of its authors.
            text = " " * len(line) if number <= FIRST_LINES and is_byline(line) else line
            found = self.proposer.of_line(text, [one.mention for one in by_line[number]])
            for mention in (one.mention for one in by_line[number] if one.state == "uncurated"):
                row = found.get(mention.start)
                if isinstance(row, Proposal) and not was_deleted:
                    self._add_figure(number, line, mention, row)
                elif row:
                    no_figure = mention.printed, "no figure?", "不是数据?"
                    printed, english, chinese = no_figure if isinstance(row, Proposal) else row
                    self._add("excused", number, printed, reason_en=english, reason_zh=chinese)

    def _add(self, table: str, line: int, printed: str, **cells: str) -> str:
        row = {"id": next(self.ids[table]), "article": self.source}
        self.added[table].append(row | {"line": str(line), "printed": printed} | cells)
        return row["id"]

    def _add_figure(self, number: int, line: str, mention: Mention, proposal: Proposal) -> None:
        quantity, printed, is_said = mention.quantity, mention.printed, True
        assert quantity is not None
        if proposal.measure in SIGNED and mention.direction == "down":
            before, after = line[: mention.start][-NEAR:], line[mention.end :][:NEAR]
            if fall := words()["fall"].search(before):  # 下降 of 下降3.8%
                printed = before[fall.start() :] + printed
            elif less := words()["less"].match(after):  # "less" of "28 days less"
                printed += less[0]
            is_said = bool(fall or less) or self.reader.direction(printed) is not None
            quantity = -quantity
        unit, unit_is_sure = self._unit(quantity, proposal, mention.printed)
        kind = quantity.unit.kind
        new_metric = {"direction": "down?" if kind == "duration" else "up?"}
        if proposal.measure not in BASES:  # A growth says nothing of the unit of its metric.
            # Working days are in 工作日 under a metric in days.
            base = proposal.base.removeprefix("working ")
            new_metric["base_unit"] = "%" if proposal.base in POINTS else base
            new_metric["kind"] = kind if kind in KINDS_OF_UNIT else "amount"
        proposed = proposal._asdict() | {
            "zone": proposal.zone if proposal.zone in self.known_ids
            else self._new("zones", proposal.zone),
            "metric": proposal.metric or self._new("metrics", proposal.name, **new_metric),
            "unit": unit,
            "bound": str(quantity.bound),
        }  # fmt: skip
        certain = proposal.sure | {"unit"} if unit_is_sure else proposal.sure
        cells = {column: proposed[column] if column in certain else _proposed(proposed[column])
                 for column in tables()["figures"].column_names if column in proposed}  # fmt: skip
        cells["scope"] = PROPOSED if proposal.measure in SCOPED else ""
        cells["value_to"] = _digits(quantity.value_to)
        # The sign of a change is open where no word beside it says it: 比去年少3亿元.
        is_open = proposal.measure == "change" and not mention.direction
        mark = PROPOSED if is_open or not is_said else ""
        ids = [self._add("figures", number, printed, value=_digits(value) + mark, **cells)
               for value in quantity.parts or (quantity.value,)]  # fmt: skip
        self.figures[number, proposal.start] = ids[-1]
        levels = [self.figures.get((number, start), "") for start in proposal.levels]
        if levels and all(levels):
            relation = COMPARING[proposal.measure]
            if relation == "difference":
                levels.reverse()  # The later level comes first.
            self.added["claims"].append({
                "id": next(self.ids["claims"]), "figure": ids[-1],
                "relation": _proposed(relation), "operands": _proposed(" ".join(levels)),
            })  # fmt: skip

    def _unit(self, quantity: Quantity, proposal: Proposal, printed: str) -> tuple[str, bool]:
        """The unit of a row, and whether it is sure; a number without one counts 个 or 份."""
        unit = quantity.unit
        if unit.base.partition("/")[0] in OF_MEASURES:
            return unit.id.partition("/")[0], True
        scale, noun = parts_of_unit(self.units, unit.id)
        name = scale + (proposal.noun or ("份" if quantity.parts else "个"))
        time = PER.get(unit.base.partition("/")[2]) or unit.id.partition("/")[2]
        metric = self.proposer.metrics.get(proposal.metric)
        # An English number may be counted in another word: 36 routes in 航线 or 条.
        known = self.proposer.nouns.get(proposal.metric, {noun})
        is_said = unit.base not in ("", "count") or noun in printed or noun in known
        is_sure = is_said and not time and not (metric and "/" in metric.base_unit)
        return f"{name}/{time}" if time else name, bool(noun and is_sure)

    def _new(self, table: str, name: str, **cells: str) -> str:
        """The id of a new zone or metric, which gets a row the first time."""
        column = f"name_{self.lang}"
        name = name.title() if name.isascii() and name.islower() else name
        rows = [*self.existing[table], *self.added.get(table, [])]
        known = {"": "", **{row.get(column, "").rstrip(PROPOSED): row["id"] for row in rows}}
        if name not in known:
            marked = name if table == "zones" else _proposed(name)
            known[name] = _new_id(name, {*self.known_ids, *known.values()})
            self.added[table].append({"id": known[name], column: marked})
        for row in self.added.get(table, []):
            row.update({} if row["id"] != known[name] else cells | row)
        return known[name]


def _digits(value: Decimal | str | None) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value or ""


def _proposed(cell: str) -> str:
    return cell and cell + PROPOSED


def _ids(prefix: str, known: Collection[str]) -> Iterator[str]:
    return (id for number in count(1) if (id := f"{prefix}{number:02}") not in known)


def _new_id(name: str, known: Collection[str]) -> str:
    from pypinyin import lazy_pinyin  # It loads slowly, and few articles need it.

    plain = fold("-".join(lazy_pinyin(name)))
    id = re.sub("[^a-z0-9]+", "-", plain).strip("-") or "article"
    id = id if len(id) <= LONGEST_ID else id[:LONGEST_ID].rpartition("-")[0] or id[:LONGEST_ID]
    return next(new for number in count(1)
                if (new := f"{id}-{number}" if number > 1 else id) not in known)  # fmt: skip
