"""packs_reportlab.py DATA FOLDER [TEAMS [PROCESSES]]: HTML by Jinja2; PDF with Carlito by ReportLab."""
import multiprocessing
import sys

import pack_page
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONTS = "/usr/share/fonts/truetype/crosextra/Carlito-"
MARGIN = 40
RULE = colors.HexColor("#bfbfbf")
COLOURS = [colors.HexColor(c) for c in pack_page.COLOURS]
pdfmetrics.registerFont(TTFont("Carlito", FONTS + "Regular.ttf"))
pdfmetrics.registerFont(TTFont("Carlito-Bold", FONTS + "Bold.ttf"))
TITLE = ParagraphStyle("title", fontName="Carlito-Bold", fontSize=18, leading=24)
HEADING = ParagraphStyle("heading", fontName="Carlito-Bold", fontSize=12, leading=16)
FIGURES = TableStyle([("FONT", (0, 0), (-1, -1), "Carlito", 10), ("GRID", (0, 0), (-1, -1), 0.5, RULE)])
template = pack_page.page()


def draw(chart):
    drawing = Drawing(pack_page.WIDTH, pack_page.HEIGHT)
    lines = chart["kind"] == "line"
    shape = HorizontalLineChart() if lines else VerticalBarChart()
    shape.x, shape.y, shape.width, shape.height = 34, 22, 470, 165
    shape.data = [values for _, values in chart["series"]]
    shape.categoryAxis.categoryNames = chart["labels"]
    for axis in (shape.categoryAxis, shape.valueAxis):
        axis.labels.fontName, axis.labels.fontSize = "Carlito", 7
    shape.valueAxis.valueMin, shape.valueAxis.visibleGrid = 0, 1
    if chart["kind"] == "stack":
        shape.categoryAxis.style = "stacked"
    for i in range(len(chart["series"])):
        if lines:
            shape.lines[i].strokeColor = COLOURS[i]
        else:
            shape.bars[i].fillColor, shape.bars[i].strokeColor = COLOURS[i], None
    drawing.add(shape)
    return drawing


def lay(table):
    style = [("FONT", (0, 0), (-1, 0), "Carlito-Bold", 9), ("FONT", (0, 1), (-1, -1), "Carlito", 9),
             ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE), ("TOPPADDING", (0, 0), (-1, -1), 1.5),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    style += [("ALIGN", (i, 0), (i, -1), "RIGHT") for i, cell in enumerate(table["rows"][0])
              if cell[0].isdigit()]
    return Table([table["heads"]] + table["rows"], repeatRows=1, style=TableStyle(style))


def number_page(canvas, document):
    canvas.setFont("Carlito", 8)
    canvas.drawRightString(A4[0] - MARGIN, 24, str(document.page))


def write(team):
    pack_page.write_html(template, team, sys.argv[2])
    figures = ["\n".join(figure) for figure in team["figures"]]
    story = [Paragraph(f"{team['name']}, {team['period']}", TITLE),
             Table([figures[:4], figures[4:]], colWidths=[127] * 4, style=FIGURES), Spacer(1, 8)]
    for i, chart in enumerate(team["charts"]):
        story += [PageBreak()] if i == 2 else []
        story += [Paragraph(chart["title"], HEADING), draw(chart)]
    for table in team["tables"]:
        story += [PageBreak(), Paragraph(table["title"], HEADING), lay(table)]
    document = SimpleDocTemplate(pack_page.path_of(sys.argv[2], team, "pdf"), pagesize=A4, title=team["name"],
                                 leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN)
    document.build(story, onFirstPage=number_page, onLaterPages=number_page)


if __name__ == "__main__":
    teams = pack_page.load(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else None)
    processes = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    if processes == 1:
        for one in teams:
            write(one)
    else:
        with multiprocessing.Pool(processes) as pool:
            pool.map(write, teams, 1)
