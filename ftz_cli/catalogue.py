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
    "compare.twice": ("the same thing is named twice in {listed}", "{listed} 中有重复的名称"),
    "compare.alone": (
        "a comparison needs two names; '{name}' shares no metric with another",
        "比较需要两个名称;“{name}”与其他举措没有共同指标",
    ),
    "compare.alone_near": (
        "a comparison needs two names; '{name}' compares well with {listed}",
        "比较需要两个名称;“{name}”可与 {listed} 比较",
    ),
    "reading.growth": ("growth in per cent", "增长百分比"),
    "reading.multiple": ("grown to so many times", "增长到若干倍"),
    "reading.increase": ("grown by so many times", "增加了若干倍"),
    "reading.implied": ("the earlier value implied", "推算的前期值"),
    "reading.implied_earlier": ("the earlier value implied", "推算的前期值"),
    "reading.difference": ("difference", "差额"),
    "reading.share": ("share in per cent", "占比"),
    "reading.count": ("count of what is named", "所列项数"),
    "reading.names_some": ("at least those named", "至少为所列项数"),
    "reading.sum": ("sum of the parts", "各部分之和"),
    "reading.parts": ("as many parts as parties", "份数与方数"),
    "reading.holds_sum": ("at least the sum of its parts", "不少于各部分之和"),
    "reading.part_of": ("a part of the whole", "总数中的一部分"),
    "reading.at_most": ("at most", "不超过"),
    "reading.within": ("within the range", "在范围之内"),
    "reading.mean_at_most": ("at least the mean", "不小于平均值"),
    "reading.times": ("times the other", "另一数的若干倍"),
    "reading.order": ("one after the other", "先后次序"),
    "reading.equal": ("the same as the other", "与另一数相同"),
}


def say(key: str, lang: str, **words: object) -> str:
    """The message `key` in `lang` (zh or en), with its words filled in."""
    text = MESSAGES[key][lang == "zh"]
    return text.format(**words) if words else text
