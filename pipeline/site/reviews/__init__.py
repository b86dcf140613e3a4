"""Reviews: people accept, reject or note what the machine concluded, from the pages.

In     kb.db, forms of logged-in reviewers
Out    reviews.db, which is only appended to
May import: site
"""
