"""What is told on stderr: errors, each with its place and the next step, and remarks."""

from __future__ import annotations

# key → (English, Chinese). `{name}` marks a word filled in.
MESSAGES: dict[str, tuple[str, str]] = {
    # Names.
    "find.label": ("{id} ({name})", "{id}（{name}）"),
    "find.more": (" and {count} more", "等，另有 {count} 个"),
    "find.several": (
        "'{text}' fits several {kind}s equally: {listed}{more}. Name one by its id",
        "“{text}”同样符合多个{kind}：{listed}{more}。请用编号指定其一",
    ),
    "find.unknown": (
        "no {kind} '{text}'. See '{command}'",
        "没有{kind}“{text}”。见 {command}",
    ),
    "find.unknown_near": (
        "no {kind} '{text}'; did you mean {listed}? See '{command}'",
        "没有{kind}“{text}”；您是否要找 {listed}？见 {command}",
    ),
    "find.no_figure": (
        "no figure answers '{text}'. See 'ftz metrics' for what there is",
        "没有数据符合“{text}”。可查的指标见 ftz metrics",
    ),
    "find.no_figure_near": (
        "no figure answers '{text}'; did you mean {listed}? See 'ftz metrics'",
        "没有数据符合“{text}”；您是否要找 {listed}？见 ftz metrics",
    ),
    "find.elsewhere": (
        "no figure of {listed} answers '{text}'. See 'ftz zones' for the places that there are",
        "没有{listed}的数据符合“{text}”。收录的区域见 ftz zones",
    ),
    "find.no_period": (
        "'{text}' is not a period; write EDTF: 2021, 2021-05, 2022-40 for the first half-year",
        "“{text}”不是时期；请用 EDTF 写法：2021、2021-05，上半年为 2022-40",
    ),
    "find.no_status": (
        "'{text}' is not a status; it is one of {listed}",
        "“{text}”不是可用的性质；可用的有 {listed}",
    ),
    # Empty answers: what was asked for, and where to look.
    "find.none": (
        "no {kind} matches '{text}'. See '{command}'",
        "没有{kind}符合“{text}”。见 {command}",
    ),
    "find.none_passes": (
        "no figure passes {listed}. See 'ftz figures' for all of them",
        "没有数据符合 {listed}。全部数据见 ftz figures",
    ),
    "find.no_claim": (
        "no claim is about '{text}'. See 'ftz audit' for all of them",
        "没有勾稽关系涉及“{text}”。全部勾稽关系见 ftz audit",
    ),
    # Comparisons.
    "compare.twice": ("'{name}' is named twice", "“{name}”指定了两次"),
    "compare.same": (
        "'{name}' and '{other}' name the same {kind}: {label}",
        "“{name}”和“{other}”是同一{kind}：{label}",
    ),
    "compare.mixed": (
        "'{zone}' is a zone and '{initiative}' an initiative; compare like with like",
        "“{zone}”是区域，“{initiative}”是举措；请比较同类",
    ),
    "compare.unknown": (
        "no initiative or zone '{text}'. See 'ftz initiatives' and 'ftz zones'",
        "没有举措或区域“{text}”。见 ftz initiatives 和 ftz zones",
    ),
    "compare.unknown_near": (
        "no initiative or zone '{text}'; did you mean {listed}? See 'ftz initiatives' and "
        "'ftz zones'",
        "没有举措或区域“{text}”；您是否要找 {listed}？见 ftz initiatives 和 ftz zones",
    ),
    "compare.alone": (
        "a comparison needs two names; '{name}' shares no metric with another",
        "比较需要两个名称；“{name}”与其他名称没有共同指标",
    ),
    "compare.alone_near": (
        "a comparison needs two names; '{name}' compares well with {listed}",
        "比较需要两个名称；可与“{name}”比较的有 {listed}",
    ),
    "compare.nothing": (
        "no metric is shared by {listed}. To see what each has: --all",
        "{listed} 没有共同的指标。要看各自的指标请加 --all",
    ),
    "compare.no_figures": (
        "there are no figures of {listed} to compare. See 'ftz figures'",
        "{listed} 没有可对比的数据。见 ftz figures",
    ),
    # Printed quantities.
    "quantity.too_long": (
        "'{printed}' is longer than any number",
        "“{printed}”过长，不会是一个数",
    ),
    "quantity.no_number": ("'{printed}' names no number", "“{printed}”没有说出具体的数"),
    "quantity.unknown": (
        "'{printed}' is no quantity that the grammar knows",
        "“{printed}”不是可识别的数量写法",
    ),
    "quantity.to_a_date": (
        "a range from {value} to the date {date}",
        "区间从数值 {value} 到日期 {date}，首尾不同类",
    ),
    "quantity.one_end": ("a range that has one end only: {value}", "区间只有一端：{value}"),
    "quantity.no_date": ("no such date: {date}", "没有这个日期：{date}"),
    # The bench.
    "progress.load": ("loading", "载入"),
    "progress.check": ("checking", "检查"),
    "progress.scan": ("scanning", "扫描"),
    "load.done": (
        "loaded {count:,} figure{s} into {path}",
        "已将 {count:,} 条数据载入 {path}",
    ),
    "load.refused": (
        "{count:,} problem{s}; nothing was loaded",
        "共 {count:,} 个问题；未载入任何数据",
    ),
    "load.no_cache": (
        "there is no cache folder to load into; name a file with --db PATH",
        "没有可供载入的缓存文件夹；请用 --db PATH 指定文件",
    ),
    "load.foreign": (
        "'{path}' is no whole database of ftz, so it was left as it is. Name another file with "
        "--db",
        "“{path}”不是完整的 ftz 数据库，未作改动。请用 --db 另指定文件",
    ),
    "load.faulty": (
        "the database that was built is faulty: {said}",
        "建成的数据库有错误：{said}",
    ),
    "load.building": (
        "building the database in {path} ({why})",
        "正在建立数据库 {path}（{why}）",
    ),
    "load.in_memory": (
        "nowhere to keep the database ({why}), so it is built in memory",
        "数据库无处保存（{why}），改在内存中建立",
    ),
    "load.last_good": (
        "the data has {count:,} problem{s} now, so the last good load answers. See 'ftz check "
        "{folders}'",
        "数据现有 {count:,} 个问题，暂以上次载入的数据作答。见 ftz check {folders}",
    ),
    "dataset.none": (
        "no dataset in {folders}: expected CSV files such as figures.csv. See 'ftz load --help'",
        "{folders} 中没有数据集：应有 figures.csv 等 CSV 文件。见 ftz load --help",
    ),
    "dataset.no_folder": (
        "no folder '{name}'. Name a folder of CSV files, or 'bundled'",
        "没有文件夹“{name}”。请指定存放 CSV 文件的文件夹，或 bundled",
    ),
    "dataset.twice": ("the folder '{name}' is named twice", "文件夹“{name}”指定了两次"),
    "check.clean": (
        "{count:,} figure{s} checked, no problem found",
        "已检查 {count:,} 条数据，未发现问题",
    ),
    "check.more": (
        "{count:,} problems in all; the last {more:,} are not listed",
        "共 {count:,} 个问题，其中 {more:,} 个未列出",
    ),
    "check.no_code": (
        "no code '{code}'. To list them all: ftz check --explain all",
        "没有代码“{code}”。全部代码见 ftz check --explain all",
    ),
    "scan.new": (
        "this text is no source known here; it is scanned as a new one",
        "此文本不是已知来源，按新来源扫描",
    ),
    "scan.open": (
        "uncurated or stray: {count:,} mention{s}",
        "共 {count:,} 处未收录或查无出处",
    ),
    "scan.too_large": ("'{name}' is larger than {most} MB", "“{name}”超过 {most} MB"),
    "scan.not_utf8": (
        "'{name}' is not UTF-8 (line {line}). If it is GBK: iconv -f GBK -t UTF-8 '{name}'",
        "“{name}”不是 UTF-8 编码（第 {line} 行）。若是 GBK：iconv -f GBK -t UTF-8 '{name}'",
    ),
    "scan.in_part": ("{figures} holds only a part of it", "{figures} 只收录了其中一部分"),
    "scan.its_period": ("its period", "所属时期"),
    "scan.no_number": ("names no number", "没有说出具体的数"),
    "scan.no_year": ("a date whose year is not said", "日期未说明年份"),
    # The database file.
    "store.missing": (
        "no database at '{path}'. To make one: ftz load --db {path}",
        "“{path}”处没有数据库。新建：ftz load --db {path}",
    ),
    "store.unreadable": (
        "can't read '{path}': {why}. To make one: ftz load --db {path}",
        "无法读取“{path}”：{why}。新建数据库：ftz load --db {path}",
    ),
    "store.folder": (
        "'{path}' is a folder. To make a database in it: ftz load --db {path}/ftz.db",
        "“{path}”是文件夹。在其中新建数据库：ftz load --db {path}/ftz.db",
    ),
    "store.not_ours": (
        "'{path}' {fault}; it was left as it is. To make one: ftz load --db {path}.new",
        "“{path}”{fault}，未作改动。新建数据库：ftz load --db {path}.new",
    ),
    "store.older": (
        "'{path}' was made by an older ftz (format {version}, this one reads {reads}). To make it "
        "anew: ftz load --db {path}",
        "“{path}”由较旧的 ftz 建立（格式 {version}，本版读取 {reads}）。重建：ftz load --db {path}",
    ),
    "store.newer": (
        "'{path}' was made by a newer ftz (format {version}, this one reads {reads}). Upgrade "
        "ftz-cli, or load into another file with --db",
        "“{path}”由较新的 ftz 建立（格式 {version}，本版读取 {reads}）。请升级 ftz-cli，"
        "或用 --db 载入另一文件",
    ),
    "store.cannot_open": ("can't open '{path}': {why}", "无法打开“{path}”：{why}"),
    "store.no_file": ("is no file", "不是普通文件"),
    "store.empty": ("is empty", "是空文件"),
    "store.no_sqlite": ("is no SQLite database", "不是 SQLite 数据库"),
    "store.cut": ("is cut short", "不完整"),
    "store.foreign": ("is a database of another program", "是其他程序的数据库"),
    "store.strange": (
        "what was read makes no sense ({said}): the database may be damaged. To make it anew: "
        "ftz load",
        "读到的内容无法理解（{said}）：数据库可能已损坏。重建：ftz load",
    ),
    "store.damaged": (
        "the database is damaged: {why}. To make it anew: ftz load",
        "数据库已损坏：{why}。重建：ftz load",
    ),
    # Why the cached database is built again.
    "current.no_folder": ("there is no cache folder", "没有缓存文件夹"),
    "current.first_use": ("first use", "首次使用"),
    "current.unreadable": ("it can't be read: {why}", "无法读取：{why}"),
    "current.fault": ("it {fault}", "原文件{fault}"),
    "current.other_version": (
        "it was made by another version of ftz",
        "原文件由其他版本的 ftz 建立",
    ),
    "current.damaged": ("it is damaged", "原文件已损坏"),
    "current.changed": ("the data has changed", "数据有变动"),
    # Free SQL.
    "sql.one": (
        "give one query, - for stdin, or --schema",
        "请给出一条查询、-（标准输入）或 --schema",
    ),
    "sql.too_long": ("the query is longer than {most:,} bytes", "查询超过 {most:,} 字节"),
    "sql.not_utf8_at": (
        "the query is not UTF-8: byte {at} can't be read",
        "查询不是 UTF-8 编码：第 {at} 字节无法读取",
    ),
    "sql.not_utf8": ("the query is not UTF-8", "查询不是 UTF-8 编码"),
    "sql.nul": ("the query holds a NUL character", "查询含有 NUL 字符"),
    "sql.timeout": (
        "a timeout is more than 0 and at most {most} seconds",
        "时限须大于 0 秒，至多 {most} 秒",
    ),
    "sql.limit": ("a limit is at least 1 row", "行数上限至少为 1"),
    "sql.stopped": (
        "stopped after {seconds} s: the query takes too long. Narrow it, or give it more with "
        "--timeout",
        "查询超过 {seconds} 秒，已停止。请缩小查询，或用 --timeout 放宽时限",
    ),
    "sql.refused": (
        "only reading is allowed: {word} {reason}",
        "只允许读取：{word} {reason}",
    ),
    "sql.changes": ("would change the database", "会改动数据库"),
    "sql.attaches": ("would open or close another file", "会打开或关闭其他文件"),
    "sql.vacuums": ("would write the database anew", "会重写数据库"),
    "sql.transacts": ("goes with changing, which is not done", "用于改动，而这里不作改动"),
    "sql.configures": (
        "can change how the database works; for columns see 'ftz sql --schema'",
        "会改变数据库的运行方式；各列见 ftz sql --schema",
    ),
    "sql.empty": ("the query is empty. See 'ftz sql --schema'", "查询是空的。见 ftz sql --schema"),
    "sql.begins": (
        "a query begins with select, with or values, not '{begins}'",
        "查询应以 select、with 或 values 开头，而不是“{begins}”",
    ),
    "sql.begins_near": (
        "a query begins with select, with or values, not '{begins}'; did you mean '{near}'?",
        "查询应以 select、with 或 values 开头，而不是“{begins}”；您是否想写 {near}？",
    ),
    "sql.memory": (
        "the query needs more than {most} MB of memory. Narrow it",
        "查询所需内存超过 {most} MB。请缩小查询",
    ),
    "sql.denied": ("only reading is allowed: {what} is refused", "只允许读取：不接受{what}"),
    "sql.function": ("the function {name}", "函数 {name}"),
    "sql.pragma": ("the pragma {name}", "编译指示 {name}"),
    "sql.table_function": ("this table function", "此表函数"),
    "sql.action": ("{words}", " {words}"),
    "sql.no_rows": ("the query gives no rows", "查询不返回任何行"),
    "sql.cut_rows": (
        "only the first {rows:,} rows are shown; raise --limit for more",
        "只显示前 {rows:,} 行；要看更多请调高 --limit",
    ),
    "sql.cut_size": (
        "only the first {rows:,} rows are shown: all of them are over {most} MB",
        "只显示前 {rows:,} 行：全部结果超过 {most} MB",
    ),
    "sql.busy": ("the database can't be read now: {why}", "现在无法读取数据库：{why}"),
    "sql.too_big": (
        "the query makes a value of more than {most} MB",
        "查询产生的一个值超过 {most} MB",
    ),
    "sql.several": (
        "one statement at a time: there is more after the first ';'",
        "一次只能执行一条语句：第一个分号后还有内容",
    ),
    "sql.parameter": (
        "the query has a parameter (?, :name); write its value instead",
        "查询含有参数（? 或 :name）；请直接写出值",
    ),
    "sql.no_function": (
        "no function '{name}' in SQLite {version}",
        "SQLite {version} 没有函数“{name}”",
    ),
    "sql.unknown": (
        "no {kind} '{name}'. See 'ftz sql --schema'",
        "没有{kind}“{name}”。见 ftz sql --schema",
    ),
    "sql.unknown_near": (
        "no {kind} '{name}'; did you mean {near}? See 'ftz sql --schema'",
        "没有{kind}“{name}”；您是否要找 {near}？见 ftz sql --schema",
    ),
    "sql.table": ("table", "表"),
    "sql.column": ("column", "列"),
    "sql.cannot": (
        "can't answer the query: {why}. See 'ftz sql --schema'",
        "无法回答此查询：{why}。见 ftz sql --schema",
    ),
    # Completion.
    "completion.installed": (
        "completion for {shell} is installed in {path}; a new terminal has it",
        "已在 {path} 中为 {shell} 安装补全；新开的终端即可使用",
    ),
    "completion.no_shell": (
        "completion is for bash, zsh, fish and PowerShell; this shell is none of them",
        "补全只支持 bash、zsh、fish 和 PowerShell；当前 shell 不在其中",
    ),
    # Export and serve.
    "export.done": ("{count:,} figure{s} written to {path}", "已将 {count:,} 条数据写入 {path}"),
    "export.title": ("Published figures, put together with ftz", "用 ftz 整理的公开数据"),
    "export.unnamed": (
        "name a folder to write to, such as 'figures'",
        "请指定要写入的文件夹，例如 figures",
    ),
    "export.a_file": (
        "'{path}' is a file, not a folder; name another",
        "“{path}”是文件；请另指定文件夹",
    ),
    "export.here": (
        "'{path}' is the folder you are in; name one inside it",
        "“{path}”是当前文件夹；请指定其中的一个子文件夹",
    ),
    "export.others": (
        "'{path}' holds other files ({first}); name a new folder",
        "“{path}”中有其他文件（{first}）；请指定新文件夹",
    ),
    "export.curated": (
        "'{path}' holds a dataset that is no export, so it was left as it is; name a new folder",
        "“{path}”中的数据集不是由导出得来，未作改动；请指定新文件夹",
    ),
    "serve.no_file": (
        "there is no file to serve, for nothing could be written; make one with 'ftz load --db "
        "FILE'",
        "没有可供浏览的数据库文件，因为无处可写；请用 ftz load --db FILE 建立",
    ),
    "serve.file_name": (
        "Datasette can't open '{path}': rename it without ? # and %",
        "Datasette 无法打开“{path}”：请改名，去掉 ?、# 和 %",
    ),
    "serve.not_installed": (
        'serving needs Datasette: pip install "ftz-cli[web]"',
        '需要 Datasette 才能在浏览器中查看：pip install "ftz-cli[web]"',
    ),
    "serve.open": (
        "this address is open to other machines",
        "其他机器也能访问此地址",
    ),
    "serve.on": (
        "serving on {address} (Ctrl-C ends it)",
        "请在浏览器打开 {address}（按 Ctrl-C 结束）",
    ),
    "serve.cannot_listen": (
        "can't listen on {host}, port {port}: {why}. Try another --port or --host",
        "无法监听 {host} 的端口 {port}：{why}。请换一个 --port 或 --host",
    ),
    # Answers and files.
    "output.bom": (
        "--bom goes with csv and tsv, not with {format}",
        "--bom 用于 csv 和 tsv，不用于 {format}",
    ),
    "output.two_formats": (
        "--json and --format {format} contradict each other; give one",
        "--json 与 --format {format} 矛盾，请只用其一",
    ),
    "output.no_format": (
        "no format '{format}'; there are {listed}",
        "没有格式“{format}”；可用的有 {listed}",
    ),
    "output.no_suffix": (
        "the name '{path}' tells no format; end it in one of {listed}, or give --format",
        "从文件名“{path}”看不出格式；请以 {listed} 之一结尾，或用 --format 指定",
    ),
    "output.no_field": (
        "no field '{name}' here; there are {listed}",
        "这里没有字段“{name}”；可用的有 {listed}",
    ),
    "output.no_field_named": (
        "no field named; there are {listed}",
        "没有指定字段；可用的有 {listed}",
    ),
    "output.failed": ("can't write the answer: {why}", "无法写出结果：{why}"),
    "output.not_utf8": ("an argument is not UTF-8", "有参数不是 UTF-8 编码"),
    "file.unreadable": ("can't read '{path}': {why}", "无法读取“{path}”：{why}"),
    "file.unwritable": ("can't write '{path}': {why}", "无法写入“{path}”：{why}"),
}
