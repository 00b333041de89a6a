"""Printed quantities in Chinese and English: value, unit, bound, and the interval they mean.

Import from the modules: a look-up needs `interval` alone, and loads no grammar.
"""
