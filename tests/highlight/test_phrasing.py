"""How a lawyer writes a pattern: what each sign stands for, and what is refused in which words."""

from __future__ import annotations

import pytest

from annotator.highlight.phrasing import Gap, PhrasingError, Word, parse, phrase

LISTS = {"who": ("person", "service provider"), "many": tuple(f"w{n}" for n in range(80))}


# what is written and each place: its wordings, with None where they may be left out, or a gap
PATTERNS = [
    ("Search", [("search",)]),
    ("seize|secure it", [("seize", "secure"), ("it",)]),
    ("mot de passe|clé", [("mot",), ("de",), ("passe", "clé")]),
    ("(mot de passe|clé) x", [("mot de passe", "clé"), ("x",)]),
    ("( mot de passe | clé ) x", [("mot de passe", "clé"), ("x",)]),
    ("clé|(mot de passe|code)|pin x", [("clé", "mot de passe", "code", "pin"), ("x",)]),
    ("[clé|(mot de passe)] x", [("clé", "mot de passe", None), ("x",)]),
    ("(tap~ it|<who> may)", [
        ("tap it", "taps it", "tapped it", "tapping it", "person may", "service provider may"),
    ]),
    ("a .. b ..3 c", [("a",), 8, ("b",), 3, ("c",)]),
    ("[at least|about] one", [("at least", "about", None), ("one",)]),
    ("<who> may", [("person", "service provider"), ("may",)]),
    (", seizure person 's", [(",",), ("seizure",), ("person",), ("'s",)]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "places"), PATTERNS)
def test_what_a_pattern_stands_for(pattern, places):
    expected = [
        Gap(place)
        if isinstance(place, int)
        else Word(tuple(w for w in place if w is not None), optional=None in place)
        for place in places
    ]
    assert list(parse(pattern, LISTS)) == expected


# what is written, what the message must hold
MISTAKES = [
    ("", "'' has no word that must be there"),
    ("[a] ..", "has no word that must be there"),
    (".. a", "begins or ends with '..'"),
    ("a ..21 b", "'..21' in 'a ..21 b': write .. and 1 to 20"),
    ("a ..0 b", "write .. and 1 to 20"),
    ("a .." + "9" * 5000 + " b", "write .. and 1 to 20"),
    ("a||b", "'' in 'a||b' cannot be read"),
    ("() a", "'' in '() a' cannot be read"),
    ("~", "'~' in '~' cannot be read"),
    ("a* b", "'a*' in 'a* b' cannot be read"),
    ("a. b", "'a.' in 'a. b' cannot be read"),
    ("(a|b", "'(a|b' in '(a|b' is not closed"),
    ("(a|b)c", "'(a|b)c' in '(a|b)c' cannot be read"),
    ("a [b", "'[b' in 'a [b' is not closed"),
    ("a b)", "'b)' in 'a b)' cannot be read"),
    ("(a .. b|c)", "'..' in '(a .. b|c)' cannot be read"),
    ("((a b)|c)", "'(a' in '((a b)|c)' cannot be read"),
    ("a|b(c d)", "'b(c' in 'a|b(c d)' cannot be read"),
    ("[a|b]c d", "is not closed"),
    ("<whom>", "'<whom>' in '<whom>' is not a list: choose one of many, who"),
    ("a " * 50, "has 50 places: write 40 at most"),
    ("(<many> <many>|b)", "'<many> <many>' stands for more than 5,000 wordings"),
    ("|".join(f"a{n}~" for n in range(2000)), "stands for more than 5,000 wordings"),
]


@pytest.mark.parametrize(("pattern", "message"), MISTAKES)
def test_what_cannot_be_read_is_named_in_one_short_line(pattern, message):
    with pytest.raises(PhrasingError) as caught:
        parse(pattern, LISTS)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_phrase_with_too_many_forms_is_refused_before_they_are_made():
    assert phrase("search~ warrant") == tuple(
        f"{form} warrant" for form in ("search", "searches", "searched", "searching")
    )
    with pytest.raises(PhrasingError, match="stands for more than 5,000 wordings"):
        phrase("search~ " * 30)
