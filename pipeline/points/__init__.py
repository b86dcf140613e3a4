"""Points of two aligned articles: what they differ in, segment by segment.

In     rows of alignments, clauses, tokens, measures
Out    rows of article_points
May import: core, language, similarity
"""
