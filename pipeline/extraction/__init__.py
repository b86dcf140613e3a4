"""What clauses say, as values: words, topics, quantities, instruments, conditions, procedures.

In     rows of clauses; of documents and facts for topics, of tokens for provisions
Out    rows of tokens, topics, measures, provisions, conditions
May import: core, language
"""
