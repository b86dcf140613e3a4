"""Chinese official text: normalisation, numerals, dates, document numbers, titles, words.

In     text
Out    normalised text, lines with offsets, and the values that a text states
May import: core. Only here: rjieba (lexicon) and spaCy (tagger).
"""
