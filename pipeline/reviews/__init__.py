"""What reviewers decided, as the build reads it: which reviews hold, and what they change.

In     reviews.db through its export build/reviews.jsonl, rows of clauses
Out    verdicts for the stages, each review with its state
May import: core, site.reviews. The last, since the log is read by the rules it is written by.
"""
