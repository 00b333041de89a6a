"""What another reader makes of clauses: `python rivals.py NAME zh|en`, JSON in and out.

It imports nothing of this project, so that any Python that has the other reader can run it.
Input: a list of clauses; output: for each, the values found, as text.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12, "": 1}
Found = Callable[[str], list[str]]


def of_cn2an(_: str) -> Found:
    """cn2an: the clause with its Chinese numerals made Arabic."""
    import cn2an

    def found(clause: str) -> list[str]:
        values: list[str] = []
        with contextlib.suppress(Exception):  # it raises ValueError and more for what it can't read
            plain = cn2an.transform(clause, "cn2an")
            for match in re.finditer(r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?=(万亿|[十百千万亿])?)", plain):
                number = match[0].replace(",", "")
                values += [number, str(float(number) * SCALES[match[1] or ""])]
        return values

    return found


def of_recognizers(language: str) -> Found:
    """Recognizers-Text: numbers, percentages, ordinals, amounts with a unit, and dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    culture = Culture.Chinese if language == "zh" else Culture.English
    recognizers = (
        recognize_number, recognize_percentage, recognize_ordinal, recognize_currency,
        recognize_dimension, recognize_datetime,
    )  # fmt: skip

    def found(clause: str) -> list[str]:
        values: list[str] = []
        for recognize in recognizers:
            with contextlib.suppress(Exception):
                for result in recognize(clause, culture):
                    _collect(result.resolution, values)
        return values

    return found


def of_quantulum(_: str) -> Found:
    """quantulum3: the value and both ends of each quantity."""
    from quantulum3 import parser

    def found(clause: str) -> list[str]:
        values: list[str] = []
        with contextlib.suppress(Exception):
            for one in parser.parse(clause):
                ends = (
                    one.value,
                    one.value - (one.uncertainty or 0),
                    one.value + (one.uncertainty or 0),
                )
                values += [str(end) for end in ends]
        return values

    return found


def _collect(resolution: object, values: list[str]) -> None:
    if isinstance(resolution, dict):
        for name, value in resolution.items():
            if name in ("value", "values", "timex", "start", "end"):
                _collect(value, values)
    elif isinstance(resolution, list):
        for item in resolution:
            _collect(item, values)
    elif resolution is not None:
        text = str(resolution)
        values.append(text)
        values += re.findall(r"-?[0-9]+(?:\.[0-9]+)?", text)


if __name__ == "__main__":
    readers = {"cn2an": of_cn2an, "recognizers": of_recognizers, "quantulum3": of_quantulum}
    rival = readers[sys.argv[1]](sys.argv[2])
    print(json.dumps([rival(clause) for clause in json.load(sys.stdin)]))
