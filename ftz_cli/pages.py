"""Help pages: typer's own, in words; in Chinese every text looked up and laid out by cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from typer._click.formatting import HelpFormatter

from .catalogue import knows, say

# A line breaks between Chinese characters, but not within a word, before a closing sign or
# behind an opening one.
_PIECE = re.compile(r"[（“]*(?:[!-~]+|.)[，。；：、）”]*")
_DEFAULT = re.compile(r"(?<=default: )\(([^()]*)\)")
_EXTRA = re.compile(r"(?P<help>.*?) *\[(?P<extra>[^\[\]]*)\]", re.DOTALL)
# How typer writes the numbers that an option takes: x>=1, 0<=x<=65535.
_RANGE = re.compile(r"(?:(?P<low>[\d.]+)<=x<=(?P<high>[\d.]+)|x>=(?P<least>[\d.]+))(?=[\];]|$)")


class EnglishPage(HelpFormatter):
    """What typer writes a help page with; ranges and defaults read as words."""

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options, arguments or commands, each with its text beside it."""
        told = [(name, _DEFAULT.sub(r"\1", _in_words(text, "en"))) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


class ChinesePage(HelpFormatter):
    """What typer writes a help page with; it is handed English, and writes Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        for name, told in (("OPTIONS", "选项"), ("COMMAND", "命令"), ("ARGS", "参数")):
            args = args.replace(name, told)
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_chinese(heading)}：\n")

    def write_text(self, text: str) -> None:
        """What a command does, and its example."""
        indent = " " * self.current_indent
        told = []
        for paragraph in text.split("\n\n"):
            words = " ".join(paragraph.split())
            example = words.removeprefix("Example: ")
            line = _chinese(words) if example == words else f"示例：{example}"
            told.append("\n".join(indent + row for row in _wrapped(line, self.width)))
        self.write("\n\n".join(told) + "\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options, arguments or commands, each with its text beside it."""
        rows = list(rows)
        first = min(max(_cells(name) for name, _ in rows), col_max) + col_spacing
        left = " " * self.current_indent
        for name, text in rows:
            lines = _wrapped(_described(text), max(self.width - first - 2, 10)) or [""]
            if _cells(name) > first - col_spacing:
                self.write(f"{left}{name}\n")
            else:
                self.write(f"{left}{name}{' ' * (first - _cells(name))}{lines.pop(0)}\n")
            for line in lines:
                self.write(f"{left}{' ' * first}{line}\n")


def _chinese(text: str) -> str:
    key = f"help.{text}"
    return say(key, "zh") if knows(key) else text


def _described(text: str) -> str:
    """The text of an option with its default and the like, which typer puts behind it."""
    match = _EXTRA.fullmatch(text)
    if match is None:
        return _chinese(text)
    extras = "；".join(map(_extra, match["extra"].split("; ")))
    return f"{_chinese(match['help'])} [{extras}]".strip()


def _extra(text: str) -> str:
    name, _, value = text.partition(": ")
    if name == "default":
        return f"默认：{_chinese(value.strip('()'))}"
    if name == "env var":
        return f"环境变量：{value}"
    return "必填" if text == "required" else _in_words(text, "zh")


def _in_words(text: str, lang: str) -> str:
    """The text with ranges in words."""

    def told(found: re.Match[str]) -> str:
        key = "usage.at_least" if found["least"] else "usage.from_to"
        return say(key, lang, **found.groupdict())

    return _RANGE.sub(told, text)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if line and _cells(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line else lines
