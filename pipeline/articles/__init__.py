"""Articles of official texts that answer each other: their accounts, and the matters that they make.

In     rows of documents, clauses, tokens, topics, document_pairs, alignments, revisions, validity
Out    rows of article_accounts, article_matters
May import: core, language, structure, similarity, validity
"""
