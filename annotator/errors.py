"""What a user can get wrong, told apart from a bug.

Every error a user can cause derives from `AnnotatorError`. Its message is one line that quotes the
bad value and says what to do; the command line prints it and exits with 1, a page shows it. Any
other exception is a defect of the program.
"""


class AnnotatorError(Exception):
    """A user's mistake: one line that quotes the value and names the next step.

    What a reader of the pages often meets has a `key`, under which their words have the same in the
    reader's language, with `values` in its places; the message itself is English.
    """

    def __init__(self, message: str = "", *, key: str = "", **values: object) -> None:
        super().__init__(message)
        self.key = key
        self.values = values


class IntakeError(AnnotatorError):
    """A file or address that cannot become a document."""


class CodebookError(AnnotatorError):
    """A codebook or rule file that does not hold what it should, named with its line or id."""


class SpanError(AnnotatorError):
    """A span whose quote is not the text at its offsets."""


class StoreError(AnnotatorError):
    """A database that is not ours, is damaged, or refuses a write."""


class UnavailableError(StoreError):
    """A database that cannot be read or written just now; the same can be asked again later."""


class NotFoundError(StoreError):
    """A document, reviewer, clause or annotation that the store does not hold."""


class ExportError(AnnotatorError):
    """A dataset file that cannot be written or read back, named with its line."""
