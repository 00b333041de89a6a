"""The words around a printed Chinese number: qualifiers, directions, rates, what no number is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .quantity import Bound

# Said no to, a mark passed is a most, a mark missed a least, and a mark reached is missed.
_NO = "不 未 没有 没 不会 不得 不能 不可 未能 并未 从未 均未 尚未 无"
_PASSED = "超 超过 逾 超出 突破 多于 高于 大于 高出 超越 大过"
_MISSED = "低于 少于 小于 跌破 下 下于 亚于"
_REACHED = "到 满 足 达 达到 及 够"


def _denied(words: str) -> str:
    return " ".join(no + word for no in _NO.split() for word in words.split())


# Qualifiers right before the number. Those under EXACT colour it and bound nothing.
BEFORE = {
    Bound.ABOUT: "约 大约 大概 大致 约合 差不多 上下浮动",
    Bound.NEARLY: "近 接近 将近 临近 逼近 直逼 迫近 靠近 趋近 趋近于 接近于 几近",
    Bound.OVER: f"{_PASSED} 冲破 击穿 破 已破 不止 远超 大超 超逾 赶超 > ＞",
    Bound.UNDER: f"{_denied(_REACHED)} {_MISSED.replace('下 下于 亚于', '')} 不足 < ＜",
    Bound.AT_LEAST: f"{_denied(_MISSED)} 少说 起码 至少 最少 最低 最短 最快 年满 满 起步 起步价 "
    "下限 下限为 底价 迈上 站上 跃上 站稳 ≥ ≧ ⩾",
    Bound.AT_MOST: f"{_denied(_PASSED)} 不迟于 不晚于 至多 最多 顶多 最高 最长 最迟 最晚 上限 "
    "上限为 封顶 限 ≤ ≦ ⩽",
    Bound.EXACT: "高达 达 达到 多达 仅 只有 仅有 长达 最近 过去 未来 今后 足足 整整 共 共有 总共 "
    "共计 合计 累计",
}
# Behind these a qualifier of one character is the end of a word: 签约3家, 附近5家, 期限3年.
WITHIN_A_WORD = {
    "约": "签节预特邀集条合制公违解履践失赴纽契盟", "近": "附邻亲相最", "超": "赶",
    "破": "侦打攻爆识告揭读", "满": "圆充布坐爆客", "限": "期年有无权界局受不上下时户极",
    "过": "通经超不度越穿渡跳", "达": "抵到直发表传",
}  # fmt: skip
NOT_ABOUT = "谈定束会见请法翰旦克访拍车课"
# What may stand between such a word and the number: 超过了, 最高可达, 约为.
FILLERS = "了 为 达 到 达到 至 有 可 可达 可达到 能达 是 在"
# Qualifiers that reach a number further on in their clause: 约占全市15%, 至少需要12艘.
APART = {
    Bound.ABOUT: "约 大约 大概",
    Bound.AT_LEAST: "至少 最少 起码",
    Bound.AT_MOST: "至多 最多 顶多",
}
# Superlatives reach it only over a verb: 最高奖励300万元, but not 最高气温35℃.
SUPERLATIVES = {
    Bound.AT_MOST: "最高 最长 最迟 最晚 上限",
    Bound.AT_LEAST: "最低 最短 最快 下限",
}
VERBS = (
    "可 可达 能 能够 会 需 需要 要 只需 仅需 应 应当 可以 得 "
    "不得 给予 给 予以 奖励 补助 补贴 资助 支持 扶持 获 获得 "
    "可获 享受 减免 减 降 缩短 压缩 降低 提高 提升 节省 节约 "
    "增加 申请 贷款 贷 授信 罚款 处罚 赔付 赔偿 报销 延长 优惠 "
    "补 奖 达 达到 设定 设置 定为 控制 保持 投资 投入 融资 出资 "
    "按 为"
)
# Between number and unit: more than the number, but by less than a step of it; or about it.
BETWEEN = {Bound.OVER: "余 多", Bound.ABOUT: "来"}


def _including(words: str) -> str:
    """Each of `words` with the remark that the mark itself counts: (含)以上, 以上(含)."""
    marks = ("含", "(含)", "(含本数)")
    said = [(mark + word, word + mark) for word in words.split() for mark in marks]
    return " ".join((words, *(form for pair in said for form in pair)))


# Behind the unit.
AFTER = {
    Bound.AT_LEAST: _including("以上") + " 及以上 或以上 之上 起步 起跳",
    Bound.AT_MOST: _including("以内 以下") + " 之内 及以下 或以下 之下 封顶 为限 为上限",
    Bound.ABOUT: "左右 上下 许 前后 之谱",
    Bound.OVER: "多 余 有余 开外 不止 出头 挂零",
    Bound.UNDER: "不到 不足",
}
# Words that bound a number on either side: one that another number follows belongs to that.
EITHER_SIDE = ("不到", "不足", "不止")
# What leaves open by how much the number is passed.
UNCAPPED = ("不止",)
# A price from which others go up: 9.9元起. After other units 起 begins a time or counts cases.
FROM = "起"
# 5年内, 2小时内批复: a most behind what is measured, where 内 does not go on to another word.
WITHIN = "内"
WITHIN_WORDS = "部容地陆外蒙河销需贸资环侧衣科涵在存政行阁饰向核径控"
# 近五年来 is the last five years, 近五年 may be nearly five.
SINCE = "来"
# What goes before 负 where it is no minus: 胜负, 自负, 正负.
NOT_SIGNED = "胜正自担背抱欺辜肩承"
# 过 counts only before a round mark (过万, 过三成): elsewhere it ends a verb (通过3千米).
PAST = "过"
# A share a little over or under the mark: 三成强, 四成弱.
SCANT = {"强": Bound.OVER, "弱": Bound.NEARLY}

# Verbs and nouns that say in which direction a value went.
DOWN = (
    "下降 下滑 下跌 下挫 下调 下浮 减少 降低 回落 收窄 缩短 缩减 "
    "缩小 压缩 压减 压降 亏损 净亏 亏 负增长 负成长 大减 萎缩 "
    "降幅 减幅 跌幅 减 降 跌 少 调降 调减 调低 削减 裁减 缩水 "
    "滑落 走低 贬值 衰退 减产 减收 减持 倒退 锐减 骤降 递减 降温 "
    "下行 放缓 趋缓 回调 走弱 调缩"
)
UP = (
    "增长 成长 增加 提高 上升 上涨 上调 上浮 提升 扩大 攀升 增幅 "
    "涨幅 升幅 增 升 涨 多 回升 走高 升值 增收 增产 增持 飙升 "
    "激增 猛增 暴涨 反弹 递增 增速 扩张 延长 调升 调高 调增"
)
# Between such a word and its number; 至, 到 and 的 are not among them: 降至3% is a level.
MOVED_BY = "了 约 幅度 为 达 近 超 过 额 率 度 出 掉 高达 金额 逾"
# A rate names its unit of time or head: 日均, 人均.
MEANS = "日月年周人户亩车单班件家次"
# What a stated zero is printed as; read only where a curator says that it is a figure.
ZERO_WORDS = "无任何 无 零 没有 未发生 免收 免于 免费 免 全免"
# Nouns and their kind that may part a number from its unit: 2.6万境外人次, 三大项目.
MODIFIERS = (
    "境外 境内 外籍 国内 国际 海外 中外 入境 出境 本地 外地 新增 注册 常住 户籍 大 重点 重大 "
    "规上 中小 小微 外贸 外资 高新技术 科技 民营 国有 上市 骨干 龙头"
)
# 一 before one of these counts; before other words of measure it is an article: 一片欢腾, 一扇门.
ONE_COUNTS = "名 家 座 艘 所 户 台 辆 架 列 例 起 届 位 条 项 处 架次 艘次 标箱 人"
# One Chinese digit with one of these is a word more often than a number: 四方, 三级医院, 三门.
WEAK = (
    "地 类 级 分 点 环 节 方 门 层 头 口 包 通 针 发 度 角 里 升 码 档 串 顶 尊 席 "
    "国 对 双 组 股 只 期"
)
# What begins another word behind a unit: 5日均, 3升至, 2分别.
GOES_ON = {
    "升": "至级高到温值势任", "分": "之别布成公为支行类工析之析管局院校享配", "日": "本均元圆",
    "度": "假过", "码": "头", "节": "能日点目约假", "元": "旦素件首老", "里": "面程", "角": "度色",
    "年": "代级龄轻", "人": "民均才工大", "点": "击评", "发": "展布行现生出", "台": "风湾商",
    "克": "服", "项": "目", "个": "人别性体半余多来", "起": "步来到", "针": "对", "包": "括含",
    "单": "位", "市": "场民", "区": "域", "地": "区方", "方": "面案式向", "门": "店户", "票": "据",
    "口": "岸", "条": "件例款", "种": "植子", "级": "别", "组": "织建", "次": "日级生",
    "批": "复准", "环": "保境比", "部": "门委分", "只": "有要需能是", "对": "外口于",
    "封": "闭", "列": "入为",
    "层": "面", "头": "部", "周": "边期", "局": "部面", "国": "家际内外", "本": "地科土次月",
    "家": "庭长属具电", "件": "均", "场": "所地馆", "天": "然津", "米": "粉",
}  # fmt: skip

_TRADITIONAL = (
    "丟並乾亂亞佈佔併來侖侷係個側偵傢傳僅價億償優兒內兩冊凈別則剋劑動勝勢勵區厤叄員問單噸噹嚮國圓"
    "圖團堅報場塊壓壽夠奬學將專對導屆層屬峯島峽崗崙嵗嶺師帶幣幹幾庫廂張強彆彈彔後徑從復徵慶應懞戰"
    "戶捲掛揀損摺擊擔據擴攝數於昇時晝曆曏曬書會朮條棟業極榦構樁樂樓標樣樹機檔檯櫃欄權歐歡歲歷氣決"
    "沒沖淨淩減準溝溫滿漲濛灣為無熱燈營爭爲爾牀獎獨獲現環產産畝當發盃盞盤盧眞眾矇確碼禮種穀穩穫窩"
    "筆箇節簽籤糰紀約納紐級組給統絲經綫維網線編緩緯緻縣縮總績織繫續纍纔罰羣義職腳臨臺與舉舘茲華萬"
    "葉蓆蔘蘭處號虧衆術衕衝裏補裡製複覈見規親觀計記訪設許註証評詞話誌語說説課調談請謝證識譜護讀變"
    "貝負財貨貫責貶貸費貼貿資賓賠賬賽趕趨踐踰躍車軍較載輕輛輪轉農迴這連週進遊運過達違遞遠遲選邁邊"
    "郵鄉鄰醫釐針鈡銖銳銷鋪鋭鋰錄錢録錶鍼鍾鎊鎭鎮鐘長門閉開間閣閤陞階際隻雙離難雲電霧韆韓頁頂頃項"
    "預頓頭顆題額顏顔願顛類風颱飆飾餘館馬騰驟體髮魚鳴麪麫麵黃點齊齡齣龍"
)
_SIMPLE = (
    "丢并干乱亚布占并来仑局系个侧侦家传仅价亿偿优儿内两册净别则克剂动胜势励区历叁员问单吨当向国圆"
    "图团坚报场块压寿够奖学将专对导届层属峰岛峡岗仑岁岭师带币干几库厢张强别弹录后径从复征庆应蒙战"
    "户卷挂拣损折击担据扩摄数于升时昼历向晒书会术条栋业极干构桩乐楼标样树机档台柜栏权欧欢岁历气决"
    "没冲净凌减准沟温满涨蒙湾为无热灯营争为尔床奖独获现环产产亩当发杯盏盘卢真众蒙确码礼种谷稳获窝"
    "笔个节签签团纪约纳纽级组给统丝经线维网线编缓纬致县缩总绩织系续累才罚群义职脚临台与举馆兹华万"
    "叶席参兰处号亏众术同冲里补里制复核见规亲观计记访设许注证评词话志语说说课调谈请谢证识谱护读变"
    "贝负财货贯责贬贷费贴贸资宾赔账赛赶趋践逾跃车军较载轻辆轮转农回这连周进游运过达违递远迟选迈边"
    "邮乡邻医厘针钟铢锐销铺锐锂录钱录表针钟镑镇镇钟长门闭开间阁合升阶际只双离难云电雾千韩页顶顷项"
    "预顿头颗题额颜颜愿颠类风台飙饰余馆马腾骤体发鱼鸣面面面黄点齐龄出龙"
)
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLE)
# The numerals of cheques, which stand for numbers only among their own: 伍拾万, but not 陆地.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
_FORMAL_RUN = re.compile("[壹贰叁肆伍陆柒捌玖貳參陸][壹贰叁肆伍陆柒捌玖貳參陸拾佰仟万亿零]+")
_BRACKETS = str.maketrans("（）：", "():")


def simplify(text: str) -> str:
    """`text` with the characters of numbers and units simplified; each keeps its place."""
    simple = text.translate(SIMPLIFIED).translate(_BRACKETS)
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), simple)


def bounds(table: dict[Bound, str]) -> dict[str, Bound]:
    """Each word of a table with its bound."""
    return {word: bound for bound, words in table.items() for word in words.split()}


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` that stands at a place; one that never matches for none.

    Words with a common beginning share it, so that long lists stay quick.
    """
    branches: dict[str, list[str]] = {}
    ends = False
    for word in sorted(set(words)):
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not branches:
        return "" if ends else "(?!)"
    parts = [re.escape(first) + any_of(rest) for first, rest in branches.items()]
    single = all(rest == [""] for rest in branches.values())
    choice = f"[{''.join(map(re.escape, branches))}]" if single else f"(?:{'|'.join(parts)})"
    return choice + "?" if ends else choice
