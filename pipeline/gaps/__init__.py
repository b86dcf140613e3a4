"""What differs between two regions, since when, and how the paper's claims are judged.

In     rows of matters, rules, documents, facts, alignments
Out    rows of gaps, gap changes, claims
May import: core, language, extraction, validity, matters
"""
