"""Quantities: numbers with their units, bounds, denominators and roles.

In     text of a clause, rules of corpus/patterns/measures.toml
Out    quantities with offsets, of which the stage `measures` makes rows
May import: core, language
"""
