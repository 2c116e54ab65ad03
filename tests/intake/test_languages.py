"""Which language a text is taken to be in, when nobody says."""

import subprocess
import sys
from pathlib import Path

import pytest
import srsly

from annotator.errors import IntakeError
from annotator.intake import parse
from annotator.intake.languages import language

SAMPLES = srsly.read_yaml(Path(__file__).with_name("languages.yaml"))
SENTENCES = [(code, words) for code, sample in SAMPLES.items() for words in sample[:3]]


@pytest.mark.parametrize("code", SAMPLES)
def test_a_paragraph_is_told_without_doubt(code):
    assert language.guess(" ".join(SAMPLES[code])) == (code, "")


def test_nearly_every_sentence_is_told_and_a_wrong_guess_is_owned_to():
    guesses = [(code, *language.guess(words)) for code, words in SENTENCES]
    wrong = [(code, guess) for code, guess, _ in guesses if guess != code]
    warned = [code for code, _, warning in guesses if warning]
    assert wrong == []
    # Norwegian and Danish, Indonesian and Malay share most of their words.
    assert len(warned) <= 6, warned


@pytest.mark.parametrize("code", SAMPLES)
def test_a_headline_may_be_guessed_wrong_but_not_without_a_warning(code):
    guess, warning = language.guess(SAMPLES[code][3])
    assert guess == code or f"{guess!r}, which is doubtful: give --language" in warning


@pytest.mark.parametrize("text", ["", "12 345 – 6", "???", "🙂"])
def test_no_letters_tell_no_language(text):
    code, warning = language.guess(text)
    assert code == "xx"
    assert "give --language" in warning


def test_a_long_text_is_judged_by_more_than_its_title():
    body = " ".join(SAMPLES["fr"]) * 20
    assert language.guess("Convention on the Examples of the United Nations. " * 3 + body) == (
        "fr",
        "",
    )


def test_a_language_that_is_sure_brings_no_warning():
    document = parse(" ".join(SAMPLES["es"]), kind="news")
    assert (document.language, document.warnings) == ("es", ())


def test_a_page_that_names_the_wrong_language_is_not_believed():
    page = f"<html lang='en'><body><p>{' '.join(SAMPLES['ru'])}</p></body></html>"
    document = parse(page, form="html")
    assert document.language == "ru"
    assert "says that it is in 'en'" in document.warnings[0]


def test_a_page_that_names_a_language_is_believed_where_its_words_leave_doubt():
    page = "<html lang='pt'><body><p>Tratado</p></body></html>"
    document = parse(page, form="html")
    assert (document.language, document.warnings) == ("pt", ())


def test_a_tag_gives_its_language_and_an_unknown_one_is_refused():
    assert language.check(" zh-Hant-TW ") == "zh"
    with pytest.raises(IntakeError, match="language 'klingon' is not known"):
        language.check("klingon")


def test_the_model_is_not_loaded_for_a_plain_paragraph():
    script = (
        "import sys; from annotator.intake import parse\n"
        "parse('The court said that the order was not in force, and that it is for the police.')\n"
        "assert 'py3langid' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
