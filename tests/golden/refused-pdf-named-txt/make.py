NAME = "input.txt"


def make():
    return b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"
