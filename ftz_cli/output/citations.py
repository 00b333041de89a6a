"""A citation to copy, by GB/T 7714, which follows ISO 690."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # start-up: a look-up in JSON cites nothing
    from ..model.figure import Figure
    from ..model.named import Source

LINE = {"zh": "第{}行", "en": "line {}"}


def citation(figure: Figure, source: Source, lang: str) -> str:
    """In Chinese or English: 许鹏博. 口岸通关便利化[N]. 某报, 2022-07-22, 第53行."""
    titles = (source.title_zh, source.title_en)
    own, other = titles if lang == "zh" else reversed(titles)
    url = figure.url or source.url
    mark = "N" if source.kind == "newspaper" else "EB/OL" if url else "Z"
    line = "" if figure.line is None else LINE[lang].format(figure.line)
    authors = ", ".join(name.strip() for name in source.authors.split(";"))
    origin = ", ".join(filter(None, (source.publisher, source.published, line)))
    parts = [
        f"{part.rstrip('.')}." for part in (authors, f"{own or other}[{mark}]", origin) if part
    ]
    return " ".join([*parts, url]).strip()
