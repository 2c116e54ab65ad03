"""A page with a picture and no words."""

from io import BytesIO

NAME = "input.pdf"


def make():
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.setFillGray(0.8)
    canvas.rect(0, 0, 595, 842, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
