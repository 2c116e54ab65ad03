"""A draft with automatic numbers and tracked changes."""

import zipfile
from io import BytesIO

NAME = "input.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>
"""
NUMBERS = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/>
 </w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
"""


def run(words, change=""):
    tag = "delText" if change == "del" else "t"
    inner = f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'
    return f'<w:{change} w:id="1" w:author="x">{inner}</w:{change}>' if change else inner


def p(*runs, style="", level=None):
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{looks}{'' if level is None else number}</w:pPr>{''.join(runs)}</w:p>"


BODY = (
    p(run("Draft Act on Street Lamps"), style="T"),
    p(run("Article 1. Lamps"), style="H"),
    p(run("Each street "), run("may", "del"), run("shall", "ins"), run(" have:"), level=0),
    p(run("a lamp; "), run("and", "ins"), level=1),
    p(run("a lamplighter."), level=1),
    p(run("A lamplighter "), run("secretly ", "del"), run("reports a dark lamp."), level=0),
    p(run("Article 2. Secrecy"), style="H"),
    p(run("A lamplighter tells nobody who came home late.")),
)


def make():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, tag, inner in (
            ("document", "document", f"<w:body>{''.join(BODY)}</w:body>"),
            ("styles", "styles", STYLES),
            ("numbering", "numbering", NUMBERS),
            ("header1", "hdr", p(run("CONFIDENTIAL DRAFT"))),
        ):
            archive.writestr(f"word/{name}.xml", f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>')
    return out.getvalue()
