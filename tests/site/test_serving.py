"""`make serve`: the command that it runs shows the tables and the style sheet."""

import subprocess
import sys

from support.site import flags


def test_make_serve_shows_the_tables_and_the_style_sheet(kb):
    command = flags(f"KB={kb}")
    arguments = command[command.index("serve") :]
    for path in ("/kb/gaps.json", "/assets/kb.css"):
        run = [sys.executable, "-m", "datasette", *arguments, "--get", path]
        assert subprocess.run(run, capture_output=True).returncode == 0, path
