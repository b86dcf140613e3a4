"""Pairs of documents: their gold, the training of their model, and their figures.

In     annotations, rows of documents, clauses, tokens, citations
Out    corpus/models/document_pairs.json
May import: core, language, similarity, alignment
"""
