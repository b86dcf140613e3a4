"""The structure of a text: lines with markers and roles, the outline, clauses.

In     rows of documents
Out    rows of clauses; counts of provisions; warnings about the numbering
May import: core, language
"""
