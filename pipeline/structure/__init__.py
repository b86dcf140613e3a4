"""The structure of a text: lines, their roles, the outline, clauses.

In     rows of documents
Out    rows of clauses; counts and warnings of numbering
May import: core, language
"""
