"""A dataset of a made-up newspaper, small enough to be read whole, which a test may spoil."""

from __future__ import annotations

import hashlib
from pathlib import Path

TEXT = """临河片区一站式跑出加速度

2021年前三季度，临河片区外贸总额约1.5亿元，同比增长12.5%；通关时间缩短31%。
临河港吞吐量居全省第一位，占全省的40%，累计服务企业200余家，评分权重为4:3。
减少了5.92小时和0.94个小时，利润为-3.2亿元，日均接听300余通，免抵押。
片区于2021年5月21日挂牌，面积为12.34平方公里，货值是上年的2.5倍。
"""
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()

FILES = {
    "sources": f"""\
id,parent,kind,title_zh,title_en,publisher,published,authors,lang,url,lines,sha256
paper,,newspaper,临河日报,,,2021-10,,zh,,1-6,{SHA256}
speed,paper,newspaper,临河片区跑出加速度,,,,,zh,,"1-3,4-6",
""",
    "zones": """\
id,name_zh,name_en,kind,parent,also,note_en,note_zh
linhe-port,临河港,Linhe Port,seaport,linhe,河港; River Port,,
linhe,临河片区,Linhe Area,area,east-ftz,,,
east-ftz,东方自贸试验区,East Pilot Free Trade Zone,pilot_zone,,东方自贸区,,
""",
    "initiatives": """\
id,name_zh,name_en,zone,kind,theme_zh,theme_en,start,summary_zh,summary_en,also,note_en,note_zh
one-stop,一站办,One Stop,linhe,service,政务服务,government services,2020,一处办完。,All in one place.,,,
""",
    "metrics": """\
id,name_zh,name_en,definition_zh,definition_en,base_unit,kind,direction,broader,also
foreign-trade,外贸进出口总额,Foreign Trade,总值。,Total value.,CNY,amount,up,,
clearance-time,通关时间,Clearance Time,用时。,Time taken.,h,duration,down,,
throughput,吞吐量,Throughput,货物量。,Cargo.,t,amount,up,,
firms,服务企业数,Firms Served,企业数。,Firms.,count,count,up,,
weight,评分权重,Scoring Weight,份额。,A part.,part,weight,none,,
calls,日均接听数,Calls per Day,电话数。,Calls.,count/day,amount,up,,
collateral,抵押物,Collateral,项数。,Items.,count,count,down,,
launch,挂牌时间,Launch,时间。,Date.,date,date,none,,
extent,面积,Extent,面积。,Area.,m2,area,none,,
""",
    "figures": """\
id,zone,initiative,metric,measure,scope,scope_en,value,value_to,unit,bound,period,base_period,period_kind,status,article,line,printed,note_en,note_zh
F01,linhe,,foreign-trade,level,,,1.5,,亿元,about,2021-01/2021-09,,during,measured,speed,3,约1.5亿元,,
F02,linhe,,foreign-trade,growth,,,12.5,,%,exact,2021-01/2021-09,2020-01/2020-09,during,measured,speed,3,增长12.5%,,
F03,linhe,,clearance-time,growth,,,-31,,%,exact,,,undated,measured,speed,3,缩短31%,,
F04,linhe-port,,throughput,rank,全省,the province,1,,位,exact,,,undated,measured,speed,4,第一位,,
F05,linhe-port,,throughput,share,全省,the province,40,,%,exact,,,undated,measured,speed,4,40%,,
F06,linhe,one-stop,firms,level,,,200,,家,over,,,cumulative,measured,speed,4,200余家,,
F07,linhe,one-stop,weight,level,,,4,,份,exact,,,undated,rule,speed,4,4:3,,
F08,linhe,one-stop,weight,level,,,3,,份,exact,,,undated,rule,speed,4,4:3,,
F09,linhe,,clearance-time,change,,,-0.94,,小时,exact,,,undated,measured,speed,5,减少了5.92小时和0.94个小时,,
F10,linhe,,foreign-trade,change,,,-3.2,,亿元,exact,,,undated,measured,speed,5,-3.2亿元,,
F11,linhe,one-stop,calls,level,,,300,,通/日,over,,,undated,measured,speed,5,300余通,,
F12,linhe,one-stop,collateral,level,,,0,,项,exact,,,undated,rule,speed,5,免抵押,,
F13,linhe,,launch,level,,,2021-05-21,,date,exact,2021-05-21,,during,measured,speed,6,2021年5月21日,,
F14,linhe,,extent,level,,,12.34,,平方公里,exact,2021,,as_of,measured,speed,6,12.34平方公里,,
F15,linhe,,foreign-trade,multiple,,,2.5,,倍,exact,2021,2020,during,measured,speed,6,2.5倍,,
""",
    "claims": """\
id,figure,relation,operands,value,items,note_en,note_zh
C1,F07,equal,F08,,,,
C2,F06,names_some,,,甲公司; 乙公司,,
""",
    "recognitions": """\
id,zone,initiative,kind,scope,scope_en,by,by_en,article,line,printed,note_en,note_zh
R1,linhe-port,,largest,全省,the province,,,speed,4,居全省第一位,,
""",
    "excused": """\
id,article,line,printed,reason_en,reason_zh
X1,speed,1,一站,part of a name,名称的一部分
""",
    "ratios": """\
id,name_zh,name_en,numerator,denominator,unit
trade-per-firm,户均外贸额,Trade per Firm,foreign-trade,firms,万元
""",
}  # fmt: skip


class SmallDataset:
    """A folder with the files above, and the text of the newspaper beside it."""

    def __init__(self, parent: Path) -> None:
        self.path = parent / "small"
        self.path.mkdir()
        self.text = parent / "article.txt"
        self.text.write_text(TEXT, encoding="utf-8")
        for name, content in FILES.items():
            (self.path / f"{name}.csv").write_text(content, encoding="utf-8", newline="")

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def edit(self, name: str, old: str, new: str) -> str:
        """Replace the one place of a file that says `old`; returns where `new` begins now."""
        path = self.path / f"{name}.csv"
        before, found, after = path.read_text(encoding="utf-8").partition(old)
        assert found, f"{name} does not say {old!r}"
        assert old not in after, f"{name} says {old!r} twice"
        path.write_text(before + new + after, encoding="utf-8", newline="")
        lines = before.split("\n")
        return f"{name}.csv:{len(lines)}:{len(lines[-1]) + 1}"
