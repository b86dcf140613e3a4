"""Word files (.docx, .doc) as blocks of text and tables, automatic numbers written out.

In     a path
Out    blocks, title, number of pictures
May import: core, language, reading.formats
"""
