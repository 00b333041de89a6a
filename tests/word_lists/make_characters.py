"""Make characters.csv: `python tests/word_lists/make_characters.py > FILE`.

Simplified forms are of OpenCC, sounds of pypinyin: the usual one first, then others that at least
one in twelve of its phrases with the character has. Needs `opencc-python-reimplemented` and
`pypinyin`.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.style import convert


def main() -> None:
    """Write a row for every character that has another form, or is common."""
    every = "".join(map(chr, range(0x4E00, 0x9FA6)))
    plain = dict(zip(every, OpenCC("t2s").convert(every), strict=True))
    common = set(every.encode("gb2312", "ignore").decode("gb2312"))
    heard: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in PHRASES_DICT.items():
        for character, (sound, *_) in zip(phrase, sounds, strict=False):
            heard[character][convert(sound, Style.NORMAL, strict=False)] += 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["character", "plain", "sounds"])
    for character in every:
        if character in common or plain[character] != character:
            form = plain[character]
            least = max(3, sum(heard[form].values()) / 12)
            others = [sound for sound, count in heard[form].most_common() if count >= least]
            sounds = dict.fromkeys([*lazy_pinyin(form), *others]) if form in common else ()
            writer.writerow([character, form, ";".join(sounds)])


if __name__ == "__main__":
    main()
