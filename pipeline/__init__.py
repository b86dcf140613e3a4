"""From policy texts to kb.db; each stage is a module named for the file of rows that it writes.

The stages, the packages and what each may import: docs/architecture.md.
"""
