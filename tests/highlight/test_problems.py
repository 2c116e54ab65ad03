"""A mistake in the rules is named in one line and left out; all other rules stay as they are."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from annotator import highlight
from annotator.errors import CodebookError
from annotator.highlight.rules import DEFAULT, read

RULE = """\
rules:
  - id: gag
    concern: privacy
    code: secrecy
    polarity: risk
    score: 0.8
    reason: "Silence."
    standard: "ECHR art. 13"
    patterns: ["<order> .. silent|secret"]
    examples:
      match: ["They order all to be silent."]
      not: ["A silent night."]
"""
SOUND = RULE.replace("gag", "sound").replace("<order> .. silent|secret", "quiet please")
TEXT = "They order all to be silent. Quiet please."

# what is changed, how, and what the message must hold
MISTAKES = [
    ("privacy", "private", r"line 2: rule 'gag': concern is 'private': choose one of privacy"),
    ("secrecy", "gagging", r"code is 'gagging': choose one of .*secrecy"),
    ("polarity: risk", "polarity: bad", r"polarity is 'bad': choose one of risk, safeguard"),
    ("0.8", "8", r"score is 8: write a number from 0 to 1"),
    ("0.8", ".nan", r"score is nan: write a number from 0 to 1"),
    ("0.8", "high", r"score is 'high': write a number"),
    ('reason: "Silence."', 'reason: ""', r"reason is '': write text"),
    ('reason: "Silence."', "reason: 2026-01-01", r"reason is datetime.*: write text"),
    ('    standard: "ECHR art. 13"\n', "", r"'standard' is missing: add it"),
    ("patterns", "pattern", r"'pattern' is not a known key: use id, concern"),
    ("<order>", "<orders>", r"'<orders>' in '<orders> .. silent\|secret' is not a list: .*order"),
    ("<order> ..", "..", r"'.. silent\|secret' begins or ends with '..'"),
    ("<order> ..", "<order> ..99", r"'..99' in .*: write .. and 1 to 20"),
    ("silent|secret", "silent|", r"'' in .* cannot be read: see corpus/rules/README.md"),
    ("silent|secret", "(silent|secret", r"is not closed"),
    ("<order> .. silent|secret", "a " * 60, r"has 60 places: write 40 at most"),
    (
        '["<order> .. silent|secret"]',
        "[" + ", ".join(['"(<many> <many>)"'] * 11) + "]",
        r"stands for 53,900 words: write 50,000 at most",
    ),
    ("patterns: [", "phrases: ['" + "a " * 60 + "']\n    patterns: [", r"has 60 words"),
    ('["<order> .. silent|secret"]', "[[{LEMMA: order}]]", r"'LEMMA' in a token pattern"),
    ('["<order> .. silent|secret"]', "[[{LOWER: 5}]]", r"LOWER in .* is 5: write text"),
    ('["<order> .. silent|secret"]', "[[{LOWER: {REGEX: '(a+)+$'}}]]", r"REGEX.*: write text"),
    ('["<order> .. silent|secret"]', "[[{IS_DIGIT: 1}]]", r"IS_DIGIT .* is 1: write true"),
    ('["<order> .. silent|secret"]', "[[{LOWER: a, OP: x}]]", r"OP .* is 'x': write 1, !"),
    ('["<order> .. silent|secret"]', "[[" + "{OP: '*'}, " * 9 + "]]", r"more than 4 of \?, \+"),
    ('["<order> .. silent|secret"]', "[5]", r"5 is no pattern"),
    ('["<order> .. silent|secret"]', "silent", r"patterns is 'silent': write a list"),
    ('patterns: ["<order> .. silent|secret"]', "with: [a]", r"neither phrases nor patterns"),
    ("patterns: [", "with: ['two words']\n    patterns: [", r"with holds 'two words': .* single"),
    ('      not: ["A silent night."]\n', "", r"examples: 'not' is missing"),
    ('not: ["A silent night."]', "not: []", r"not holds 0 where 1 or more are needed"),
    ("id: gag", "id: Gag order", r"rule 'Gag order': id is 'Gag order': use lower-case letters"),
    ("id: gag", "id: [gag]", r"id is \['gag'\]: write text"),
    ("  - id: gag\n", "  - just words\n  - id: gag\n", r"line 2: rule 1: it is 'just words'"),
    ("rules:\n", "rule:\n", r"mine.yaml: the file: 'rule' is not a known key: use rules"),
    ("rules:\n", "rules: [\n", r"mine.yaml: .*line \d+.*: correct the YAML there"),
    ("rules:\n", "rules: none\nnothing:\n", r"mine.yaml: the file: 'nothing' is not a known key"),
    (RULE, "", r"mine.yaml: the file holds NoneType, not keys and values"),
    (RULE, "[" * 1500, r"mine.yaml: .*: correct the YAML there"),
    (RULE, "rules: []", r"mine.yaml: the file: rules holds 0 where 1 or more are needed"),
    ("  - id", "  - &a\n    id", r"mine.yaml, line 2: 'a' is an anchor or an alias: write out"),
    (
        RULE,
        "a: &a [x, x]\n"
        + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghi"))
        + "rules: *i\n",
        r"mine.yaml, line 1: 'a' is an anchor or an alias",
    ),
    (RULE, b"\xff\xfe", r"mine.yaml, line 1: the byte 0xff is not UTF-8: save the file as UTF-8"),
    (RULE, b"rules:\n# \xe9t\xe9\n", r"mine.yaml, line 2: the byte 0xe9 is not UTF-8"),
    (RULE, b"rules:\n  - \x00", r"mine.yaml: .*: correct the YAML there"),
    (RULE, b"#" * 5_000_001, r"mine.yaml has more than 5,000,000 bytes: split it"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "en"
    made.mkdir()
    many = ", ".join(f"w{number}" for number in range(70))
    lists = f"order: [order~]\nother: [a]\nmany: [{many}]\n"
    (made / "lists.yaml").write_text(lists, encoding="utf-8")
    (made / "sound.yaml").write_text(SOUND, encoding="utf-8")
    return made


def found(folder: Path) -> list[str]:
    return [s.rule for s in next(highlight.load("en", rules=folder.parent).pipe([TEXT]))]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_in_one_line_and_the_rest_works(folder: Path, old, new, message):
    assert old in RULE
    if isinstance(new, bytes):
        (folder / "mine.yaml").write_bytes(new)
    else:
        (folder / "mine.yaml").write_text(RULE.replace(old, new, 1), encoding="utf-8")
    problems = read("en", folder.parent).problems
    assert len(problems) == 1
    assert re.search(message, problems[0])
    assert problems[0].startswith("en/mine.yaml")
    assert "\n" not in problems[0]
    assert len(problems[0]) < 700
    assert str(folder) not in problems[0]
    # A mistake beside the rule leaves the rule itself.
    assert found(folder) == (["gag", "sound"] if "just words" in str(new) else ["sound"])


def test_an_id_is_used_once_over_all_files_and_the_first_keeps_it(folder: Path):
    (folder / "a.yaml").write_text(RULE, encoding="utf-8")
    (folder / "b.yaml").write_text(RULE + RULE.removeprefix("rules:\n"), encoding="utf-8")
    assert highlight.problems("en", rules=folder.parent) == tuple(
        f"en/b.yaml, line {line}: rule 'gag': the id 'gag' is taken (en/a.yaml, line 2): "
        "choose another"
        for line in (2, 13)
    )
    assert found(folder) == ["gag", "sound"]


# what is wrong with lists.yaml, the problems that must show
LISTS = [
    ("order: order~\nother: [a]\n", [r"lists.yaml, line 1: the list 'order': order is 'order~'"]),
    ("order: []\nother: [a]\n", [r"line 1: the list 'order': order holds 0 where 1 or more"]),
    ("order: ['" + "a~ " * 20 + "']\n", [r"the list 'order': .* more than 5,000 wordings"]),
    ("other: [a]\norder:\n  - {a: b}\n", [r"line 3: the list 'order': order holds {'a': 'b'}"]),
    ("order: [\n", [r"en/lists.yaml: .*: correct the YAML there"]),
    ("Order Of: [a]\norder: [5]\n", [r"'Order Of' names a list", r"order holds 5: write text"]),
]  # fmt: skip


@pytest.mark.parametrize(("lists", "messages"), LISTS)
def test_a_list_that_cannot_be_read_takes_along_only_what_uses_it(folder: Path, lists, messages):
    (folder / "lists.yaml").write_text(lists, encoding="utf-8")
    (folder / "mine.yaml").write_text(RULE, encoding="utf-8")
    *first, last = read("en", folder.parent).problems
    assert len(first) == len(messages)
    for problem, message in zip(first, messages, strict=True):
        assert re.search(message, problem)
    assert last == ("en/lists.yaml: what uses a list that cannot be read is left out too: 1 in all")
    assert found(folder) == ["sound"]


def test_files_that_are_none_and_files_by_other_names(folder: Path):
    (folder / "folder.yaml").mkdir()
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    (folder / "mine.yml").write_text(RULE, encoding="utf-8")
    (folder / ".#sound.yaml").write_text("[", encoding="utf-8")
    assert highlight.problems("en", rules=folder.parent) == (
        "en/mine.yml: it is not read: name it mine.yaml",
        "en/folder.yaml cannot be read (Is a directory): check the file and its permissions",
        "'en/gone.yaml' is not there: check the path",
    )
    assert found(folder) == ["sound"]


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read every file")
def test_a_file_that_may_not_be_read(folder: Path):
    (folder / "mine.yaml").write_text(RULE, encoding="utf-8")
    (folder / "mine.yaml").chmod(0)
    (problem,) = highlight.problems("en", rules=folder.parent)
    assert problem.startswith("en/mine.yaml cannot be read (Permission denied)")
    assert found(folder) == ["sound"]


def test_reversals_that_cannot_be_read_are_left_out(folder: Path):
    reversals = "concerns: [privacy]\nbefore: [order]\nafter: []\ncontrast: [but]\n"
    (folder / "mine.yaml").write_text(RULE, encoding="utf-8")
    (folder / "reversals.yaml").write_text(reversals, encoding="utf-8")
    assert found(folder) == ["sound"]
    wrong = reversals.replace("privacy", "private")
    (folder / "reversals.yaml").write_text(wrong, encoding="utf-8")
    assert found(folder) == ["gag", "sound"]
    (problem,) = highlight.problems("en", rules=folder.parent)
    assert problem.startswith("en/reversals.yaml: the file: concerns holds 'private': choose of")


def test_a_broken_rule_leaves_exactly_what_the_others_find(highlighter, tmp_path: Path):
    """Of the project's own rules one is spoilt; all that it does not find is found as before."""
    source = DEFAULT / "en"
    rules = read("en").rules
    spoilt = rules[len(rules) // 2]
    (tmp_path / "en").mkdir()
    for path in source.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if spoilt.file == f"en/{path.name}":
            text = re.sub(rf"(- id: {spoilt.id}\n\s+concern: )\w+", r"\1nothing", text)
        (tmp_path / "en" / path.name).write_text(text, encoding="utf-8")
    texts = [text for rule in rules for text in rule.match]
    before = list(highlighter("en").pipe(texts))
    assert any(s.rule == spoilt.id for found in before for s in found)
    left = highlight.load("en", rules=tmp_path)
    assert list(left.pipe(texts)) == [[s for s in own if s.rule != spoilt.id] for own in before]
    (problem,) = left.problems
    assert re.match(rf"{spoilt.file}, line \d+: rule '{spoilt.id}': concern is 'nothing'", problem)


def test_a_language_whose_rules_are_all_wrong_says_so(folder: Path):
    (folder / "sound.yaml").write_text("rules: [", encoding="utf-8")
    english = highlight.load("en", rules=folder.parent)
    assert english.notice.startswith("None of the rules for 'en' can be read")
    assert english.problems[0] in english.notice
    assert list(english.pipe([TEXT])) == [[]]


@pytest.mark.parametrize("language", sorted(p.name for p in DEFAULT.iterdir() if p.is_dir()))
def test_the_rules_of_the_project_are_sound(language):
    assert highlight.problems(language) == ()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(CodebookError, match="is not a folder of rules"):
        highlight.load("en", rules=tmp_path / "none")
    assert highlight.problems("de") == ()
