NAME = "input.txt"


def make():
    return b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4
