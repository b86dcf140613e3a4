"""Word files (.docx, .doc) as blocks of text and tables, automatic numbers written out.

In     bytes of a file
Out    blocks
May import: core, language, reading.formats
"""
