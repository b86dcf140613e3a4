"""Web pages (HTML, MHT) as blocks of text and tables, without navigation and footers.

In     a path
Out    blocks, title, number of pictures
May import: core, language, reading.formats
"""
