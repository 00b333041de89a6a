"""Citations to copy: in Chinese by GB/T 7714, in English as most journals have them."""

from __future__ import annotations

from ..model.figure import Figure
from ..model.named import Source
from .periods import MONTHS


def citation_zh(figure: Figure, source: Source) -> str:
    """By GB/T 7714: 许鹏博. 口岸通关便利化[N]. 某报, 2022. 第53行."""
    authors = ", ".join(filter(None, (name.strip() for name in source.authors.split(";"))))
    url = figure.url or source.url
    mark = "N" if source.kind == "newspaper" else "EB/OL" if url else "Z"
    title = f"{source.title_zh or source.title_en}[{mark}]"
    origin = ", ".join(filter(None, (source.publisher, source.published)))
    line = "" if figure.line is None else f"第{figure.line}行"
    return _sentences([authors, title, origin, line]) + (f" {url}." if url else "")


def citation_en(figure: Figure, source: Source) -> str:
    """Author. “Title.” Publisher, 21 May 2021, line 53. URL."""
    authors = ", ".join(filter(None, (name.strip() for name in source.authors.split(";"))))
    title = f"“{(source.title_en or source.title_zh).rstrip('.')}.”"
    line = "" if figure.line is None else f"line {figure.line}"
    origin = ", ".join(filter(None, (source.publisher, _english_date(source.published), line)))
    url = figure.url or source.url
    author = f"{authors}. " if authors else ""
    return f"{author}{title} {_sentences([origin])}" + (f" {url}." if url else "")


def _sentences(parts: list[str]) -> str:
    return " ".join(f"{part}." for part in parts if part)


def _english_date(text: str) -> str:
    """A date in English, whatever the language in use."""
    year, *rest = text.split("-")
    if not all(part.isdecimal() and 1 <= int(part) <= 31 for part in rest):
        return text
    month = [MONTHS[int(rest[0]) - 1]] if rest and int(rest[0]) <= 12 else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])
