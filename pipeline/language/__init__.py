"""Chinese official text: normalisation, numerals, dates, document numbers, titles, words.

In     text
Out    the same text with offsets, or values read from it
May import: core. The only home of jieba (lexicon) and spaCy (tagger).
"""
