"""The commands, named after the stages. The only package that prints.

Results go to stdout, messages and progress to stderr. Exit 0: done. 1: a mistake that one line on
stderr explains. 2: a command that was not called rightly. Stages are imported inside the commands,
so that `--help` does not wait for them.
"""

# Each module adds its commands to `app`, in the order in which the help lists them.
from annotator.cli import texts, readings, training, finding, assigning, comparing  # noqa: I001 - that order
from annotator.cli import results, loading, merging, keeping
from annotator.cli.main import app

__all__ = [
    "app",
    "assigning",
    "comparing",
    "finding",
    "keeping",
    "loading",
    "merging",
    "readings",
    "results",
    "texts",
    "training",
]
