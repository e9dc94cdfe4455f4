"""Parse text with line breaks inside paragraphs as if they were spaces, and lose no character.

A model trained on running text reads a line break as the end of something. So the words are
parsed without the breaks, and the parse is carried over to a `Doc` that has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.tokens import Token
    from spacy.vocab import Vocab


def without_breaks(full: Doc) -> Doc | None:
    """Return the tokens that are not line breaks inside a paragraph, or None where there are none.

    Sentence starts set on `full` are kept.
    """
    kept = [token for token in full if not _is_break(token)]
    if len(kept) == len(full) or not kept:
        return None
    # Presetting "not a start" would forbid the parser a sentence; only the starts are known.
    starts: list[bool | int | None] = [True if t.is_sent_start else None for t in kept]
    return Doc(
        full.vocab,
        words=[token.text for token in kept],
        spaces=[bool(t.whitespace_) or _is_break(full[t.i + 1]) for t in kept[:-1]] + [False],
        sent_starts=starts,
    )


def with_breaks(full: Doc, parsed: Doc) -> Doc:
    """Return a `Doc` with the characters of `full` and the annotation of `parsed`.

    Breaks hang on the token before them, as spaCy's own white space does.
    """
    places = [token.i for token in full if not _is_break(token)]
    back = {place: number for number, place in enumerate(places)}
    sources: list[int] = []
    last = 0
    for token in full:
        last = back.get(token.i, last)
        sources.append(last)
    heads = [
        places[parsed[back[i]].head.i] if i in back else places[sources[i]]
        for i in range(len(full))
    ]
    doc = _annotated(full.vocab, full, parsed, back, sources, heads)
    if parsed.tensor.size:
        doc.tensor = parsed.tensor[sources]
    return doc


def _annotated(
    vocab: Vocab, full: Doc, parsed: Doc, back: dict[int, int], sources: list[int], heads: list[int]
) -> Doc:
    own = [parsed[back[t.i]] if t.i in back else None for t in full]
    ents = []
    for token, copy in zip(full, own, strict=True):
        inside = parsed[sources[token.i]]
        if copy is not None:
            ents.append(f"{copy.ent_iob_}-{copy.ent_type_}" if copy.ent_type_ else "O")
        else:
            following = back.get(token.i + 1)
            runs_on = following is not None and parsed[following].ent_iob_ == "I"
            ents.append(f"I-{inside.ent_type_}" if runs_on else "O")
    return Doc(
        vocab,
        words=[t.text for t in full],
        spaces=[bool(t.whitespace_) for t in full],
        tags=[t.tag_ if t is not None else "_SP" for t in own],
        pos=[t.pos_ if t is not None else "SPACE" for t in own],
        morphs=[str(t.morph) if t is not None else "" for t in own],
        lemmas=[t.lemma_ if t is not None else full[i].text for i, t in enumerate(own)],
        heads=heads,
        deps=[t.dep_ if t is not None else "dep" for t in own],
        ents=ents,
    )


def _is_break(token: Token) -> bool:
    """Tell whether a token is white space that a paragraph runs over: one line break."""
    text = token.text
    return (
        token.is_space
        and 0 < token.i < len(token.doc) - 1
        and text.replace("\r\n", "\n").count("\n") + text.count("\r") - text.count("\r\n") == 1
        and token.i + 1 < len(token.doc)
        and not token.doc[token.i + 1].is_sent_start
    )
