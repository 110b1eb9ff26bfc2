"""packs_weasyprint.py DATA FOLDER [TEAMS [PROCESSES]]: HTML by Jinja2, printed by WeasyPrint."""
import multiprocessing
import sys

import pack_page
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

template, fonts = pack_page.page(), FontConfiguration()


def write(team):
    text = pack_page.write_html(template, team, sys.argv[2])
    HTML(string=text).write_pdf(pack_page.path_of(sys.argv[2], team, "pdf"), font_config=fonts)


if __name__ == "__main__":
    teams = pack_page.load(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else None)
    with multiprocessing.Pool(int(sys.argv[4]) if len(sys.argv) > 4 else 1) as pool:
        pool.map(write, teams, 1)
