"""Articles that Word numbers, a footnote, hidden words, a table and a field in the header."""

import zipfile
from io import BytesIO

NAME = "input.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="heading 2"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
NUMBERS = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Art"/>
  <w:lvlText w:val="Article %1."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/>
 </w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
"""


def run(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(*runs, style="", level=None):
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>'
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{looks}{'' if level is None else number}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{p(run(cell))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
BODY = (
    p(run("Accord on Depths"), style="T"),
    p(run("Depths"), style="Art"),
    p(run("The depths"), NOTE, run(" are these:")),
    table(("Port", "Depth"), ("North", "12")),
    p(run("Soundings"), style="Art"),
    p(run("A sounding names:"), level=0),
    p(run("the place;"), level=1),
    p(run("the hour."), run(" Secret remark.", "<w:vanish/>"), level=1),
    p(run("Article 1 applies."), level=0),
)


def make():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, tag, inner in (
            ("document", "document", f"<w:body>{''.join(BODY)}</w:body>"),
            ("styles", "styles", STYLES),
            ("numbering", "numbering", NUMBERS),
            ("header1", "hdr", p(run("Page 3 of 7"))),
            ("footnotes", "footnotes", f'<w:footnote w:id="2">{p(run("In feet."))}</w:footnote>'),
        ):
            archive.writestr(f"word/{name}.xml", f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>')
    return out.getvalue()
