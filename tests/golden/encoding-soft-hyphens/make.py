NAME = "input.txt"
TEXT = """\
Convention on Signals

Article\u00a01
Signals

1.\u00a0A sig\u00adnal is seen from afar.\u20282.\u00a0Co-opera\u00adtion is free.

Article\u00a02
Fires

A \ufb01re is a signal.
"""


def make():
    return TEXT.encode("utf-8")
