"""brat standoff and WebAnno TSV 3.3 held to their grammars, independently of what writes them.

brat: the manual's "brat standoff format" and "Annotation configuration". WebAnno: "WebAnno TSV 3.x
File format", and INCEpTION's reader, which takes offsets in UTF-16, sentences before their tokens,
and a number in brackets for what has several tokens.
"""

from __future__ import annotations

import re

_BOUND = re.compile(r"T(\d+)\t([\w-]+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t\n]*)")
_ATTRIBUTE = re.compile(r"A\d+\tseverity (T\d+) (low|medium|high)")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t[^\t\n]+")
_TOKEN = re.compile(r"(\d+)-(\d+)\t(\d+)-(\d+)\t")


def check_brat(content: str, text: str, configuration: str) -> None:
    """Every line is of the grammar, every span reads as it says, every type is configured."""
    types = {line.strip() for line in configuration.partition("[relations]")[0].splitlines()[1:]}
    assert all(re.fullmatch(r"[\w-]+", name) for name in types if name)
    assert "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n" in configuration
    ids: set[str] = set()
    assert content == "" or content.endswith("\n")
    for line in content.split("\n")[:-1]:
        if bound := _BOUND.fullmatch(line):
            number, label, places, words = bound.groups()
            spans = [tuple(map(int, one.split())) for one in places.split(";")]
            assert label in types
            assert all(start < end for start, end in spans)
            assert spans == sorted(spans)
            assert " ".join(text[start:end] for start, end in spans) == words
            ids.add(f"T{number}")
        else:
            about = _ATTRIBUTE.fullmatch(line) or _NOTE.fullmatch(line)
            assert about, line
            assert about[1] in ids


def check_webanno(content: str, text: str) -> None:
    """Header, sentences and tokens in order; offsets are UTF-16 units of the document."""
    units = text.encode("utf-16-le")
    head, *lines = content.split("\n")
    assert head == "#FORMAT=WebAnno TSV 3.3"
    assert re.fullmatch(r"#T_SP=[\w.]+(\|\w+)+", lines[0])
    columns = lines[0].count("|")
    assert lines[1] == ""
    sentence, position, last, state = 0, 0, 0, "gap"
    for line in lines[2:]:
        if line.startswith("#Text="):
            if state != "text":
                assert state == "gap", "an empty line before each sentence"
                sentence, position, state = sentence + 1, 0, "text"
            continue
        if line == "":
            state = "gap"
            continue
        token = _TOKEN.match(line)
        assert token, line
        assert state in ("text", "token")
        state, position = "token", position + 1
        assert (int(token[1]), int(token[2])) == (sentence, position)
        start, end = int(token[3]), int(token[4])
        assert last <= start < end
        last = end
        cells = line.split("\t")
        assert units[2 * start : 2 * end].decode("utf-16-le") == cells[2]
        assert len(cells) == columns + 4, "the writer ends each line with a tab"
        stacks = {len(re.findall(r"(?:\\.|[^\\|])+", cell)) for cell in cells[3:-1]}
        assert len(stacks) == 1, "each feature has a value for each annotation"
