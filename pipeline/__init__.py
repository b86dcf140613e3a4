"""From policy texts to kb.db; each stage is a module named for the file of rows that it writes.

sources ─► documents ─► clauses ─┬─► facts
                                 ├─► tokens ─┬─► topics ──────────┬─► alignments ─► gaps ─► database ─► site
                                 │           └─► document_pairs ──┼─► revisions ──────────────▲
                                 └─► measures, provisions ────────┘
"""
