NAME = "input.html"
TEXT = """\
<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<title>Соглашение о садах</title></head>
<body><h1>Соглашение о садах</h1>
<h3>Статья 1. Сады</h3><p>Сады открыты для всех, кто любит тишину.</p>
<h3>Статья 2. Садовники</h3><p>Садовник не записывает имён посетителей.</p>
</body></html>
"""


def make():
    return TEXT.encode("cp1251")
