"""The packs of the writing job as the Python peers see them: data, charts as SVG, the Jinja2 page."""
import html
import os

import jinja2
from markupsafe import Markup

COLOURS = ["#12436d", "#28a197", "#801650", "#f46a25"]
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 510, 200, 40, 24, 16


def load(path, limit=None):
    teams = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, *cells = line.rstrip("\n").split("\t")
            if kind == "T":
                teams.append({"name": cells[0], "period": cells[1], "figures": [], "charts": [],
                              "tables": []})
            elif kind == "F":
                teams[-1]["figures"].append(cells)
            elif kind == "C":
                teams[-1]["charts"].append({"kind": cells[0], "title": cells[1], "labels": cells[2:],
                                            "series": []})
            elif kind == "S":
                teams[-1]["charts"][-1]["series"].append((cells[0], [int(c) for c in cells[1:]]))
            elif kind == "B":
                teams[-1]["tables"].append({"title": cells[0], "heads": cells[1:], "rows": []})
            else:
                teams[-1]["tables"][-1]["rows"].append(cells)
    return teams[:limit]


def most_of(chart):
    columns = list(zip(*(values for _, values in chart["series"])))
    return max(sum(c) if chart["kind"] == "stack" else max(c) for c in columns)


def svg(chart):
    labels, series, most = chart["labels"], chart["series"], most_of(chart)
    step = (WIDTH - LEFT) / len(labels)
    place = lambda value: HEIGHT - BOTTOM - value * (HEIGHT - BOTTOM - TOP) / most
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
           f'height="{HEIGHT}" font-family="Carlito" font-size="8" role="img" '
           f'aria-label="{html.escape(chart["title"])}">']
    for tick in range(6):
        value = most * tick / 5
        out.append(f'<line x1="{LEFT}" y1="{place(value):.1f}" x2="{WIDTH}" y2="{place(value):.1f}" '
                   f'stroke="#ebebeb"/><text x="{LEFT - 4}" y="{place(value) + 3:.1f}" '
                   f'text-anchor="end">{value:.0f}</text>')
    for i, label in enumerate(labels):
        out.append(f'<text x="{LEFT + step * (i + .5):.1f}" y="{HEIGHT - 10}" text-anchor="middle">'
                   f'{html.escape(label)}</text>')
    if chart["kind"] == "line":
        for k, (_, values) in enumerate(series):
            points = " ".join(f"{LEFT + step * (i + .5):.1f},{place(v):.1f}" for i, v in enumerate(values))
            out.append(f'<polyline fill="none" stroke="{COLOURS[k]}" stroke-width="1.4" points="{points}"/>')
    else:
        for i in range(len(labels)):
            level = 0
            for k, (_, values) in enumerate(series):
                out.append(f'<rect x="{LEFT + step * (i + .15):.1f}" y="{place(level + values[i]):.1f}" '
                           f'width="{step * .7:.1f}" height="{place(level) - place(level + values[i]):.1f}" '
                           f'fill="{COLOURS[k]}"/>')
                level += values[i]
    for k, (name, _) in enumerate(series):
        out.append(f'<rect x="{LEFT + 80 * k}" y="1" width="8" height="8" fill="{COLOURS[k]}"/>'
                   f'<text x="{LEFT + 80 * k + 12}" y="8">{html.escape(name)}</text>')
    return Markup("".join(out) + "</svg>")


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ team.name }}, {{ team.period }}</title><style>
@page { size: A4; margin: 15mm 14mm }
body { font: 9pt Carlito, sans-serif; margin: 0 } h1 { font-size: 18pt } h2 { font-size: 12pt }
.figures { display: flex; flex-wrap: wrap } .figures div { width: 24%; border: 1px solid #bfbfbf }
table { border-collapse: collapse; width: 100% } th, td { border-bottom: 1px solid #ebebeb;
text-align: left; padding: 1mm } .n { text-align: right } section { break-before: page }
</style></head><body><h1>{{ team.name }}, {{ team.period }}</h1><div class="figures">
{% for label, value, detail in team.figures %}<div>{{ label }}<br><b>{{ value }}</b><br>{{ detail }}</div>
{% endfor %}</div>
{% for chart in team.charts %}{% if loop.index == 3 %}<section></section>{% endif %}<h2>{{ chart.title }}</h2>
{{ svg(chart) }}{% endfor %}
{% for table in team.tables %}<section><h2>{{ table.title }}</h2><table><thead><tr>
{% for head in table.heads %}<th>{{ head }}</th>{% endfor %}</tr></thead><tbody>
{% for row in table.rows %}<tr>{% for cell in row %}<td{% if cell[0] in "0123456789" %} class="n"{% endif %}>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table></section>{% endfor %}</body></html>
"""


def page():
    environment = jinja2.Environment(autoescape=True)
    environment.globals["svg"] = svg
    return environment.from_string(PAGE)


def path_of(folder, team, extension):
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, f"{team['name'].replace(' ', '_')}.{extension}")


def write_html(template, team, folder):
    text = template.render(team=team)
    with open(path_of(folder, team, "html"), "w", encoding="utf-8") as out:
        out.write(text)
    return text
