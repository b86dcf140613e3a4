"""References: what a text cites, and which document or clause of the corpus that is.

In     rows of documents and clauses
Out    rows of citations
May import: core, language
"""
