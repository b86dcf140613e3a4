"""What differs between two regions, since when, and how the paper's claims are judged.

In     rows of alignments, validity, measures, provisions, conditions, topics
Out    rows of gaps, gap changes, claims
May import: core, language, extraction, similarity, validity, alignment
"""
