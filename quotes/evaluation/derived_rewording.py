"""Rewordings that leave what is said as it was: reported speech, synonyms, the order of clauses.

A rewording changes at least two things, or turns a statement in the first person into a report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def _pairs(listed: str) -> dict[str, str]:
    return dict(pair.split("/") for pair in listed.split())


SYNONYMS = _pairs(
    "begin/start begins/starts start/begin started/began help/assist helped/assisted buy/purchase "
    "need/require needs/requires big/large important/significant many/numerous also/likewise "
    "believe/think believes/thinks wants/wishes show/demonstrate shows/demonstrates try/attempt "
    "trying/attempting tried/attempted quickly/rapidly nation/country "
    "job/position choose/select chose/selected ask/request asked/requested answer/reply "
    "end/finish happen/occur happened/occurred happens/occurs keep/retain build/construct "
    "built/constructed fix/repair mistake/error mistakes/errors smart/clever angry/furious "
    "difficult/hard completely/entirely totally/entirely very/extremely talk/speak "
    "talking/speaking looked/appeared seems/appears entire/whole simply/merely often/frequently "
    "maybe/perhaps woman/lady kids/children folks/people terrible/awful "
    "wonderful/marvelous issue/matter issues/matters problem/difficulty problems/difficulties "
    "attacks/assaults concerned/worried ensure/guarantee individuals/persons allow/permit "
    "allowed/permitted allows/permits obtain/get receive/get received/got"
)
# What a synonym stands for only as one part of speech.
ONLY = {"need": "VERB", "needs": "VERB", "end": "VERB", "answer": "VERB"}
ONLY |= {"help": "VERB", "start": "VERB", "show": "VERB", "shows": "VERB", "issue": "NOUN"}
ONLY |= {"attacks": "NOUN", "issues": "NOUN", "talk": "VERB", "try": "VERB", "very": "ADV"}
PAST = {
    "am": "was",
    "is": "was",
    "are": "were",
    "'m": "was",
    "'re": "were",
    "have": "had",
    "has": "had",
    "'ve": "had",
    "do": "did",
    "does": "did",
    "will": "would",
    "'ll": "would",
    "wo": "would",
    "can": "could",
    "ca": "could",
    "may": "might",
}
# After "said that", by lower case; a speaker's own name stands for "I".
THIRD = {
    "my": "{name}’s",
    "me": "{name}",
    "mine": "{name}’s",
    "we": "they",
    "us": "them",
    "our": "their",
    "ours": "theirs",
    "ourselves": "themselves",
}
FIRST_SINGULAR = frozenset(("i", "my", "me", "mine"))
FIRST = FIRST_SINGULAR | frozenset(("we", "us", "our", "ours"))
# What stands for an address to a hearer cannot be told without knowing who hears.
UNTOLD = frozenset(("you", "your", "yours", "yourself", "myself", "let", "lets"))
LINKING = frozenset(("but", "and", "so", "well", "yet"))
DEGREES = frozenset(("as", "so", "how", "too", "that", "not", "more", "most", "great", "good"))
TURNED = {"because": "Because", "if": "If", "when": "When", "unless": "Unless", "while": "While"}
LEAST_SYNONYMS = 2
# A name that stands for every "I" reads like no report.
MOST_NAMED = 2
LEAST_CLAUSE = 3
# A clause that goes on after another one may belong to the main clause.
UNSTEADY = re.compile(r"\b(?:and|but|or) (?:that|because|if|when|he|she|they|it)\b|;")


def reword(words: Span, surname: str, *, quoted: bool) -> tuple[str, str] | None:
    """Return a rewording of a speaker's words and how it was made, or None where rules make none.

    The words are one sentence. `quoted` ones are the speaker's own, of which a report is made
    where they are in the first person, or change enough by it; others are a report already.
    """
    lowers = [token.lower_ for token in words]
    if not UNTOLD.isdisjoint(lowers) or "?" in lowers:
        return None
    if not FIRST.isdisjoint(lowers):
        few = sum(lower in FIRST_SINGULAR for lower in lowers) <= MOST_NAMED
        return _report(words, surname) if quoted and few else None
    synonyms = _with_synonyms(words)
    changed = sum(a != b.text for a, b in zip(synonyms, words, strict=True))
    turned = _turned(words, synonyms)
    if turned:
        return turned, "reordered, synonyms" if changed else "reordered"
    if changed >= LEAST_SYNONYMS:
        return _joined(words, synonyms), "synonyms"
    return _report(words, surname) if quoted else None


def _synonym(token: Token) -> str:
    other = SYNONYMS.get(token.lower_)
    if other is None or token.ent_type_ or token.pos_ == "PROPN":
        return str(token.text)
    if token.pos_ != ONLY.get(token.lower_, token.pos_):
        return str(token.text)
    before, after = _beside(token)
    # "As many as" and "many of them" take no other word.
    if before in DEGREES or after == "of":
        return str(token.text)
    if other.startswith("require") and after == "to":
        return str(token.text)
    # "a" and "an" go by the word that follows.
    vowel = other[0] in "aeiou"
    if (before == "a" and vowel) or (before == "an" and not vowel):
        return str(token.text)
    return other[:1].upper() + other[1:] if token.text[:1].isupper() else other


def _beside(token: Token) -> tuple[str, str]:
    """Return the words before and after one, nothing at the ends of the text."""
    before, after = token.doc[max(0, token.i - 1) : token.i], token.doc[token.i + 1 : token.i + 2]
    return before.text.casefold(), after.text.casefold()


def _with_synonyms(words: Span) -> list[str]:
    return [_synonym(token) for token in words]


def _joined(words: Span, texts: list[str]) -> str:
    parts = [text + token.whitespace_ for text, token in zip(texts, words, strict=True)]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _report(words: Span, surname: str) -> tuple[str, str] | None:
    """Tell a sentence in the first person as "Roe said that Roe would …"."""
    texts = []
    if words[0].lower_ in LINKING:
        words = words[1 + (words[1].text == ",") :]
    for token in words:
        text = _told(token, surname)
        if text is None:
            return None
        # What was joined to the word before ("I'll", "can't") stands apart now.
        changed = text != token.text or token.lower_ == "not"
        joined = token.i > words.start and not token.nbor(-1).whitespace_
        texts.append(f" {text}" if changed and joined and text[:1].isalpha() else text)
    told = _joined(words, texts)
    first = words[0]
    if first.lower_ not in FIRST and first.pos_ != "PROPN":
        told = told[:1].lower() + told[1:]
    same = sum(text.strip() == token.text for text, token in zip(texts, words, strict=True))
    if len(words) - same < LEAST_SYNONYMS and FIRST.isdisjoint(token.lower_ for token in words):
        return None
    return f"{surname} said that {told.strip(' .,')}.", "report"


def _told(token: Token, surname: str) -> str | None:
    """Return what becomes of a word in a report in the past, or None where that cannot be told."""
    lower = token.lower_.replace("’", "'")
    if lower == "i":
        return surname
    if lower in THIRD and token.pos_ == "PRON":
        return THIRD[lower].format(name=surname)
    if lower == "n't":
        return "not"
    if lower in PAST and token.tag_ in {"MD", "VBP", "VBZ"}:
        return _past(token, lower)
    # "'s" is or has, "'d" had or would.
    if lower == "'s" and token.tag_ == "VBZ":
        participle = token.head.tag_ == "VBN" or token.nbor().lower_ == "got"
        return None if participle else "was"
    if lower == "'d":
        return None
    return _past_of(token) if token.tag_ in {"VBP", "VBZ"} else _synonym(token)


def _past(token: Token, lower: str) -> str:
    subjects = [c.lower_ for c in (*token.children, *token.head.children) if c.dep_ == "nsubj"]
    # "we are" becomes "they were", "I was" stays with a singular.
    if lower in {"are", "'re"}:
        return "were"
    return "were" if PAST[lower] == "was" and subjects[:1] == ["we"] else PAST[lower]


PASTS = _pairs(
    "think/thought know/knew want/wanted see/saw feel/felt say/said get/got go/went make/made "
    "take/took hope/hoped believe/believed need/needed love/loved like/liked look/looked "
    "understand/understood mean/meant agree/agreed support/supported expect/expected come/came "
    "give/gave find/found tell/told work/worked live/lived remember/remembered trust/trusted "
    "plan/planned wish/wished stand/stood keep/kept run/ran seem/seemed"
)


def _past_of(token: Token) -> str | None:
    """Return the past of a common verb; rules for the others would make words that are none."""
    return PASTS.get(token.lemma_.casefold())


def _turned(words: Span, texts: list[str]) -> str | None:
    """Put a clause with a conjunction in front: "Because B, A" for "A because B"."""
    root = words.root
    for token in words[LEAST_CLAUSE:]:
        if token.lower_ not in TURNED or token.dep_ not in {"mark", "advmod"}:
            continue
        clause = token.head
        ends_there = clause.right_edge.i >= words.end - 2
        if clause.head != root or clause.left_edge.i != token.i or not ends_there:
            continue
        at = token.i - words.start
        main = _joined(words[:at], texts[:at]).rstrip(" ,.")
        dependent = _joined(words[at + 1 :], texts[at + 1 :]).rstrip(" ,.")
        if len(dependent.split()) < LEAST_CLAUSE or UNSTEADY.search(dependent):
            return None
        first = words[0]
        if not first.ent_type_ and first.pos_ != "PROPN":
            main = main[:1].lower() + main[1:]
        return f"{TURNED[token.lower_]} {dependent}, {main}."
    return None
