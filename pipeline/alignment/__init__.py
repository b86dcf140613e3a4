"""Which documents and which clauses correspond to each other, with a calibrated confidence.

In     rows of documents, clauses, tokens, topics, measures, provisions; corpus/models/match.json
Out    rows of document pairs, alignments, revisions
May import: core, language, similarity, reviews
"""
