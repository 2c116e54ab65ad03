"""How often a tag carried to an edited text is right, wrong, or left to a person.

The text is the project's own restatement of a treaty; it is edited here in ways that say where each
word went, so that the right place of every tag is known. Run it by hand:

    python tests/bench/carry.py [--seeds 5] [--bars]

Precision is the share of placed tags that are where their words went, recall the share of tags
whose words are still there that were placed. A tag whose meaning was turned, or whose words are
gone, has no right place: placing it counts as wrong. A tag on its own words that begins
or ends some words off counts as wrong too; "on other words" are those that overlap them nowhere.
"""

from __future__ import annotations

import argparse
import random
import string
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator import intake, versions
from annotator.model import Annotation, Document
from annotator.versions import carry

ROOT = Path(__file__).resolve().parents[2]
SYNONYMS = {
    "shall": "must", "adopt": "take", "measures": "steps", "necessary": "needed",
    "competent": "responsible", "authorities": "bodies", "authority": "body",
    "information": "details", "person": "individual", "persons": "individuals",
    "request": "demand", "requested": "called upon", "ensure": "see to it",
    "offence": "crime", "offences": "crimes", "established": "set out", "may": "can",
    "domestic": "national", "law": "legislation", "including": "among them",
    "accordance": "keeping", "provide": "give", "State": "country", "States": "countries",
    "Party": "party to it", "electronic": "digital", "data": "records", "evidence": "proof",
    "system": "machine", "systems": "machines", "obtain": "get", "where": "if",
    "such": "these", "purpose": "aim", "purposes": "aims", "use": "employ", "carry": "bring",
    "cooperation": "working together", "assistance": "help", "means": "ways", "any": "some",
}  # fmt: skip
FILLERS = ("as appropriate", "in particular", "to the extent possible", "of the State concerned")


@dataclass(frozen=True)
class Said:
    """A word, and the word of the old text it stands for."""

    text: str
    of: int | None


@dataclass
class Part:
    """A clause on its way through edits: what is written before it, and its words."""

    kind: str
    words: list[Said]
    heading: str = ""


@dataclass
class Article:
    """An article with its parts."""

    heading: str
    parts: list[Part] = field(default_factory=list)


@dataclass
class Edited:
    """Articles in order, and the words whose tags no longer have a right place."""

    articles: list[Article]
    turned: set[tuple[int, int]] = field(default_factory=set)
    count: int = 0


Edit = Callable[[Edited, random.Random], None]


def read(document: Document) -> Edited:
    """The articles of a document; words are counted through."""
    articles: list[Article] = []
    count = 0
    for clause in document.clauses:
        if clause.article is None:
            continue
        if clause.kind == "article":
            articles.append(Article(clause.heading))
        if clause.reviewable:
            own = document.text[clause.body : clause.own_end].split()
            said = [Said(word, count + n) for n, word in enumerate(own)]
            count += len(own)
            kind = clause.kind if clause.kind in ("paragraph", "point") else "article"
            if clause.kind in ("subpoint", "paragraph-text"):
                continue
            articles[-1].parts.append(Part(kind, said))
    return Edited([one for one in articles if one.parts], count=count)


def write(edited: Edited) -> tuple[Document, dict[int, list[tuple[int, int]]]]:
    """The document, and where in it each word of the old text stands."""
    text, places = "", dict[int, list[tuple[int, int]]]()
    for number, article in enumerate(edited.articles, start=1):
        text += f"Article {number}. {article.heading}\n\n"
        paragraph = 0
        point = 0
        for part in article.parts:
            if part.kind == "paragraph":
                paragraph, point = paragraph + 1, 0
                text += f"{paragraph}. "
            elif part.kind == "point":
                text += f"({string.ascii_lowercase[point % 26]}) "
                point += 1
            for place, word in enumerate(part.words):
                if place:
                    text += " "
                if word.of is not None:
                    places.setdefault(word.of, []).append((len(text), len(text) + len(word.text)))
                text += word.text
            text += "\n\n"
    text = text.rstrip() + "\n"
    parsed = intake.parse(text, kind="treaty", language="en", title="A treaty", slug="t")
    assert parsed.text.rstrip() == text.rstrip()
    return parsed, places


# Edits


def renumbered(edited: Edited, chance: random.Random) -> None:
    """Articles put in, left out and moved; paragraphs put in and left out."""
    for _ in range(3):
        place = chance.randrange(len(edited.articles))
        fresh = Part(
            "article", [Said(word, None) for word in ["Nothing", "here", "binds", "anyone."]]
        )
        edited.articles.insert(place, Article(f"Provision {place}", [fresh]))
    del edited.articles[chance.randrange(len(edited.articles))]
    moving = edited.articles.pop(chance.randrange(len(edited.articles)))
    edited.articles.insert(chance.randrange(len(edited.articles)), moving)
    for article in edited.articles:
        if len(article.parts) > 2 and chance.random() < 0.3:
            del article.parts[chance.randrange(1, len(article.parts))]
        if len(article.parts) > 2 and chance.random() < 0.3:
            kind = article.parts[1].kind
            said = f"A report on this is made in year {chance.randrange(99)}."
            article.parts.insert(1, Part(kind, [Said(word, None) for word in said.split()]))


def reworded(share: float) -> Edit:
    """Words for other words, some put in and some left out."""

    def edit(edited: Edited, chance: random.Random) -> None:
        for part in parts(edited):
            words = list[Said]()
            for word in part.words:
                draw = chance.random()
                bare = word.text.strip(",.;")
                if bare in SYNONYMS and draw < 2.5 * share:
                    words.append(replace(word, text=word.text.replace(bare, SYNONYMS[bare])))
                elif draw < share / 3 and len(part.words) > 6:
                    continue
                elif draw > 1 - share / 3:
                    filler = chance.choice(FILLERS).split()
                    words += [word, *(Said(one, None) for one in filler)]
                else:
                    words.append(word)
            part.words = words

    return edit


def scanned(edited: Edited, chance: random.Random) -> None:
    """Letters misread in one word of twelve."""
    pairs = {"e": "c", "l": "1", "o": "0", "n": "ri", "i": "l", "u": "v", "m": "rn", "a": "o"}
    for part in parts(edited):
        for place, word in enumerate(part.words):
            if len(word.text) > 4 and chance.random() < 1 / 12:
                at = chance.randrange(1, len(word.text) - 1)
                wrong = pairs.get(word.text[at], "x")
                text = word.text[:at] + wrong + word.text[at + 1 :]
                part.words[place] = replace(word, text=text)


def turned(edited: Edited, chance: random.Random) -> None:
    """A word that denies or allows put into a third of the clauses, or such a word changed."""
    for part in parts(edited):
        if len(part.words) < 6 or chance.random() > 1 / 3:
            continue
        verbs = [n for n, one in enumerate(part.words) if one.text in ("shall", "may")]
        place = chance.choice(verbs) if verbs else chance.randrange(1, len(part.words) - 1)
        here = part.words[place].of or 0
        if verbs and chance.random() < 0.5:
            other = "may" if part.words[place].text == "shall" else "shall"
            part.words[place] = replace(part.words[place], text=other)
            edited.turned.add((here, here))
        elif place + 1 < len(part.words):
            word = "not" if verbs else chance.choice(("not", "except", "unless", "without"))
            edited.turned.add((here, part.words[place + 1].of or 0))
            part.words.insert(place + 1, Said(word, None))


def planted(edited: Edited, chance: random.Random) -> None:
    """Clauses that read the same as others, or nearly, put at other places."""
    for _ in range(40):
        article, other = chance.choice(edited.articles), chance.choice(edited.articles)
        words = []
        for word in chance.choice(article.parts).words:
            edited.count += 1
            words.append(Said(word.text, edited.count))
        if chance.random() < 0.5 and len(words) > 5:
            place = chance.randrange(len(words))
            words[place] = replace(words[place], text="otherwise")
        kind = other.parts[-1].kind
        other.parts.insert(chance.randrange(1, len(other.parts) + 1), Part(kind, words))


def thinned(edited: Edited, chance: random.Random) -> None:
    """A third of the clauses left out, so that of look-alikes often one is left."""
    for article in edited.articles:
        for part in list(article.parts):
            if len(article.parts) > 1 and chance.random() < 1 / 3:
                article.parts.remove(part)


def parts(edited: Edited) -> Iterator[Part]:
    """Every part of every article."""
    for article in edited.articles:
        yield from article.parts


EDITS: dict[str, tuple[Edit, ...]] = {
    "renumbered": (renumbered,),
    "light rewording": (renumbered, reworded(0.08)),
    "heavy rewording": (renumbered, reworded(0.25)),
    "scan errors": (renumbered, scanned),
    "meaning turned": (turned,),
    "look-alikes": (thinned, renumbered),
    "look-alikes, reworded": (thinned, renumbered, reworded(0.08)),
}


# Measuring


Places = dict[int, list[tuple[int, int]]]


def tags(
    document: Document, places: Places, chance: random.Random
) -> Iterator[tuple[Annotation, list[int]]]:
    """A tag or two in every clause, with the numbers of their words."""
    starts = {span[0]: (word, span) for word, spans in places.items() for span in spans}
    for clause in document.reviewable():
        inside = [starts[at] for at in sorted(starts) if clause.body <= at < clause.own_end]
        for number in range(2):
            size = min(len(inside), chance.choice((2, 3, 4, 6, 8, 12, 18, 30)))
            if size == 0:
                continue
            first = chance.randrange(len(inside) - size + 1)
            chosen = inside[first : first + size]
            start, end = chosen[0][1][0], chosen[-1][1][1]
            yield (
                Annotation(
                    f"{clause.eid}-{number}", document.id, clause.eid, start, end,
                    document.text[start:end], "privacy", "risk", "r",
                ),
                [word for word, _ in chosen],
            )  # fmt: skip


def right_place(words: list[int], places: Places, edited: Edited) -> tuple[int, int] | None:
    """Where the words went, if most are still there together and mean what they meant."""
    said = set(words)
    if any(one in said and other in said for one, other in edited.turned):
        return None
    there = [places[word][0] for word in words if word in places]
    if len(there) < 0.5 * len(words):
        return None
    return min(start for start, _ in there), max(end for _, end in there)


def measure(name: str, seed: int, counts: Counter[str], wrong: list[str]) -> None:
    """Count what becomes of the tags of one edited text."""
    chance = random.Random(f"{name} {seed}")
    source = next(one for one in intake.corpus(ROOT / "corpus") if one.kind == "treaty")
    edited = read(source)
    if name.startswith("look-alikes"):
        planted(edited, chance)
    old, old_places = write(edited)
    for edit in EDITS[name]:
        edit(edited, chance)
    new, places = write(edited)
    known = list(tags(old, old_places, chance))
    found = carry.place(old, new, [one for one, _ in known], versions.align(old, new))
    for placement, (annotation, words) in zip(found, known, strict=True):
        gold = right_place(words, places, edited)
        counts["tags"] += 1
        counts["findable"] += gold is not None
        if placement.state != "placed" or placement.at is None:
            counts["listed"] += 1
            counts["listed with the place"] += any(
                gold and _same(new.text, (one.start, one.end), gold) for one in placement.candidates
            )
            continue
        at = (placement.at.start, placement.at.end)
        good = gold is not None and _same(new.text, at, gold)
        counts["right" if good else "wrong"] += 1
        counts["astray"] += gold is None or at[1] <= gold[0] or gold[1] <= at[0]
        counts[f"{placement.how} {'right' if good else 'wrong'}"] += 1
        if not good:
            want = new.text[slice(*gold)] if gold else None
            wrong.append(
                f"{name}: {placement.how} {placement.score}\n  {annotation.quote!r}\n"
                f"  {placement.at.quote!r}\n  {want!r}"
            )


def _same(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two places are the same but for a word or two at their ends."""
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    whole = max(one[1], other[1]) - min(one[0], other[0])
    parting = len(text[min(one[0], other[0]) : max(one[0], other[0])].split())
    parting += len(text[min(one[1], other[1]) : max(one[1], other[1])].split())
    return both > 0 and (parting <= 2 or both >= 0.8 * whole)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--bars", action="store_true", help="try other bars and margins as well")
    parser.add_argument("--wrong", action="store_true", help="show what was placed wrongly")
    asked = parser.parse_args()
    settings = [(carry.BAR, carry.MARGIN)]
    if asked.bars:
        settings = [(b, m) for b in (0.6, 0.66, 0.72, 0.8, 0.88) for m in (0.05, 0.12, 0.2)]
    for bar, margin in settings:
        carry.BAR, carry.MARGIN = bar, margin
        print(f"bar {bar}, margin {margin}")
        for name in EDITS:
            counts, wrong = Counter[str](), list[str]()
            for seed in range(asked.seeds):
                measure(name, seed, counts, wrong)
            placed = counts["right"] + counts["wrong"]
            kinds = ", ".join(
                f"{how} {counts[f'{how} right']}/{counts[f'{how} wrong']}"
                for how in ("exact", "context", "fuzzy")
            )
            print(
                f"  {name:22} precision {counts['right'] / max(1, placed):.4f}"
                f"  recall {counts['right'] / max(1, counts['findable']):.3f}"
                f"  listed {counts['listed']} ({counts['listed with the place']} with the place)"
                f"  of {counts['tags']}; right/wrong: {kinds}; on other words {counts['astray']}"
            )
            if asked.wrong:
                print("\n".join(wrong[:12]))


if __name__ == "__main__":
    main()
