"""What another reader makes of clauses: `python rivals.py NAME`, JSON in and out.

It imports nothing of this project, so that any Python that has the other reader can run it.
Input: a list of [clause, what is printed in it]; output: for each, the values found.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12, "": 1}
_QUALIFIERS = re.compile("^[约近超过逾达到高不足满于至少多最仅将接前第突破]+")


def of_cn2an() -> Callable[[str, str], list[str]]:
    """cn2an: the clause with its Chinese numerals made Arabic, and the printed piece alone."""
    import cn2an

    def found(clause: str, printed: str) -> list[str]:
        values: list[str] = []
        with contextlib.suppress(Exception):  # it raises ValueError and more for what it can't read
            plain = cn2an.transform(clause, "cn2an")
            for match in re.finditer(r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?=(万亿|[十百千万亿])?)", plain):
                number = match[0].replace(",", "")
                values += [number, str(float(number) * SCALES[match[1] or ""])]
        if printed:
            piece = _QUALIFIERS.sub("", printed)
            for end in range(len(piece), 0, -1):
                with contextlib.suppress(Exception):
                    values.append(str(cn2an.cn2an(piece[:end], "smart")))
                    break
        return values

    return found


def of_recognizers() -> Callable[[str, str], list[str]]:
    """Recognizers-Text: numbers, percentages, ordinals, amounts with a unit, and dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    recognizers = (
        recognize_number,
        recognize_percentage,
        recognize_ordinal,
        recognize_currency,
        recognize_dimension,
        recognize_datetime,
    )

    def found(clause: str, printed: str) -> list[str]:
        values: list[str] = []
        for recognize in recognizers:
            with contextlib.suppress(Exception):
                for result in recognize(clause, Culture.Chinese):
                    _collect(result.resolution, values)
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
    rival = {"cn2an": of_cn2an, "recognizers": of_recognizers}[sys.argv[1]]()
    asked = json.load(sys.stdin)
    print(json.dumps([rival(clause, printed) for clause, printed in asked]))
