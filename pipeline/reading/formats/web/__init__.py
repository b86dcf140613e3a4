"""Web pages (HTML, MHT) as blocks of text and tables, without navigation and footers.

In     bytes of a page
Out    blocks
May import: core, language, reading.formats
"""
