"""A page that is not there costs no more than one that is.

Where the library rich is installed, as it is with spaCy, Datasette prints every exception with
all variables, also for a page not found: one to three seconds in which nobody else is answered.
A fault of the site (5xx) is still printed, plainly.
"""

from datasette import handle_exception

handle_exception.rich = None
