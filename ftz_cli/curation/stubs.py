"""Rows for the figures of an article, filled as far as can be, for a curator to confirm."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from itertools import count, pairwise
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
from ..quantities.quantity import CannotRead, Mention, Quantity
from ..quantities.reader import LONGEST_CELL, Reader
from .article_head import read_head
from .article_text import digests, read_text
from .csv_files import PROPOSED
from .printed_values import POINTS, parts_of_unit
from .proposals import OF_MEASURES, Proposal, Proposer
from .row_rules import KINDS_OF_UNIT
from .scan import Scanned, curated_of, entry_of, scan

# So many characters from a number a word may stand that says that it fell.
NEAR = 40
# What a rate is written with.
PER = {"day": "日", "month": "月", "year": "年"}
CHARACTER = "[\u4e00-\u9fff]"
# The name of a text that has none.
STDIN = "-"
Cells = dict[str, str]


def write_stubs(db: Database, text: str, name: str, folder: str) -> tuple[str, dict[str, int]]:
    """Add rows for what is not curated of a text to a folder, which is made where there is none.

    A new source is called like `name`. Returns the id of the source, and how many rows each table
    got. Raises UsageError for a folder without a name of its own, or a source of that name that has
    another text, and DataUnusable for a folder that can't be read or written.
    """
    path = Path(folder)
    if folder in ("", BUNDLED):
        raise UsageError("'{path}' is no folder of your own", path=folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            article = _Article(db, {name: _rows(path, name) for name in tables()}, text, name)
            article.add_rows()
            for table, rows in article.added.items():
                _append(path / f"{table}.csv", rows)
    except BlockingIOError:
        raise _unusable(path, Message("another 'ftz stubs' writes to it")) from None
    except OSError as error:
        raise _unusable(error.filename or path, error.strerror) from None
    return article.source, {table: len(rows) for table, rows in article.added.items()}


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep another run out of a folder: both would add the same rows.

    The system frees the lock when this process ends, even by a kill. Raises BlockingIOError where
    another process has the lock.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _unusable(path: object, why: object) -> DataUnusable:
    return DataUnusable("{path} can't be read or written: {why}",
                        path=shown(str(path), 200), why=why)  # fmt: skip


def _rows(folder: Path, table: str) -> list[Cells]:
    """The rows that a table of a folder has, faults and all."""
    path, names = folder / f"{table}.csv", tables()[table].column_names
    if path.exists() and not path.is_file():
        raise _unusable(path, Message("it is no regular file"))
    reader = csv.DictReader(io.StringIO(read_text(str(path)) if path.exists() else ""))
    if not {*names}.issubset(reader.fieldnames or names):
        raise _unusable(path, Message("see 'ftz check {folder}'", folder=quote(str(folder))))
    return [{one: row[one] or "" for one in names} for row in reader]


def _append(path: Path, rows: list[Cells]) -> None:
    """Add rows to the file of a table; a new one gets its header."""
    before = read_text(str(path)) if path.exists() else ""
    header = next(csv.reader(before.splitlines()), tables()[path.stem].column_names)
    with path.open("a", encoding="utf-8", newline="") as out:
        out.write("" if before.endswith("\n") or not before else "\n")
        writer = csv.DictWriter(out, header, "", "ignore", lineterminator="\n")
        if not before:
            writer.writeheader()
        writer.writerows(rows)


class _Article:
    """A text that becomes rows, `added` to those that the tables of a folder have."""

    def __init__(self, db: Database, there: dict[str, list[Cells]], text: str, name: str) -> None:
        self.there, self.added = there, defaultdict[str, list[Cells]](list)
        self.text, self.lines = text, text.split("\n")
        self.units = queries.units(db)
        # The unit that a rate is written with, by its base.
        self.names = {one.base: id for id, one in reversed(self.units.items())} | PER
        self.reader = Reader(self.units, word_lists.lookalikes())
        chinese = len(re.findall(CHARACTER, text)) * 8 > len(text)
        self.lang = "zh" if chinese else "en"
        sources = [one._asdict() for one in queries.models(db, Source)] + there["sources"]
        self.head = read_head(self.lines, self.reader)
        self.source, self.published = self._source(sources, name)
        # Ids of the article's own, so that folders of two articles go together.
        self.ids = {
            table: _ids(f"{self.source}-{letter}", {row["id"] for row in there[table]})
            for table, letter in (("figures", "F"), ("excused", "X"), ("claims", "C"))
        }
        self.curated = curated_of(db, self.source)
        self.proposer = Proposer(db, self.published)
        # The figures that were added, by their line and where on it they begin.
        self.figures: dict[tuple[int, int], str] = {}
        self.taken = {*self.proposer.places.zones, *self.proposer.metrics}

    def _source(self, sources: list[Cells], name: str) -> tuple[str, str]:
        """The text's source, and when it was published; one that is not known gets a row."""
        known = digests(self.text)
        for row in sources:
            if row["sha256"].lower() in known:
                published = row["published"].rstrip(PROPOSED)
                return row["id"], published if edtf.exists(published) else ""
        id, published = _new_id(name, ()), self.head.published
        if any(row["id"] == id and row["sha256"] for row in sources) and name != STDIN:
            raise UsageError("source '{source}' has another text; once it is loaded, "
                             "'ftz scan TEXT --as {source}' compares them", source=id)  # fmt: skip
        id = _new_id(name, [row["id"] for row in sources])
        self.added["sources"].append({
            "id": id, "kind": "newspaper?", f"title_{self.lang}": self.head.title,
            "lang": self.lang, "published": _proposed(published),
            "authors": _proposed(self.head.authors), "lines": f"1-{len(self.text.splitlines())}",
            "sha256": known[0],
        })  # fmt: skip
        return id, published

    def add_rows(self) -> None:
        """Add a row for every mention that is not curated: as a figure, or as what is none.

        Where the folder has figures of this article, a curator has deleted the rows of the others.
        """
        deleted = any(row["article"] == self.source for row in self.there["figures"])
        there = [*self.there["figures"], *self.there["excused"]]
        entries = self.curated + [entry_of(row) for row in there
                                  if row["article"] == self.source and row["printed"]]  # fmt: skip
        year = int(self.published[:4]) if self.published else None
        by_line: defaultdict[int, list[Scanned]] = defaultdict(list)
        for one in scan(self.text, self.reader, entries, year):
            if one.column and len(one.mention.printed) <= LONGEST_CELL:
                by_line[one.line].append(one)
        for number, line in enumerate(self.lines, 1):
            # The places of a byline are those of its authors.
            text = " " * len(line) if number in self.head.bylines else line
            made = self.proposer.of_line(text, [one.mention for one in by_line[number]])
            for one in by_line[number]:
                if one.state != "uncurated":
                    continue
                if none := self.proposer.no_figure(line, one.mention):
                    self._add("excused", number, none[0], reason_en=none[1], reason_zh=none[2])
                elif (said := made.get(one.mention.start)) and deleted:
                    self._add("excused", number, one.mention.printed,
                              reason_en="no figure?", reason_zh="不是数据?")  # fmt: skip
                elif said:
                    self._add_figure(number, line, one.mention, said)

    def _add(self, table: str, line: int, printed: str, **cells: str) -> str:
        """Add what stands on a line to a table; its id."""
        row = {"id": next(self.ids[table]), "article": self.source}
        self.added[table].append(row | {"line": str(line), "printed": printed} | cells)
        return row["id"]

    def _add_figure(self, number: int, line: str, mention: Mention, made: Proposal) -> None:
        said, printed = mention.quantity, mention.printed
        assert said is not None
        if made.measure in SIGNED and mention.direction == "down":
            printed, said = self._with_fall(line, mention), -said
        kind = said.unit.kind if said.unit.kind in KINDS_OF_UNIT else "amount"
        base = "%" if made.base in POINTS else made.base or "count"
        unit, printed_unit = self._unit(said, made)
        proposed = made._asdict() | {
            "zone": made.zone if made.zone in self.taken else self._new("zones", made.zone),
            "metric": made.metric or self._new("metrics", made.name, base_unit=base, kind=kind,
                                               direction="up?"),
            "unit": unit, "bound": str(said.bound),
        }  # fmt: skip
        sure = made.sure | ({"unit"} if printed_unit else set())
        cells = {column: proposed[column] if column in sure else _proposed(proposed[column])
                 for column in tables()["figures"].column_names if column in proposed}  # fmt: skip
        cells["value_to"] = _digits(said.value_to)
        if made.measure in SCOPED:
            cells["scope"] = PROPOSED
        # 比去年少3亿元 may be less than nothing.
        mark = PROPOSED if made.measure == "change" and not mention.direction else ""
        ids = [self._add("figures", number, printed, value=_digits(value) + mark, **cells)
               for value in said.parts or (said.value,)]  # fmt: skip
        self.figures[number, made.start] = ids[-1]
        levels = [self.figures.get((number, start), "") for start in made.levels]
        if levels and all(levels):
            relation = COMPARING[made.measure]
            levels = levels[::-1] if relation == "difference" else levels  # now less then
            self.added["claims"].append({
                "id": next(self.ids["claims"]), "figure": ids[-1],
                "relation": _proposed(relation), "operands": _proposed(" ".join(levels)),
            })  # fmt: skip

    def _with_fall(self, line: str, mention: Mention) -> str:
        """What is printed with the word that says that it fell: 下降3.8%, 3.8 percent less."""
        before, after = line[: mention.start][-NEAR:], line[mention.end :][:NEAR]
        starts = [one.start() for one in re.finditer(rf"\b[A-Za-z]|{CHARACTER}", before)][::-1]
        ends = [one.end() for one in re.finditer(rf"[A-Za-z]+\b|{CHARACTER}{{2}}", after)]
        tried = [before[start:] + mention.printed for start in starts]
        tried += [mention.printed + after[:end] for end in ends]
        for text, longer in pairwise([*tried, ""]):
            if self._says_fall(text):
                # The word is 下降, where 降 alone says it, too.
                chinese = re.match(CHARACTER, text)
                return longer if chinese and longer and self._says_fall(longer) else text
        return mention.printed

    def _says_fall(self, text: str) -> bool:
        with suppress(CannotRead):
            return self.reader.direction(text) == "down" and bool(self.reader.read_all(text))
        return False

    def _unit(self, said: Quantity, made: Proposal) -> tuple[str, bool]:
        """The unit of a row, and whether it is printed; a bare number may count 个 or 份."""
        if said.unit.base.partition("/")[0] in OF_MEASURES:
            return said.unit.id.partition("/")[0], True
        base = self.proposer.metrics[made.metric].base_unit if made.metric else ""
        scale, printed = parts_of_unit(self.units, said.unit.id)
        within, below = said.unit.base.partition("/")[2], base.partition("/")[2]
        per = PER.get(within) or said.unit.id.partition("/")[2]
        if base and not below and within == "year":
            per = within = ""  # an amount may be printed as that of a year
        if below and not per:
            per = "/".join(self.names[one] for one in below.split("/"))
        unit = scale + (made.noun or ("份" if said.parts else "个"))
        return f"{unit}/{per}" if per else unit, bool(printed) and below == within

    def _new(self, table: str, name: str, **cells: str) -> str:
        """The id of a zone or metric that is not known; the first time it gets a row."""
        column = f"name_{self.lang}"
        name = name.title() if name.isascii() and name.islower() else name
        rows = [*self.there[table], *self.added.get(table, [])]
        known = {"": "", **{row.get(column, ""): row["id"] for row in rows}}
        if name not in known:
            known[name] = _new_id(name, {*self.taken, *known.values()})
            self.added[table].append({"id": known[name], column: name, **cells})
        return known[name]


def _digits(value: Decimal | str | None) -> str:
    """A value with the digits that are printed: 16.70."""
    return f"{value:f}" if isinstance(value, Decimal) else value or ""


def _proposed(cell: str) -> str:
    return cell and cell + PROPOSED


def _ids(prefix: str, known: Collection[str]) -> Iterator[str]:
    """New ids that begin so."""
    return (id for number in count(1) if (id := f"{prefix}{number:02}") not in known)


def _new_id(name: str, known: Collection[str]) -> str:
    """An id made of a name, which none of those known has."""
    from pypinyin import lazy_pinyin  # it is slow to load, and few articles need it

    plain = fold("-".join(lazy_pinyin(name)))
    id = re.sub("[^a-z0-9]+", "-", plain)[:50].strip("-") or "article"
    return next(one for number in count(1) if (one := f"{id}-{number}" if number > 1 else id)
                not in known)  # fmt: skip
