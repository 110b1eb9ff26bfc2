"""packs_jinja.py DATA FOLDER [TEAMS]: each pack as HTML by Jinja2."""
import sys

import pack_page

template = pack_page.page()
for team in pack_page.load(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else None):
    pack_page.write_html(template, team, sys.argv[2])
