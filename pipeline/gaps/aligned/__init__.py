"""What aligned articles come to: which of them hold on a day, and which of their points are told.

In     matters of articles, points of pairs of articles
Out    outcomes and points of gaps
May import: core, language, gaps, reviews
"""
