"""What clauses say, as values: words, topics, quantities, instruments, conditions, procedures.

In     rows of clauses
Out    rows of tokens, topics, measures, provisions, conditions
May import: core, language
"""
