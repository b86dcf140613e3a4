"""When a document is in force, and by which clause or document that is known.

In     rows of documents, clauses, facts, citations, document pairs
Out    rows of validity events; the state of a document on a day
May import: core, language, references
"""
