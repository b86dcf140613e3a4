"""A file of any format as plain text with its tables; everything but plain text in a sandbox.

In     a path
Out    `reader.read`: text, title, format, warnings
May import: core, language
"""
