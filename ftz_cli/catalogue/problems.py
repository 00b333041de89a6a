"""What is told of a fault in the data: what is wrong at a place, and what may mend it."""

from __future__ import annotations

# key → (English, Chinese). `{name}` marks a word filled in; names of columns stay as they are.
MESSAGES: dict[str, tuple[str, str]] = {
    "problem.help": ("help: ", "提示："),
    # Files and headers.
    "problem.no_file": ("this is no file", "这不是普通文件"),
    "problem.unreadable": ("the file can't be read: {why}", "文件无法读取：{why}"),
    "problem.not_utf8": ("the file is not UTF-8: {guess}", "文件不是 UTF-8 编码：{guess}"),
    "problem.save_as_utf8": ("save the file as UTF-8", "请将文件另存为 UTF-8 编码"),
    "problem.empty_file": ("the file is empty", "文件是空的"),
    "problem.misnamed": (
        "this file is not read; is it {table}.csv?",
        "此文件不会被读取，是否应为 {table}.csv？",
    ),
    "problem.columns": ("the columns of {table} are {columns}", "{table} 的各列为 {columns}"),
    "problem.broken_row": (
        "the row that begins here can't be read: {why}",
        "从这里开始的一行无法读取：{why}",
    ),
    "problem.quotes": (
        'close the quotation mark; write a quote in a cell as ""',
        '请补上引号；单元格内的引号要写成 ""',
    ),
    "problem.long_row": (
        "the row that begins here is longer than {most:,} characters",
        "从这里开始的一行超过 {most:,} 个字符",
    ),
    "problem.open_quote": (
        "look for a quotation mark that is not closed",
        "请查找没有配对的引号",
    ),
    "problem.unknown_column": ("unknown column '{column}'", "未知的列“{column}”"),
    "problem.column_twice": ("column '{column}' stands twice", "列“{column}”出现了两次"),
    "problem.no_column": ("column '{column}' is missing", "缺少列“{column}”"),
    "problem.surplus": (
        "{cells} cells where the header has {width}: '{first}' is one too many",
        "这一行有 {cells} 格，表头只有 {width} 格：“{first}”是多出的一格",
    ),
    "problem.quote_comma": (
        "put a cell that holds a comma between quotation marks",
        "含逗号的单元格要用引号括起来",
    ),
    "problem.short": (
        "{cells} cells where the header has {width}",
        "这一行只有 {cells} 格，表头有 {width} 格",
    ),
    "guess.utf16": ("it looks like UTF-16", "看来是 UTF-16"),
    "guess.gbk": ("these bytes look like GBK", "这些字节看来是 GBK"),
    "guess.broken": ("these bytes are broken", "这些字节已损坏"),
    "guess.unknown": ("no encoding known here", "无法识别编码"),
    # Cells.
    "problem.empty": ("{column} is empty", "{column} 是空的"),
    "problem.too_long": (
        "{column} has {length:,} characters; at most {most} may",
        "{column} 有 {length:,} 个字符，至多 {most} 个",
    ),
    "problem.unknown_word": (
        "{column} '{cell}' is not one of {words}",
        "{column} 的值“{cell}”不在可用的词之内：{words}",
    ),
    "problem.no_whole_number": (
        "{column} '{cell}' is not a whole number",
        "{column} 的值“{cell}”不是整数",
    ),
    "problem.too_small": ("{column} {cell} is below {least}", "{column} 为 {cell}，小于 {least}"),
    "problem.wrong_form": (
        "{column} '{cell}' has not the form that is asked for",
        "{column} 的值“{cell}”不合规定的写法",
    ),
    "problem.no_period": (
        "{column} '{cell}' is no date or period",
        "{column} 的值“{cell}”不是日期或时期",
    ),
    "problem.write_edtf": (
        "write EDTF: 2021, 2021-05-21, 2022-40 for the first half-year, 2019/2021",
        "请用 EDTF 写法：2021、2021-05-21、2019/2021，上半年为 2022-40",
    ),
    "problem.character": (
        "the character {code} may not stand in a cell",
        "单元格中不能有字符 {code}",
    ),
    "problem.delete_it": ("delete it, or write a space", "请删去，或改为空格"),
    "problem.formula": (
        "'{cell}' would run as a formula in a spreadsheet",
        "“{cell}”在电子表格中会当作公式运行",
    ),
    "problem.begin_otherwise": (
        "begin the cell with another character",
        "请换一个字符开头",
    ),
    "problem.no_factor": ("factor {factor} is not above 0", "factor 为 {factor}，应大于 0"),
    # Keys.
    "problem.key_twice": ("{table} has '{key}' already", "{table} 中已有“{key}”"),
    "problem.own_key": ("every row needs a key of its own", "每一行的键都不能与其他行相同"),
    "problem.lines_backwards": ("lines '{lines}' run backwards", "行号“{lines}”前后颠倒"),
    "problem.elsewhere": (
        "line {line} is not in {source}, which has the lines {lines}",
        "第 {line} 行不在 {source} 之内，其行号为 {lines}",
    ),
    "problem.period_undated": (
        "period '{period}' stands beside period_kind undated",
        "period_kind 为 undated，却写了时期“{period}”",
    ),
    "problem.period_of_date": (
        "period '{period}' is not that of the date {date}",
        "时期“{period}”与日期 {date} 不符",
    ),
    "problem.dangles": (
        "{column} '{key}' is not in {table}.csv",
        "{column} 的值“{key}”不在 {table}.csv 中",
    ),
    "problem.near": ("did you mean '{near}'?", "您是否要写“{near}”？"),
    "problem.circle": (
        "{column} '{parent}' leads back to '{key}'",
        "{column} 的值“{parent}”又绕回“{key}”",
    ),
    "problem.other_parent": ("give one of them another parent", "请改动其中一个的上级"),
    "problem.operands": (
        "{relation} has {count} operand{s} and takes {wanted}",
        "{relation} 有 {count} 个运算项，应有 {wanted} 个",
    ),
    "problem.one_at_least": ("one at least", "至少一"),
    "problem.none_or": ("none or {count}", "零或 {count}"),
    "problem.named_twice": (
        "{column} has '{name}' twice",
        "{column} 中“{name}”出现了两次",
    ),
    "problem.relation_needs": ("{relation} needs {column}", "{relation} 须有 {column}"),
    # The units of claims.
    "problem.misfit": (
        "{relation} can't hold a figure in {base} against operands in {bases}",
        "{relation} 不能把单位为 {base} 的数据与单位为 {bases} 的运算项对照",
    ),
    "problem.misfit_counted": (
        "{relation} can't use a figure in {base}",
        "{relation} 不能用单位为 {base} 的数据",
    ),
    "problem.takes_counted": (
        "it takes a figure that counts: pieces, parts or spans of time",
        "它只用于计数的数据：个数、份数或时长",
    ),
    "problem.takes_mean": (
        "it takes a total in the figure's own base unit, then a count",
        "它先用一个与数据基本单位相同的总量，再用一个个数",
    ),
    "problem.takes_difference": (
        "figure and operands have one base unit; percentages differ by points too, dates by days",
        "数据与运算项的基本单位须相同，百分数之差也可用百分点，日期之差用天",
    ),
    "problem.takes_times": (
        "it takes a figure in times, and operands in one base unit, no dates or ranks",
        "数据须以倍计，各运算项的基本单位须相同，且不是日期或位次",
    ),
    "problem.takes_percent": (
        "it takes a figure in %, and operands in one base unit, no dates or ranks",
        "数据须以 % 计，各运算项的基本单位须相同，且不是日期或位次",
    ),
    "problem.takes_same": (
        "figure and operands have one base unit",
        "数据与运算项的基本单位须相同",
    ),
    "problem.takes_amounts": (
        "figure and operands have one base unit, and none is a date or a rank",
        "数据与运算项的基本单位须相同，且都不是日期或位次",
    ),
    "problem.ratio_unit": (
        "unit '{unit}' can't show {above} divided by {below}",
        "单位“{unit}”不能表示 {above} 除以 {below} 的商",
    ),
    "problem.takes_ratio": (
        "write a unit of the numerator; % only where both have one base unit",
        "请用分子的单位，两者基本单位相同时才可用 %",
    ),
    # Units and the double entry.
    "problem.unknown_unit": ("unit '{unit}' is not known", "单位“{unit}”未知"),
    "problem.add_unit": ("add it to units.csv", "请加入 units.csv"),
    "problem.no_units": (
        "no units are there at all: name 'bundled' beside your folder, or write a units.csv",
        "没有任何单位：请在文件夹之外同时写上 bundled，或自备 units.csv",
    ),
    "problem.other_base": (
        "unit '{unit}' counts {base}, and the metric '{metric}' {wanted}",
        "单位“{unit}”折合为 {base}，而指标“{metric}”以 {wanted} 计",
    ),
    "problem.print_only": (
        "print the figure with its qualifier and unit, and nothing else",
        "只写数字连同限定词和单位，不写其他文字",
    ),
    "problem.other_unit": (
        "unit '{cell}' is not the unit of '{printed}'",
        "unit 的值“{cell}”不是“{printed}”的单位",
    ),
    "problem.disagrees": (
        "{column} '{cell}' is not what '{printed}' says",
        "{column} 的值“{cell}”与“{printed}”不符",
    ),
    "problem.means": ("'{printed}' means {said}", "“{printed}”的意思是 {said}"),
    "problem.parts": (
        "'{printed}' has {parts} parts and {count} row{s}",
        "“{printed}”有 {parts} 个部分，却只有 {count} 行",
    ),
    "said.parts": ("the parts {parts}", "各部分为 {parts}"),
    "said.value": ("value {value}", "value 为 {value}"),
    "said.range": ("value {value} to {value_to}", "value 为 {value}，value_to 为 {value_to}"),
    "said.unit": ("unit {unit}", "unit 为 {unit}"),
    "said.bound": ("bound {bound}", "bound 为 {bound}"),
}
