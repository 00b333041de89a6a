"""What people see of each view in each language, at 80 columns without colour.

`python tests/test_output_goldens.py --write` writes the files anew; look at the difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from output_samples import VIEWS

from ftz_cli.language import use_language
from ftz_cli.output.line_breaks import cell_len
from ftz_cli.output.terminal import drawn, text_of_lines

GOLDEN = Path(__file__).parent / "golden"
COLUMNS = 80
# The columns are those of the schema, word for word.
PICTURED = [name for name in VIEWS if name != "columns"]
FILES = [(name, lang, GOLDEN / f"{name}.{lang}.txt") for name in PICTURED for lang in ("en", "zh")]


def picture(name: str, lang: str, columns: int | None = COLUMNS) -> str:
    """A view as a terminal of that width shows it; None is no limit."""
    use_language(lang)
    try:
        return "".join(text_of_lines(drawn(VIEWS[name]().parts(), columns), colour=False))
    finally:
        use_language("en")


@pytest.mark.parametrize(("name", "lang", "path"), FILES)
def test_a_view_looks_as_its_golden_file(name: str, lang: str, path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert picture(name, lang) == kept
    assert max(map(cell_len, kept.splitlines())) <= COLUMNS


def test_every_golden_file_is_of_a_view() -> None:
    assert {*GOLDEN.glob("*.txt")} == {path for _, _, path in FILES}


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(f"usage: python {sys.argv[0]} --write")
    for path in GOLDEN.glob("*.txt"):
        path.unlink()
    for name, lang, path in FILES:
        path.write_text(picture(name, lang), encoding="utf-8")
