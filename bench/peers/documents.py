"""The token page set by WeasyPrint and by ReportLab: the same texts, tables and code, much the same look."""

import json
from base64 import b64encode
from functools import cache
from html import escape
from io import BytesIO

import numpy as np
from PIL import Image

from rasad.relief.paper.sheet import sheet
from rasad.web import fonts

MM = 72 / 25.4


def contents(tokens):
    """The words all tokens share and each token's texts with its code as a picture."""
    files = sheet(tokens, "a5")
    read = json.loads(files["tokens.json"])
    codes = np.frombuffer(files["codes.bin"], dtype=np.uint8)
    for token in read["tokens"]:
        start, side = token["code"]
        token["picture"] = Image.fromarray(codes[start : start + side * side].reshape(side, side))
    return read["words"], read["tokens"]


def rows(cells, columns):
    """A flat list of cells as rows."""
    return [cells[place : place + columns] for place in range(0, len(cells), columns)]


# ---------------------------------------------------------------- WeasyPrint

CSS = """
@font-face { font-family: paper; src: url("file://%(folder)s/NotoSansDevanagari-Regular.ttf") }
@font-face { font-family: paper; font-weight: bold;
src: url("file://%(folder)s/NotoSansDevanagari-Bold.ttf") }
@page { size: 148mm 210mm; margin: 8mm }
body { font: 8.8pt/1.3 paper; margin: 0 }
article { position: relative; height: 193mm; page-break-after: always }
.bar { height: 1.6mm; background: #1e4b38 } .code { position: absolute; right: 0; top: 4mm; width: 35mm;
image-rendering: pixelated } h1 { font-size: 21pt; color: #1e4b38; margin: 1mm 0 }
h2 { font-size: 10pt; color: #1e4b38; margin: 3mm 0 1mm }
.number { border: 1.2pt solid #1e4b38; border-radius: 1mm; font: bold 24pt paper;
text-align: right; padding: 1mm 4mm; margin-top: 4mm } table { width: 100%%; border-collapse: collapse }
th { background: #eef3ee; text-align: left; font-weight: normal } td, th { padding: 0.8mm 1.6mm }
.months { display: flex } .months div { border: 0.5pt solid #9aa79d; height: 8mm; flex: 1 }
.foot { position: absolute; bottom: 0; border: 0.9pt solid #1e4b38; border-radius: 1mm; padding: 2mm }
svg { position: absolute; right: 0; width: 46mm; height: 26mm }
"""


@cache
def _weasyprint_parts():
    from weasyprint import CSS as STYLE
    from weasyprint.text.fonts import FontConfiguration

    known = FontConfiguration()
    return known, STYLE(string=CSS % {"folder": fonts.found()}, font_config=known)


def weasyprint_pdf(tokens):
    """A tagged PDF of some tokens."""
    from weasyprint import HTML

    words, told = contents(tokens)
    known, style = _weasyprint_parts()
    page = f"<html lang=hi><title>{words['title']}</title>{''.join(_article(words, one) for one in told)}"
    return HTML(string=page).write_pdf(stylesheets=[style], font_config=known, pdf_variant="pdf/ua-1")


def _article(words, token):
    out = BytesIO()
    token["picture"].save(out, "PNG")
    code = f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"
    shop = token["shop"]
    way = token["sketch"]
    drawn = "" if way is None else _svg(way)
    rations = _table(token["ration-head"], rows(token["rations"], len(token["ration-head"])))
    boxes = "".join(f"<div><b>{month}</b> {words['received']}</div>" for month in token["boxes"])
    return f"""<article><div class=bar></div><img class=code alt="{words["code"]}" src="{code}">
<p>{words["issuer"]}<h1>{words["name"][0]}</h1><b>{words["name"][1]}</b>
<p><b>{token["months"][0]}</b><br>{token["months"][1]}<br>{words["valid"]}<br>{token["issued"]}
<p class=number>{token["number"]}<p>{words["holder"]} <b>{escape(token["holder"])}</b><br>{token["home"]}
{_table(words["members-head"], rows(token["members"], 3))}
<h2>{" / ".join(words["ration"])}</h2>{rations}
<div class=months>{boxes}</div>
<h2>{" / ".join(words["shop"])}</h2>{drawn}<p><b>{shop["name"]}</b><br>{"<br>".join(shop["rows"])}
<div class=foot><b>{words["refused"][0]}</b> {words["refusal"][0]}<br><b>{words["refused"][1]}</b>
{words["refusal"][1]} <b>{words["helpline"]}</b><br>{" ".join(words["supplement"])}</div></article>"""


def _table(head, body):
    def line(cells, tag):
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    return f"<table>{line(head, 'th')}{''.join(line(cells, 'td') for cells in body)}</table>"


def _svg(way):
    (hx, hy), (sx, sy) = way["home"], way["shop"]
    return f"""<svg viewBox="0 0 46 26"><rect width=46 height=26 fill="#eef3ee"/><line x1={hx} y1={hy} x2={sx}
y2={sy} stroke="#1e4b38" stroke-width=".4" stroke-dasharray="1"/><circle cx={hx} cy={hy} r=1.7 fill="#fff"
stroke="#1e4b38"/><rect x={sx - 1.8} y={sy - 1.8} width=3.6 height=3.6 fill="#1e4b38"/></svg>"""


# ---------------------------------------------------------------- ReportLab


@cache
def _reportlab_fonts():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, fonts.found() / f"NotoSansDevanagari-{name}.ttf"))


def reportlab_pdf(tokens):
    """A PDF of some tokens by drawString: without tags, and with its Hindi letters not joined."""
    from reportlab.pdfgen.canvas import Canvas

    _reportlab_fonts()
    words, told = contents(tokens)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(148 * MM, 210 * MM))
    for token in told:
        _draw(canvas, words, token)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas, words, token):
    from reportlab.lib.utils import ImageReader

    def write(x, y, text, size=8.8, font="Regular"):
        canvas.setFont(font, size)
        canvas.drawString(x * MM, (210 - y) * MM, text)

    canvas.rect(8 * MM, 200 * MM, 132 * MM, 1.6 * MM, fill=1)
    canvas.drawImage(ImageReader(token["picture"]), 105 * MM, 163 * MM, 35 * MM, 35 * MM)
    write(8, 14, words["issuer"])
    write(8, 22, words["name"][0], 21, "Bold")
    write(8, 29, words["name"][1], 13, "Bold")
    for place, text in enumerate((*token["months"], words["valid"], token["issued"])):
        write(8, 35 + 5 * place, text)
    canvas.roundRect(8 * MM, 148 * MM, 132 * MM, 11 * MM, 2)
    write(70, 59, token["number"], 24, "Bold")
    write(8, 68, f"{words['holder']} {token['holder']}", 14, "Bold")
    write(8, 73, token["home"])
    lines = [words["members-head"], *rows(token["members"], 3)]
    lines += [words["ration"], token["ration-head"], *rows(token["rations"], len(token["ration-head"]))]
    for place, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            write((9, 70, 115)[column], 79 + 5 * place, cell)
    for place, month in enumerate(token["boxes"]):
        canvas.rect((8 + 44 * place) * MM, 70 * MM, 44 * MM, 8 * MM)
        write(9 + 44 * place, 136, f"{month} {words['received']}")
    _draw_shop(canvas, write, words, token)


def _draw_shop(canvas, write, words, token):
    for place, text in enumerate((" / ".join(words["shop"]), token["shop"]["name"], *token["shop"]["rows"])):
        write(8, 148 + 4.6 * place, text)
    if token["sketch"]:
        (hx, hy), (sx, sy) = token["sketch"]["home"], token["sketch"]["shop"]
        canvas.rect(94 * MM, 36 * MM, 46 * MM, 26 * MM)
        canvas.line((94 + hx) * MM, (62 - hy) * MM, (94 + sx) * MM, (62 - sy) * MM)
        canvas.circle((94 + hx) * MM, (62 - hy) * MM, 1.7 * MM)
        canvas.rect((92.2 + sx) * MM, (60.2 - sy) * MM, 3.6 * MM, 3.6 * MM, fill=1)
    canvas.roundRect(8 * MM, 12 * MM, 132 * MM, 20 * MM, 2)
    said = (words["refused"][0], words["refusal"][0], words["refused"][1], words["refusal"][1])
    for place, text in enumerate((*said, words["helpline"])):
        write(10, 182 + 3.6 * place, text[:110], 7.8)
    write(8, 202, " ".join(words["supplement"]), 7.4)
