"""The structure of a text: lines with markers and roles, the outline, clauses.

In     rows of documents
Out    rows of clauses; counts of provisions; warnings about the numbering; where a text stops early
May import: core, language
"""
