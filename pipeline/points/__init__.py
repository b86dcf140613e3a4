"""Points of two aligned articles: what they differ in.

In     rows of alignments, clauses
Out    rows of article_points
May import: core
"""
