"""Formats: a file of any supported format as plain text with its tables; parsed in a sandbox.

In     a path
Out    `reader.read`: text, title, format, warnings
May import: core, language
"""
