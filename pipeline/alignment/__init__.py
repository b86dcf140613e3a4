"""Which document answers which, and which clause which, with a calibrated confidence.

In     rows of documents, tokens, topics, measures, provisions
Out    rows of document pairs, alignments, revisions
May import: core, language, similarity
"""
