"""What is told on stderr: errors, each with its place and the next step, and remarks."""

from __future__ import annotations

# key → (English, Chinese). `{name}` marks a word filled in.
MESSAGES: dict[str, tuple[str, str]] = {
    # Names.
    "find.more": (" and {count} more", " 等，另有 {count} 个"),
    "find.several": (
        "'{text}' fits several {kind}s equally: {listed}. Name one by its id",
        "“{text}”同样符合多个{kind}：{listed}。请用编号指定其一",
    ),
    "find.unknown": ("no {kind} '{text}'. See '{command}'", "没有{kind}“{text}”。见 {command}"),
    "find.unknown_near": (
        "no {kind} '{text}'; did you mean {listed}? See '{command}'",
        "没有{kind}“{text}”；您是否要找 {listed}？见 {command}",
    ),
    "find.no_figure": (
        "no figure answers '{text}'. See 'ftz metrics' for what there is",
        "没有数字符合“{text}”。见 ftz metrics",
    ),
    "find.no_figure_near": (
        "no figure answers '{text}'; did you mean {listed}? See 'ftz metrics'",
        "没有数字符合“{text}”；您是否要找 {listed}？见 ftz metrics",
    ),
    "find.no_period": (
        "no period '{text}'; write EDTF: 2021, 2021-05, 2022-40 for the first half-year",
        "没有时期“{text}”；请用 EDTF 写法：2021、2021-05，上半年为 2022-40",
    ),
    # Comparisons.
    "compare.twice": ("the same thing is named twice in {listed}", "{listed} 中有重复的名称"),
    "compare.alone": (
        "a comparison needs two names; '{name}' shares no metric with another",
        "比较需要两个名称；“{name}”与其他举措没有共同指标",
    ),
    "compare.alone_near": (
        "a comparison needs two names; '{name}' compares well with {listed}",
        "比较需要两个名称；“{name}”可与 {listed} 比较",
    ),
    "compare.mixed": (
        "'{zone}' is a zone and '{initiative}' an initiative; compare like with like",
        "“{zone}”是区域，“{initiative}”是举措；请比较同类",
    ),
    "compare.derived": ("derived", "推算"),
    # The bench.
    "progress.load": ("loading", "载入"),
    "progress.check": ("checking", "检查"),
    "progress.scan": ("scanning", "扫描"),
    "load.done": ("loaded {count} figures into {path}", "已将 {count} 个数字载入 {path}"),
    "check.clean": (
        "{count} figures checked, no problem found",
        "已检查 {count} 个数字，未发现问题",
    ),
    "check.more": (
        "{count} problems in all; the last {more} are not listed",
        "共 {count} 个问题，其中 {more} 个未列出",
    ),
    "check.no_code": ("no such code; the codes are {listed}", "没有这个代码；现有代码：{listed}"),
    "scan.new": (
        "this text is no source known here; it is scanned as a new one",
        "此文本不是已知来源，按新来源扫描",
    ),
    "scan.open": ("{count} mentions are uncurated or stray", "{count} 处未整理或无出处"),
}
