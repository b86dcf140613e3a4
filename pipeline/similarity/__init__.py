"""How similar two clauses are: TF-IDF vectors, parts of articles, pairwise matrices, regressions.

In     tokens, clauses, measures and provisions of a build; counts of a reference corpus
Out    matrices and features in memory; no rows
May import: core, language. The home of scikit-learn (evaluation imports its metrics, calibration and folds) and of
sparse_dot_topn.
"""
