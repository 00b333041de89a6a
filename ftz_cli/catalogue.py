"""Every word that ftz says to people, in both languages."""

from __future__ import annotations

# key → (English, Chinese). `{name}` marks a word filled in.
MESSAGES: dict[str, tuple[str, str]] = {
    "thing.zone": ("zone", "区域"),
    "thing.initiative": ("initiative", "举措"),
    "thing.metric": ("metric", "指标"),
    "thing.source": ("source", "来源"),
    "find.more": (" and {count} more", " 等,另有 {count} 个"),
    "find.several": (
        "'{text}' fits several {kind}s equally: {listed}. Name one by its id",
        "“{text}”同样符合多个{kind}:{listed}。请用编号指定其一",
    ),
    "find.unknown": ("no {kind} '{text}'. See '{command}'", "没有{kind}“{text}”。见 {command}"),
    "find.unknown_near": (
        "no {kind} '{text}'; did you mean {listed}? See '{command}'",
        "没有{kind}“{text}”;您是否要找 {listed}?见 {command}",
    ),
    "find.no_figure": (
        "no figure answers '{text}'. See 'ftz metrics' for what there is",
        "没有数字符合“{text}”。见 ftz metrics",
    ),
    "find.no_figure_near": (
        "no figure answers '{text}'; did you mean {listed}? See 'ftz metrics'",
        "没有数字符合“{text}”;您是否要找 {listed}?见 ftz metrics",
    ),
    "reading.growth": ("growth in per cent", "增长百分比"),
    "reading.multiple": ("grown to so many times", "增长到若干倍"),
    "reading.increase": ("grown by so many times", "增加了若干倍"),
}


def say(key: str, lang: str, **words: object) -> str:
    """The message `key` in `lang` (zh or en), with its words filled in."""
    text = MESSAGES[key][lang == "zh"]
    return text.format(**words) if words else text
