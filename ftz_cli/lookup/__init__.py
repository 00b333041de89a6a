"""A question → what it names → the figures that answer it, or why none does.

Import from the modules: an id and a list without words need `naming` alone, and load no grammar.
"""
