"""Help pages: each text as the command line's code has it, in English, and in Chinese."""

from __future__ import annotations

# A page is made where its options are declared, from English; only a Chinese one is looked up.
_TEXTS = {
    # Commands.
    "Published figures on China's pilot free-trade zones: as printed, what they mean, and where "
    "they stand.": "中国自由贸易试验区的公开数据：原文、含义和出处。",
    "List the zones as a tree.": "以树形列出区域。",
    "Show one zone with its initiatives, figures and recognitions.": (
        "查看一个区域及其举措、数据和荣誉。"
    ),
    "List the initiatives.": "列出举措。",
    "Show one initiative with its figures and recognitions.": "查看一项举措及其数据和荣誉。",
    "List the metrics.": "列出指标。",
    "Look up figures: the best answer first.": "查数据，最符合的在前。",
    "List figures, all or filtered.": "列出全部或筛选出的数据。",
    "List the sources and their articles.": "列出来源及其文章。",
    "Lay initiatives (or zones) side by side.": "并列对比举措（或区域）。",
    "Recompute what the source says follows from what.": "重算来源自身的勾稽关系。",
    "Check dataset folders without loading them.": "检查数据集文件夹，不载入。",
    "Find every number in an article, and say which are curated.": (
        "找出文章中的每个数字，并说明哪些已收录。"
    ),
    "Load dataset folders into the database, all or nothing.": (
        "将数据集文件夹载入数据库；有一处问题就全不载入。"
    ),
    "Ask the database anything in SQL; reading only.": "用 SQL 查询数据库；只读。",
    "Write the database as a Data Package: a CSV for each table, and datapackage.json.": (
        "将数据库导出为 Data Package：每个表一个 CSV，另有 datapackage.json。"
    ),
    "Show the database in a browser, with Datasette.": "用 Datasette 在浏览器中查看数据库。",
    # Headings.
    "Options": "选项",
    "Arguments": "参数",
    "Look up": "查询",
    "Compare and check": "对比与核算",
    "Curate": "整理",
    "Data": "数据",
    # Options of every command.
    "How to print.": "输出格式。",
    "Short for --format json.": "即 --format json。",
    "Language.": "语言。",
    "Database to read.": "要读取的数据库。",
    "Write to FILE; the suffix chooses the format, .svg and .html too.": (
        "写入 FILE；格式由后缀决定，也可为 .svg 和 .html。"
    ),
    "Only these fields, in this order.": "只要这些字段，按此次序。",
    "Begin CSV with a byte-order mark, for Excel.": "CSV 开头写入字节序标记，供 Excel 使用。",
    "Never page a long answer.": "结果再长也不分页。",
    "No remarks on stderr.": "不在标准错误输出提示。",
    "Show the version.": "显示版本。",
    "Show this message and exit.": "显示本说明并退出。",
    "Install completion for the current shell.": "为当前 shell 安装补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的补全脚本，供复制或自行安装。"
    ),
    # Their own.
    "An id, a name, or a part of one.": "编号、名称，或名称的一部分。",
    "Only what these name.": "只要这些词所指的。",
    "Only this zone's.": "只要此区域的。",
    "Only this initiative's.": "只要此举措的。",
    "Only this metric's.": "只要此指标的。",
    "Only this article's.": "只要此文章的。",
    "2021, 2022-07, 2022-40 …": "2021、2022-07、2022-40 等。",
    "measured, capacity, design, target or rule.": (
        "measured（实际）、capacity（能力）、design（设计）、target（目标）或 rule（规定）。"
    ),
    "Metric, initiative, zone, period, in any order.": "指标、举措、区域、时期，次序不限。",
    "Show which words matched what, and what the order rests on.": (
        "说明哪个词匹配了什么、次序由何而来。"
    ),
    "Initiatives, or zones.": "举措，或区域。",
    "Only this metric's row.": "只要此指标的一行。",
    "Rows with a single value too.": "只有一个值的行也列出。",
    "Only these claims.": "只要这些勾稽关系。",
    "Folders of CSV files; 'bundled' names the bundled one.": (
        "存放 CSV 文件的文件夹；bundled 指内置的一个。"
    ),
    "Explain a fault code, or all.": "说明一个代码的意思；all 为全部。",
    "An article's file, or - for stdin.": "文章的文件；- 为标准输入。",
    "Print rows for figures.csv from what is not curated.": (
        "将未收录的数字写成 figures.csv 的行。"
    ),
    "One SELECT; - reads it from stdin.": "一条 SELECT；- 从标准输入读取。",
    "List the tables, views and their columns.": "列出表、视图及其各列。",
    "Show at most so many rows.": "至多显示这么多行。",
    "Stop a query after so long.": "查询超过这么久就停止。",
    "A new or empty folder, or an earlier export.": "新文件夹、空文件夹，或先前导出的文件夹。",
    "Address to listen on.": "监听的地址。",
    "Port to listen on; 0 takes a free one.": "监听的端口；0 为任一空闲端口。",
    # What stands behind an option.
    "from the locale": "随系统语言",
    "the bundled data": "内置数据",
}
MESSAGES: dict[str, tuple[str, str]] = {f"help.{en}": (en, zh) for en, zh in _TEXTS.items()}
