"""Points of articles: their gold, the training of their model, and their figures.

In     annotations, rows of clauses, tokens, measures
Out    corpus/models/points.json
May import: core, language, points, similarity
"""
