"""A cell that a spreadsheet would run as a formula, made harmless, and back."""

from __future__ import annotations

import re

# After these Excel, LibreOffice or Google Sheets read a formula, in the width of East Asian
# keyboards too; white space, and characters that are not seen, are skipped by some before they
# look. Apostrophes come first, so that whatever is defused can be told from what was so before.
_FORMULA = re.compile("'*(?:[\t\r\n]|[\\s\ufeff\u200b]*[=+\\-@＝＋－＠])")


def defused(cell: str) -> str:
    """The cell so that no spreadsheet runs it: with an apostrophe in front where it might be run.

    >>> defused("=1+1")
    "'=1+1"
    >>> defused("  -2")
    "'  -2"
    >>> defused("art. 28(4)")
    'art. 28(4)'
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def undefused(cell: str) -> str:
    """What was defused, as it was; any other cell as it is.

    >>> undefused(defused("=1+1"))
    '=1+1'
    >>> undefused("'quoted'")
    "'quoted'"
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
