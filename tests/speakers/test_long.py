"""Long texts: what a word takes does not grow with the text, and nothing is made up."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Doc

from quotes.extraction import load_extractor
from quotes.quotation import Quotation
from quotes.spans import Span
from quotes.speakers.layout import Layout
from quotes.speakers.learned import LearnedResolver
from quotes.speakers.rules import RuleResolver
from tests.steps import lines_run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.model

GIVEN = [
    *("Adabel", "Peteran", "Tamsine", "Maxwel", "Khizran"),
    *("Lenore", "Otisse", "Nellan", "Ivonne", "Petrane"),
]
FAMILY = [
    *("Marshel", "Farrowe", "Ordewin", "Tolleran", "Roeburn"),
    *("Vogtman", "Brandel", "Quarlin", "Halewin", "Lundwal"),
]
PLACES = ["Norwell", "Ashby", "Larch", "Dunmere"]
ROLES = ["mayor", "harbour commissioner", "surgeon", "ferry captain", "economist"]
SAID = ["said", "warned", "told reporters", "insisted"]
TOLD = [
    "the bridge would stay closed",
    "nobody had counted the boats",
    "the money was gone",
    "the vote was a mistake",
]


def chapter(seed: int, paragraphs: int) -> str:
    """Return invented prose in which few people speak much, by name, title and pronoun."""
    chance = random.Random(seed)
    people = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    out = [f"Chapter {seed}"]
    for _ in range(paragraphs):
        one, other = chance.sample(people, 2)
        role, place = chance.choice(ROLES), chance.choice(PLACES)
        said, told = chance.choice(SAID), chance.choice(TOLD)
        surname = one.split()[1]
        out.append(
            chance.choice(
                [
                    f"{one}, the {role} of {place}, {said} that {told}. He had seen {other}.",
                    f"{one} met {other} in {place}. “{told.capitalize()},” she {said}.",
                    f"“{told.capitalize()},” Ms. {surname} {said}. The {role} {said} that {told}.",
                    f"According to {surname}, {told}. They {said} that the ferry was late.",
                    f"{one} and {other} {said} that {told}. The rain did not stop all day.",
                ]
            )
        )
    return "\n\n".join(out) + "\n\n"


def turned(word: str, by: int) -> str:
    """Return another name of the same length: each letter goes on in the alphabet, case kept."""
    low = (chr((ord(letter) - ord("a") + by) % 26 + ord("a")) for letter in word.lower())
    return "".join(low).capitalize()


class Book:
    """One parsed chapter, and any number of its copies with other people in each."""

    def __init__(self, parser: Parser) -> None:
        self._doc = parser.parse(chapter(1, 200))
        self._found = load_extractor("rules").extract(self._doc).quotations
        self._names = {*GIVEN, *FAMILY}

    def of(self, words: int) -> tuple[Doc, list[Quotation]]:
        """Return a text of at least so many words, and its quotations."""
        copies = words // len(self._doc.text.split()) + 1
        quotations = []
        for number in range(copies):
            shift = number * len(self._doc.text)
            quotations += [_moved(quotation, shift) for quotation in self._found]
        docs = [self._copy(number) for number in range(copies)]
        return Doc.from_docs(docs, ensure_whitespace=False), quotations

    def _copy(self, number: int) -> Doc:
        doc = self._doc
        words = [turned(t.text, number) if t.text in self._names else t.text for t in doc]
        return Doc(
            doc.vocab,
            words=words,
            spaces=[bool(token.whitespace_) for token in doc],
            tags=[token.tag_ for token in doc],
            pos=[token.pos_ for token in doc],
            lemmas=[token.lemma_ for token in doc],
            heads=[token.head.i for token in doc],
            deps=[token.dep_ for token in doc],
            ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
        )


def _moved(quotation: Quotation, shift: int) -> Quotation:
    def move(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(span.start + shift, span.end + shift) for span in spans)

    return Quotation(
        kind=quotation.kind,
        content=move(quotation.content),
        source=move(quotation.source),
        cue=move(quotation.cue),
    )


@pytest.fixture(scope="module")
def book(parser: Parser) -> Book:
    return Book(parser)


def steps(book: Book, words: int) -> float:
    """Return how many lines of Python are run for a word."""
    doc, quotations = book.of(words)
    return lines_run(lambda: LearnedResolver().resolve(doc, quotations)) / len(doc)


@pytest.mark.slow
def test_a_word_of_fifty_thousand_takes_what_one_of_five_thousand_does(book: Book) -> None:
    # The first run fills what is read once.
    steps(book, 1_000)
    assert steps(book, 50_000) < 1.1 * steps(book, 5_000)


def test_each_name_of_a_long_list_leads_to_its_first(parser: Parser) -> None:
    # Walked from each name anew these would be minutes.
    count = 20_000
    heads = [max(index - 1, 0) for index in range(count)]
    labels = ["ROOT", *["conj"] * (count - 1)]
    vocab = parser.parse("Ada Marsh.").vocab
    doc = Doc(vocab, words=["Marsh"] * count, heads=heads, deps=labels)
    layout = Layout(doc, [])
    assert {layout.leading(token).i for token in doc} == {0}


def test_only_people_of_the_text_are_named(book: Book) -> None:
    doc, quotations = book.of(5_000)
    resolved = LearnedResolver().resolve(doc, quotations)
    names = [q.attribution.name for q in resolved if q.attribution is not None]
    words = set(doc.text.replace(",", " ").replace(".", " ").split())
    assert len(names) > 0.5 * len(resolved)
    assert {word for name in names for word in name.replace(",", "").split()} <= words


def many(text: Callable[[int], str], count: int) -> str:
    return "\n\n".join(text(number) for number in range(count))


def name(number: int) -> str:
    return f"{turned(GIVEN[number % 10], number)} {turned(FAMILY[number // 10 % 10], number // 7)}"


HARD = {
    "one surname": lambda: "Ada Marsh is here.\n\n" + "Marsh said it rained. " * 300,
    "people of one surname": lambda: many(
        lambda i: f"{name(i).split()[0]} Marsh said it rained. “It did,” Marsh said.", 100
    ),
    "many people": lambda: many(lambda i: f"{name(i)} said it rained.", 200),
    "one sentence": lambda: "Ada Marsh said that " + "it rained, and that " * 500 + "it rained.",
    "a long name": lambda: f"Yesterday {' '.join(FAMILY * 30)} said it rained. He said so.",
    "brackets": lambda: "Ada Marsh said " + "(it rained " * 300 + ")" * 300 + ".",
    "marks": lambda: "Ada Marsh said " + "“it rained " * 300 + "”" * 300 + ".",
    "abbreviations": lambda: many(
        lambda i: f"The Norwell {name(i).split()[1]} Board (NFB) said it rained.", 100
    ),
    "bodies": lambda: many(
        lambda i: f"The {name(i)} Board said it rained. The board said it did.", 100
    ),
    "invisible": lambda: (
        "Ada \u200fMarsh said no. “No,” Ma\u200brsh said. \u202eAda\u202c said so."
    ),
    "emoji": lambda: "🎤 Ada Marsh 🎤 said it rained 🌧. 👩‍⚖️: “No,” she said.",
    "no letters": lambda: "“…” — : (¹) ² “”" * 50,
    "capitals": lambda: "ADA MARSH SAID IT RAINED. “IT DID,” SHE SAID. THE MAYOR SAID NO.",
    "small letters": lambda: "ada marsh said it rained. “it did,” she said. the mayor said no.",
    "scripts": lambda: "Мария Иванова said it rained. 石破茂 said no. محمد علي said it did.",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
@pytest.mark.parametrize("resolver", [RuleResolver, LearnedResolver])
def test_hard_texts_are_read_to_their_end(
    parser: Parser, text: Callable[[], str], resolver: type[RuleResolver]
) -> None:
    doc = parser.parse(text())
    found = load_extractor("rules").extract(doc).quotations
    resolved = resolver().resolve(doc, found)
    assert len(resolved) == len(found)
    for quotation in resolved:
        quotation.check(doc.text)
        assert quotation.attribution is None or len(quotation.attribution.name.split()) <= 30
