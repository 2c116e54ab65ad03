"""`python -m annotator`: the commands."""

from annotator.cli import app

app(prog_name="python -m annotator")
