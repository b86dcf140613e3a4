"""The site: kb.db shown by Datasette.

In     kb.db
Out    pages for readers, each with its JSON twin; tables, queries and downloads by Datasette
May import: nothing of the pipeline outside site

pages/     what each page shows          templates/  how it looks
parts/     what several pages share      search/     full text, facets, suggestions
english/   the interface in English      serving/    responses, their cache, taking up a rebuilt kb.db
plugins/   the hooks by which Datasette is told of all this; plugins/pages.py lists the pages
"""
