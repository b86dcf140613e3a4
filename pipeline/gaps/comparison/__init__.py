"""Comparison of quantities: which of two clauses' measures are about one thing, and by how much they differ.

In     measures and words of two clauses
Out    contrasts with their ratio and basis
May import: core, language, similarity
"""
