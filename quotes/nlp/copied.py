"""A parse again and again, with other words: long texts that no model need read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc


def copied(doc: Doc, numbers: range, renamed: Callable[[str, int], str]) -> Doc:
    """Return one parse of as many copies as there are numbers, each word as `renamed` has it.

    `renamed` gives the word for a copy's number, and must keep its length.
    """
    from spacy.tokens import Doc

    if len(numbers) == 1:
        return _copy(doc, numbers[0], renamed)
    return Doc.from_docs(
        [_copy(doc, number, renamed) for number in numbers], ensure_whitespace=False
    )


def _copy(doc: Doc, number: int, renamed: Callable[[str, int], str]) -> Doc:
    return type(doc)(
        doc.vocab,
        words=[renamed(token.text, number) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )
