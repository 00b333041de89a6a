"""A small dataset of our own making (`output_data`), and a view of each kind that it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ftz_cli.api import Dataset
from ftz_cli.curation.faults import Problem, columns
from ftz_cli.curation.loader import load
from ftz_cli.database import open_named, queries
from ftz_cli.output import View
from ftz_cli.output.answers import (
    audit_view,
    figure_card,
    figures_view,
    list_view,
    pilot_zones_view,
    problems_view,
    rows_view,
    scan_view,
    thing_card,
)  # fmt: skip
from ftz_cli.output.comparison_view import comparison_view
from ftz_cli.quantities.reader import Reader

# The folder is removed with the last use of it, when the tests end.
_FOLDER = TemporaryDirectory()
DATABASE = Path(_FOLDER.name) / "samples.db"
load([str(Path(__file__).parent / "output_data")], DATABASE)
DATA = Dataset(open_named(DATABASE))
READER = Reader(queries.units(DATA.db))
FIGURES = DATA.figures()
ARTICLE = """2022年，外贸1015.4亿元，下降73.46%；约3千米，10天内办结，评分4:3:3，第一位。
The area handled 12.5 million tonnes in May 2021, up 8.3%."""
FAULTY = {"column": "value", "cell": "1.6", "printed": "近1.5亿元", "meaning": "1.5亿元"}
PROBLEMS = [Problem("db/figures.csv", 14, 25, "F203", FAULTY,
                    "F014,hubei-ftz,,credit,,1.6,,亿元")]  # fmt: skip


def card_of_figure(id: str) -> View:
    one = DATA.figure(id)
    return figure_card(one, DATA.findings_of(one), DATA.source(one.article))


def card_of_zone(id: str) -> View:
    lists = {
        "initiatives": DATA.initiatives(zone=id), "figures": DATA.figures(zone=id),
        "recognitions": DATA.recognitions(zone=id), "zones": DATA.zones_within(id),
    }  # fmt: skip
    return thing_card("zone", DATA.zone(id), lists)


def card_of_initiative(id: str) -> View:
    one = DATA.initiative(id)
    lists = {"figures": DATA.figures(initiative=id), "recognitions": one.recognitions}
    return thing_card("initiative", one, lists)


# One of each kind of view, by the name of its golden file.
VIEWS: dict[str, Callable[[], View]] = {
    "figures": lambda: figures_view(FIGURES),
    "figures-one-metric": lambda: figures_view(FIGURES[:2]),
    "figure": lambda: card_of_figure("F2"),
    "figure-of-many": lambda: card_of_figure("F8"),
    "zones": lambda: pilot_zones_view(DATA.zones()),
    "zones-chosen": lambda: list_view("zones", DATA.zones()),
    "zone": lambda: card_of_zone("guangxi-ftz"),
    "initiatives": lambda: list_view("initiatives", DATA.initiatives()),
    "initiative": lambda: card_of_initiative("rate-shield"),
    "metrics": lambda: list_view("metrics", DATA.metrics()),
    "recognitions": lambda: list_view("recognitions", DATA.recognitions()),
    "sources": lambda: list_view("sources", DATA.sources()),
    "compare": lambda: comparison_view(DATA.compare("rate-shield", "first-loans")),
    "compare-zones": lambda: comparison_view(DATA.compare("pingxiang-cbz", "yantai", all=True)),
    "audit": lambda: audit_view(DATA.audit()),
    "scan": lambda: scan_view(DATA.scan(ARTICLE)),
    "problems": lambda: problems_view(PROBLEMS),
    "columns": lambda: list_view("columns", columns()[:4]),
    "rows": lambda: rows_view(["zone", "n", "n"], [("=1+1", 3, -1.5), ("b\x1b[31m", None, 2)]),
}
