"""The faults that the checker knows: of each code the name, what it means, and an example."""

from __future__ import annotations

# key → (English, Chinese).
MESSAGES: dict[str, tuple[str, str]] = {
    "fault.F101.name": ("unreadable file", "文件无法读取"),
    "fault.F101.description": (
        "The file is not UTF-8, or can't be read at all.",
        "文件不是 UTF-8 编码，或根本无法读取。",
    ),
    "fault.F101.example": (
        "a zones.csv that a spreadsheet saved as GBK",
        "电子表格存成 GBK 的 zones.csv",
    ),
    "fault.F102.name": ("missing column", "缺少列"),
    "fault.F102.description": (
        "A column of the table is not in the header.",
        "表头中缺少该表应有的一列。",
    ),
    "fault.F102.example": (
        "id,zone,metric,… without initiative",
        "id,zone,metric,… 中没有 initiative",
    ),
    "fault.F103.name": ("unknown column", "未知的列"),
    "fault.F103.description": (
        "The header has a column that the table does not know.",
        "表头中有该表没有的一列。",
    ),
    "fault.F103.example": ("id,zone,remark,…", "id,zone,remark,…"),
    "fault.F104.name": ("repeated column", "列重复"),
    "fault.F104.description": ("The header names a column twice.", "表头中同一列出现两次。"),
    "fault.F104.example": ("id,zone,zone,…", "id,zone,zone,…"),
    "fault.F105.name": ("surplus cell", "单元格过多"),
    "fault.F105.description": ("A row has more cells than the header.", "一行的单元格多于表头。"),
    "fault.F105.example": (
        "a comma in a cell without quotes around it",
        "单元格含逗号而没有加引号",
    ),
    "fault.F106.name": ("missing cell", "单元格不足"),
    "fault.F106.description": ("A row has fewer cells than the header.", "一行的单元格少于表头。"),
    "fault.F106.example": ("R01,wuhan", "R01,wuhan"),
    "fault.F107.name": ("broken quotes", "引号不配对"),
    "fault.F107.description": (
        "A quoted cell is not closed, or text follows its end.",
        "加引号的单元格没有结束，或结束后还有文字。",
    ),
    "fault.F107.example": ('"Wuhan Area,area,hubei-ftz', '"Wuhan Area,area,hubei-ftz'),
    "fault.F108.name": ("row too long", "行过长"),
    "fault.F108.description": (
        "A row is longer than 100,000 characters.",
        "一行超过 100,000 个字符。",
    ),
    "fault.F108.example": (
        "a quotation mark that is closed a thousand lines on",
        "引号隔了一千行才配对",
    ),
    "fault.F109.name": ("empty file", "空文件"),
    "fault.F109.description": ("The file has not even a header.", "文件连表头也没有。"),
    "fault.F109.example": ("a figures.csv of 0 bytes", "0 字节的 figures.csv"),
    "fault.F110.name": ("misnamed file", "文件名有误"),
    "fault.F110.description": (
        "A CSV file is named almost as a table is, and would not be read.",
        "CSV 文件名与某表的名称相近，但不会被读取。",
    ),
    "fault.F110.example": ("figuers.csv", "figuers.csv"),
    "fault.F201.name": ("unreadable quantity", "数量无法识别"),
    "fault.F201.description": (
        "The grammar of quantities does not know `printed`.",
        "`printed` 不是可识别的数量写法。",
    ),
    "fault.F201.example": (
        "printed 上百家, which names no number",
        "printed 为“上百家”，没有说出具体的数",
    ),
    "fault.F202.name": ("unit disagrees", "单位不符"),
    "fault.F202.description": (
        "`unit` is not the unit that `printed` has.",
        "`unit` 不是 `printed` 的单位。",
    ),
    "fault.F202.example": (
        "unit 万元 beside printed 近1.5亿元 and value 1.5",
        "printed 为“近1.5亿元”，value 为 1.5，unit 却为“万元”",
    ),
    "fault.F203.name": ("value disagrees", "数值不符"),
    "fault.F203.description": (
        "`value` or `value_to` is not what `printed` says.",
        "`value` 或 `value_to` 与 `printed` 不符。",
    ),
    "fault.F203.example": (
        "value 1.6 beside printed 近1.5亿元",
        "printed 为“近1.5亿元”，value 却为 1.6",
    ),
    "fault.F204.name": ("bound disagrees", "界限不符"),
    "fault.F204.description": (
        "`bound` is not what the qualifier of `printed` means.",
        "`bound` 与 `printed` 的限定词不符。",
    ),
    "fault.F204.example": (
        "bound exact beside printed 近1.5亿元",
        "printed 为“近1.5亿元”，bound 却为 exact",
    ),
    "fault.F205.name": ("ratio incomplete", "比例不全"),
    "fault.F205.description": (
        "A printed ratio needs one row for each of its parts.",
        "印出的比例，每一部分都要有一行。",
    ),
    "fault.F205.example": ("two rows for 4:3:3", "4:3:3 只有两行"),
    "fault.F206.name": ("period disagrees", "时期不符"),
    "fault.F206.description": (
        "`period` is not that of the date, or is given where `period_kind` is undated.",
        "`period` 与日期不符，或 `period_kind` 为 undated 却写了时期。",
    ),
    "fault.F206.example": (
        "period 2019 beside value 2021-05-21",
        "value 2021-05-21 旁写时期 2019",
    ),
    "fault.F301.name": ("empty cell", "单元格为空"),
    "fault.F301.description": ("A cell that must be filled is empty.", "必填的单元格是空的。"),
    "fault.F301.example": ("a figure without a metric", "数据没有写明指标"),
    "fault.F302.name": ("wrong type", "类型不对"),
    "fault.F302.description": (
        "A cell is not a whole number, where one is asked for.",
        "应为整数的单元格不是整数。",
    ),
    "fault.F302.example": ("line 'thirteen'", "line 为“thirteen”"),
    "fault.F303.name": ("wrong form", "写法不对"),
    "fault.F303.description": (
        "A cell has not the form that the table asks for.",
        "单元格不合该表规定的写法。",
    ),
    "fault.F303.example": ("value 1,5 or an id with a space", "value 为 1,5，或 id 中有空格"),
    "fault.F304.name": ("unknown word", "用词不对"),
    "fault.F304.description": (
        "A cell is not one of the words that the column allows.",
        "单元格不在该列可用的词之内。",
    ),
    "fault.F304.example": ("bound circa", "bound 为 circa"),
    "fault.F305.name": ("too small", "数值过小"),
    "fault.F305.description": (
        "A number is below the least that the column allows.",
        "数小于该列允许的最小值。",
    ),
    "fault.F305.example": ("line 0", "line 为 0"),
    "fault.F306.name": ("too long", "过长"),
    "fault.F306.description": (
        "A cell is longer than the column allows.",
        "单元格超过该列允许的长度。",
    ),
    "fault.F306.example": ("a printed of 100 characters", "printed 有 100 个字符"),
    "fault.F307.name": ("control character", "控制字符"),
    "fault.F307.description": (
        "A cell holds a control or text-direction character.",
        "单元格含控制字符或改变文字方向的字符。",
    ),
    "fault.F307.example": ("an escape sequence in a note", "note 中有转义序列"),
    "fault.F308.name": ("formula", "公式"),
    "fault.F308.description": (
        "A cell begins as a spreadsheet formula does.",
        "单元格开头像电子表格的公式。",
    ),
    "fault.F308.example": ("=1+1", "=1+1"),
    "fault.F309.name": ("no such date", "日期不存在"),
    "fault.F309.description": ("A date or period does not exist.", "日期或时期不存在。"),
    "fault.F309.example": ("2021-02-30", "2021-02-30"),
    "fault.F310.name": ("line elsewhere", "行号不在其中"),
    "fault.F310.description": (
        "A line is not one of its article's, or an article's lines are not its source's.",
        "行号不在该文章之内，或文章的行不在其来源之内。",
    ),
    "fault.F310.example": (
        "line 53 of an article on lines 5-41",
        "文章在第 5-41 行，却写第 53 行",
    ),
    "fault.F401.name": ("duplicate key", "键重复"),
    "fault.F401.description": ("Two rows have the same key.", "两行的键相同。"),
    "fault.F401.example": ("two figures F014", "有两条数据都是 F014"),
    "fault.F402.name": ("dangling key", "键无所指"),
    "fault.F402.description": (
        "A cell points to a row that does not exist.",
        "单元格所指的行不存在。",
    ),
    "fault.F402.example": (
        "zone wuhna where zones.csv has wuhan",
        "zone 为 wuhna，而 zones.csv 中是 wuhan",
    ),
    "fault.F403.name": ("circle", "循环"),
    "fault.F403.description": (
        "A row is its own parent, by way of others or directly.",
        "一行直接或间接成为自己的上级。",
    ),
    "fault.F403.example": ("zone a under b, b under a", "区域 a 在 b 之下，b 又在 a 之下"),
    "fault.F404.name": ("unknown unit", "未知的单位"),
    "fault.F404.description": (
        "A unit is neither in units.csv nor made of those there.",
        "单位不在 units.csv 中，也不能由其中的单位组成。",
    ),
    "fault.F404.example": ("unit 万元元", "unit 为“万元元”"),
    "fault.F405.name": ("wrong base unit", "基本单位不符"),
    "fault.F405.description": (
        "The unit of a figure or a ratio does not lead to the base unit that its metrics ask for, "
        "or a claim holds units together that do not fit its relation.",
        "数据或比率的单位不能折合为指标所要求的基本单位，或勾稽关系所对照的单位不相配。",
    ),
    "fault.F405.example": ("a length in 元", "长度以元计"),
    "fault.F406.name": ("wrong operands", "运算项不对"),
    "fault.F406.description": (
        "A claim has not the operands, value or items that its relation takes, or has one twice.",
        "勾稽关系的运算项、数值或所列名称与其关系不符，或有重复。",
    ),
    "fault.F406.example": ("a growth with one figure only", "growth 只有一个运算项"),
}
