"""Speech, writing or thought: what a cue presents, from its words, its construction and its source.

After Semino and Short (2004). An attribution whose source is a text (a report, a poll, a tweet, a
newspaper) is writing, and so is one whose cue names the text ("said in a letter"); a state of mind
(belief, wish, plan, attitude, how a thing seems) is thought; all else is speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction import act_words
from quotes.extraction.act_words import phrase_act, verb_of, word_act
from quotes.quotation import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from quotes.spans import Spans

_MARKS = frozenset("\"“”„«'‘")
_WRITTEN_IN = frozenset({"in", "via", "by"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_BOUND = frozenset({"compound", "nmod", "nummod", "pobj", "poss"})
_POINTERS = frozenset({"it", "which", "that"})
_CLIMB = 2
_TEXT, _PRESS = "text", "press"


def act_of(doc: Doc, *, cue: Spans, source: Spans = (), content: Spans = ()) -> Act:
    """Return what an attribution presents; speech where nothing tells."""
    words = [t for t in _tokens(doc, cue) if not t.is_space]
    teller = _head(_tokens(doc, source))
    kind = _kind(teller)
    if kind == _TEXT:
        return Act.WRITING
    quoted = _opens_quoted(doc, content)
    named = _named(words, teller, quoted=quoted)
    if named is Act.THOUGHT:
        return named
    if kind == _PRESS or _is_written(words, content) or _is_agency_report(words, teller):
        return Act.WRITING
    return named or Act.SPEECH


def _tokens(doc: Doc, spans: Spans) -> list[Token]:
    found: list[Token] = []
    for span in spans:
        covered = doc.char_span(span.start, span.end, alignment_mode="expand")
        found.extend(covered or ())
    return found


def _head(tokens: list[Token]) -> Token | None:
    """Return the noun or pronoun of a phrase that hangs on something outside it.

    Where a verb hangs there ("surveys taken last week"), the first noun that hangs on no other.
    """
    inside = {t.i for t in tokens}
    nominals = [t for t in tokens if t.pos_ in _NOMINAL]
    tops = [t for t in nominals if t.head.i not in inside or t.head.i == t.i]
    free = [t for t in nominals if t.dep_ not in _BOUND]
    return next(iter([*tops, *free, *nominals, *tokens[:1]]), None)


def _opens_quoted(doc: Doc, content: Spans) -> bool:
    first = _tokens(doc, content[:1])
    return bool(first) and first[0].text[:1] in _MARKS


def _kind(teller: Token | None) -> str | None:
    """Tell whether a source is a text or the press, by its head or by what its pronoun means."""
    if teller is None:
        return None
    if teller.lower_ in _POINTERS:
        meant = _antecedent(teller)
        return _kind_of_noun(meant) if meant is not None else None
    return _kind_of_noun(teller)


def is_press(noun: Token) -> bool:
    """Tell whether a noun means a paper, a magazine or a site, by what papers are called."""
    return _kind_of_noun(noun) == _PRESS


def _kind_of_noun(noun: Token) -> str | None:
    noun = _counted(noun)
    word = noun.lemma_.lower()
    if noun.pos_ == "PROPN" or noun.ent_type_ == "ORG":
        name = " ".join(t.lower_ for t in [*_compounds(noun), noun])
        if name in act_words.WHOLE_NAMES:
            return _PRESS
        if noun.lower_ in act_words.PRESS_NAMES and _is_title(noun):
            return _PRESS
    if noun.text.startswith("@") or word in act_words.DOCUMENTS:
        return _TEXT if noun.ent_type_ != "PERSON" else None
    singular = word.removesuffix("s")
    if singular in act_words.DOCUMENTS:
        return _TEXT
    return _PRESS if singular in act_words.PRESS else None


def _counted(noun: Token) -> Token:
    """Return what a noun of number counts: the papers of "dozens of papers"."""
    if noun.lemma_.lower() in act_words.COUNTING:
        for child in noun.children:
            if child.lower_ == "of":
                return next((t for t in child.children if t.dep_ == "pobj"), noun)
    return noun


def _compounds(noun: Token) -> list[Token]:
    return [t for t in noun.lefts if t.dep_ in {"compound", "nmod", "amod"} and t.pos_ != "DET"]


def _is_title(noun: Token) -> bool:
    """Tell whether the last word of a paper's name is that, and not somebody's surname."""
    if any(t.lower_ == "the" for t in noun.lefts):
        return True
    return bool(_compounds(noun)) and noun.ent_type_ != "PERSON"


def _antecedent(pronoun: Token) -> Token | None:
    """Return the noun that a relative pronoun hangs on, or what stands before "it" and prints."""
    verb = pronoun.head
    if verb.dep_ == "relcl":
        return verb.head
    if pronoun.lower_ != "it":
        return None
    sentence = pronoun.sent
    here = _nouns(sentence[: pronoun.i - sentence.start], _SUBJECTS)
    if here or sentence.start == 0:
        return here[-1] if here else None
    above = pronoun.doc[sentence.start - 1].sent
    before = [*_nouns(above, _SUBJECTS)[:1], *_nouns(above, _OBJECTS)[-1:]]
    return next((noun for noun in before if _kind_of_noun(noun) is not None), None)


def _nouns(tokens: Iterable[Token], places: frozenset[str]) -> list[Token]:
    return [t for t in tokens if t.dep_ in places and t.pos_ in {"NOUN", "PROPN"}]


def _named(words: list[Token], teller: Token | None, *, quoted: bool) -> Act | None:
    """Return what the words of a cue present: by a phrase, else by the first word that tells."""
    text = " ".join(t.lower_ for t in words)
    if text in act_words.VIEWS:
        return Act.THOUGHT
    if (phrase := phrase_act(text)) is not None:
        return phrase
    if teller is not None and teller.lemma_.lower() in act_words.SEATS:
        return Act.THOUGHT
    leaning = None
    for token in words:
        act = word_act(token)
        if act is None or _qualifies(token, words):
            continue  # "his familiar lines" tells of the lines
        verb = verb_of(token)
        if _only_leans(token, verb, act):
            leaning = leaning or act
            continue
        if quoted and verb in act_words.QUOTED:
            return Act.SPEECH
        if act is Act.THOUGHT and verb in act_words.DECISIONS and _decides(teller):
            return Act.SPEECH
        return act
    return leaning


def _qualifies(token: Token, words: list[Token]) -> bool:
    """Tell whether an adjective stands before a noun of the cue, alone or beside another."""
    while token.dep_ == "conj" and token.pos_ == "ADJ" and token.head.i < token.i:
        token = token.head
    return token.dep_ == "amod" and token.head in words


def _only_leans(token: Token, verb: str, act: Act) -> bool:
    """Tell whether a word lends its act only to what no later word tells."""
    if token.pos_ == "ADV":
        return act is Act.THOUGHT
    return verb in act_words.TRANSPARENT and token.pos_ in {"VERB", "ADJ"}


def _decides(teller: Token | None) -> bool:
    if teller is None:
        return False
    return (
        teller.lemma_.lower().removesuffix("s") in act_words.DECIDERS
        or _kind_of_noun(teller) == _PRESS
    )


def _is_agency_report(words: list[Token], teller: Token | None) -> bool:
    """Tell whether a named body that is no station reports: agencies and papers have many names."""
    if teller is None or not any(t.pos_ == "VERB" and verb_of(t) == "report" for t in words):
        return False
    name = [*_compounds(teller), teller]
    if any(t.lower_ in act_words.STATIONS for t in name):
        return False
    agency = teller.lower_ == "agency" and any(t.pos_ == "PROPN" for t in name)
    return agency or (teller.pos_ == "PROPN" and teller.ent_type_ == "ORG")


def _is_written(words: list[Token], content: Spans) -> bool:
    """Tell whether the cue, or a phrase that hangs on it, names what the words are put down in."""
    if any(_names_medium(t) for t in words):
        return True
    verbs = [t for t in words if t.pos_ in {"VERB", "AUX"}]
    above = [verb for t in verbs for verb in _carriers(t)]
    return any(_names_medium(noun) for verb in [*verbs, *above] for noun in _beside(verb, content))


def _carriers(verb: Token) -> Iterator[Token]:
    """Yield the verbs that a participle or an infinitive hangs on.

    “Said in a letter that …, adding that …”: what is added stands in the letter too.
    """
    for _ in range(_CLIMB):
        if verb.tag_ not in {"VB", "VBG"} or verb.dep_ not in {"advcl", "conj", "xcomp"}:
            return
        verb = verb.head
        yield verb


def _beside(verb: Token, content: Spans) -> Iterator[Token]:
    """Yield a verb's object, and the nouns of its prepositional phrases outside the content."""
    for child in verb.children:
        if child.dep_ == "dobj":
            yield _counted(child)
        elif child.dep_ == "prep" and not any(s.start <= child.idx < s.end for s in content):
            yield from child.children


def _names_medium(token: Token) -> bool:
    """Tell whether a noun is a text that something is said in, said on, or put out as."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    noun, above = token.lemma_.lower(), token.head
    if noun in act_words.PLATFORMS and above.lower_ in {"on", "via", "to"}:
        return True
    if noun not in act_words.MEDIA or token.pos_ != "NOUN":
        return False
    if above.lower_ in _WRITTEN_IN:
        return above.head.pos_ != "NOUN"  # "an article in the journal" tells of the article
    if above.lower_ == "of" and above.head.lemma_.lower() in act_words.COUNTING:
        above = above.head.head
    return above.pos_ == "VERB" and verb_of(above) in act_words.ISSUING
