"""Citations to copy: in Chinese by GB/T 7714, in English as most journals have them."""

from __future__ import annotations

from ..model.figure import Figure
from ..model.named import Source
from .periods import date_text


def citation_zh(figure: Figure, source: Source) -> str:
    """By GB/T 7714: 许鹏博. 口岸通关便利化[N]. 某报, 2022. 第53行."""
    url = figure.url or source.url
    mark = "N" if source.kind == "newspaper" else "EB/OL" if url else "Z"
    line = "" if figure.line is None else f"第{figure.line}行"
    title = f"{source.title_zh or source.title_en}[{mark}]"
    origin = _listed(source.publisher, source.published)
    return _sentences(_authors(source), title, origin, line, url)


def citation_en(figure: Figure, source: Source) -> str:
    """By author, title and origin: Xu Pengbo. “Title.” Publisher, 21 May 2021, line 53. URL."""
    line = "" if figure.line is None else f"line {figure.line}"
    title = f"“{(source.title_en or source.title_zh).rstrip('.')}.”"
    origin = _listed(source.publisher, date_text(source.published, "en"), line)
    return _sentences(_authors(source), title, origin, figure.url or source.url)


def _authors(source: Source) -> str:
    return _listed(*(name.strip() for name in source.authors.split(";")))


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _sentences(*parts: str) -> str:
    # Behind an address a full stop would be taken for a part of it.
    ends = ("”", ".")
    return " ".join(p if p.endswith(ends) or p.startswith("http") else f"{p}." for p in parts if p)
