"""The questions that can be put to any place, and what each place's rules answer from one day to another.

In     corpus/matters/*.toml, rows of documents, clauses, facts, measures
Out    rows of matters, rules
May import: core, language, extraction, similarity, reviews
"""
