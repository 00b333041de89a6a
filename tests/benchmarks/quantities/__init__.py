"""Printed quantities of both languages, beside cn2an, Recognizers-Text and quantulum3.

Lists of clauses with what each says; `value` is empty where a clause has no quantity and ? where
its number is vague (上百家).
"""
