"""How like two clauses are: TF-IDF vectors, parts of articles, pairwise matrices.

In     tokens and clauses, counts of a reference corpus
Out    matrices and features
May import: core, language. The only home of scikit-learn and sparse_dot_topn.
"""
