"""Universal Dependencies' names for tags and relations in spaCy's English terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.nlp.universal import UniversalWord


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTHS = _words("jan feb mar apr may jun jul aug sep oct nov dec")
BARE_COMPLEMENT = frozenset({"let", "make", "help", "have", "see", "hear", "watch", "feel"})
# Adverbs that stand between a copula and its predicate and belong to the clause.
LIGHT_ADVERBS = _words(
    "not n't n’t never now then already still also always often usually probably certainly "
    "actually again currently just only even once there here perhaps maybe simply "
    "largely indeed clearly apparently reportedly"
)
# Verbs that are put into or after what they report.
SAYING = _words(
    "say tell add think write report argue explain ask reply answer note warn claim insist "
    "announce declare recall believe suggest admit state remark observe comment continue conclude "
    "agree promise predict joke whisper shout cry exclaim stress acknowledge caution quip tweet "
    "post know guess suppose hope fear reckon feel"
)
# Prepositions of two words whose second does not govern; it hangs on the first as this.
TWO_WORD = {"because of": "pcomp", "due to": "pcomp", "owing to": "pcomp", "such as": "prep"}
_BEFORE_GERUND = _words(
    "by in of for from with without on at to about after before against despite since through "
    "upon besides like as into over than between beyond toward towards"
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "`s"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nt"})
_QUANTIFIERS = _words(
    "about almost nearly around over roughly more less than some approximately under up"
)
_BECOMING = frozenset({"be", "become", "remain", "stay"})

# What needs no look at the tree; the rest is decided in `label_of`.
_PLAIN = {
    "root": "ROOT",
    "nsubj": "nsubj",
    "nsubj:pass": "nsubjpass",
    "csubj": "csubj",
    "csubj:pass": "csubjpass",
    "obj": "dobj",
    "ccomp": "ccomp",
    "aux": "aux",
    "aux:pass": "auxpass",
    "cop": "aux",
    "amod": "amod",
    "appos": "appos",
    "acl": "acl",
    "acl:relcl": "relcl",
    "advcl": "advcl",
    "advcl:relcl": "advcl",
    "nmod:poss": "poss",
    "nummod": "nummod",
    "det": "det",
    "det:predet": "predet",
    "compound": "compound",
    "compound:prt": "prt",
    "flat": "compound",
    "goeswith": "compound",
    "conj": "conj",
    "cc": "cc",
    "cc:preconj": "preconj",
    "case": "case",
    "discourse": "intj",
    "vocative": "npadvmod",
    "obl": "npadvmod",
    "nmod": "nmod",
    "nmod:desc": "compound",
    "parataxis": "parataxis",
    "punct": "punct",
    # Already in spaCy's terms where a rule of structure set them.
    "prep": "prep",
    "pobj": "pobj",
    "pcomp": "pcomp",
    "agent": "agent",
    "attr": "attr",
    "acomp": "acomp",
}
LABELS = tuple(
    sorted(
        set(_PLAIN.values())
        | {"dep", "neg", "quantmod", "dative", "xcomp", "oprd", "expl", "mark", "advmod"}
    )
)
_TAGS = {"(": "-LRB-", ")": "-RRB-", "[": "-LRB-", "]": "-RRB-", "{": "-LRB-", "}": "-RRB-"}
_BY_UPOS = {
    "ADJ": "JJ",
    "ADP": "IN",
    "ADV": "RB",
    "AUX": "VBZ",
    "CCONJ": "CC",
    "DET": "DT",
    "INTJ": "UH",
    "NOUN": "NN",
    "NUM": "CD",
    "PART": "RP",
    "PRON": "PRP",
    "PROPN": "NNP",
    "PUNCT": ".",
    "SCONJ": "IN",
    "SYM": "SYM",
    "VERB": "VB",
}


class Tree(Protocol):
    """What a label is decided by."""

    @property
    def words(self) -> Sequence[UniversalWord]: ...
    @property
    def heads(self) -> Sequence[int]: ...
    @property
    def relations(self) -> Sequence[str]: ...
    def kids(self, at: int, *bases: str) -> list[int]: ...


def tag_of(xpos: str, upos: str) -> str:
    """Return the Penn tag as spaCy's models write it, made of the universal one if need be."""
    if not xpos or xpos == "_":
        return _BY_UPOS.get(upos, "XX")
    return _TAGS.get(xpos, xpos)


def predicate_label(upos: str) -> str:
    """Return what a predicate is to its copula, where it is no clause."""
    return {"ADJ": "acomp", "ADV": "advmod", "VERB": "acomp"}.get(upos, "attr")


def as_preposition(word: UniversalWord, base: str, governed: UniversalWord) -> bool:
    """Tell whether a case or a marker stands as a preposition over the word it hangs on."""
    form = word.form.lower()
    if base == "case":
        return word.xpos != "POS" and form not in _POSSESSIVE
    return governed.xpos == "VBG" and form in _BEFORE_GERUND and word.xpos != "TO"


def pos_of(word: UniversalWord, label: str) -> str:
    """Return the universal tag that spaCy's models give, who read it from the Penn tag."""
    if word.xpos in {"NNP", "NNPS"}:
        return "PROPN"
    if word.upos == "SCONJ" and label in {"prep", "agent"}:
        return "ADP"
    if word.xpos == "WRB" and label == "advmod":
        return "SCONJ"
    if word.upos == "VERB" and word.lemma == "be":
        return "AUX"
    return word.upos if word.upos in _BY_UPOS else "X"


def label_of(tree: Tree, at: int) -> str:
    """Return spaCy's label for how a word hangs, in a tree that is rebuilt already."""
    relation = tree.relations[at]
    base = relation.partition(":")[0]
    decide = _DECIDED.get(base)
    if decide is not None:
        return decide(tree, at)
    return _PLAIN.get(relation) or _PLAIN.get(base) or "dep"


def _subject(tree: Tree, at: int) -> str:
    relation = tree.relations[at]
    if relation.endswith(":pass"):
        return "nsubjpass"
    there = any(tree.words[k].form.lower() == "there" for k in tree.kids(tree.heads[at], "expl"))
    return "attr" if there else "nsubj"


def _expletive(tree: Tree, at: int) -> str:
    return "expl" if tree.words[at].form.lower() == "there" else "nsubj"


def _indirect(tree: Tree, at: int) -> str:
    return "dative" if tree.kids(tree.heads[at], "obj") else "dobj"


def _open_complement(tree: Tree, at: int) -> str:
    word, head = tree.words[at], tree.words[tree.heads[at]]
    if word.upos in {"VERB", "AUX"}:
        return "xcomp"
    if tree.kids(tree.heads[at], "obj"):
        return "oprd"
    if word.upos in {"NOUN", "PROPN", "PRON", "NUM"}:
        return "attr" if head.lemma.lower() in _BECOMING else "oprd"
    return "acomp"


def _adverb(tree: Tree, at: int) -> str:
    form = tree.words[at].form.lower()
    if form in _NEGATIONS:
        return "neg"
    if tree.words[tree.heads[at]].upos == "NUM" and form in _QUANTIFIERS:
        return "quantmod"
    return "advmod"


def _marker(tree: Tree, at: int) -> str:
    return "aux" if tree.words[at].xpos == "TO" else "mark"


def _unmarked(tree: Tree, at: int) -> str:
    """A noun that hangs on another without a preposition: a year, a title, a measure."""
    if tree.relations[at] == "nmod:poss":
        return "poss"
    if tree.relations[at] == "nmod:desc":
        return "compound" if at < tree.heads[at] else "appos"
    if tree.relations[at] != "nmod":
        return "nummod" if tree.words[at].upos == "NUM" else "npadvmod"
    return "nmod"


def _fixed(tree: Tree, at: int) -> str:
    head = tree.relations[tree.heads[at]].partition(":")[0]
    if tree.words[at].xpos == "TO":
        return "aux"
    return {"prep": "prep", "cc": "advmod", "mark": "mark", "advmod": "advmod"}.get(head, "prep")


_DECIDED = {
    "nsubj": _subject,
    "expl": _expletive,
    "iobj": _indirect,
    "xcomp": _open_complement,
    "advmod": _adverb,
    "mark": _marker,
    "nmod": _unmarked,
    "fixed": _fixed,
}
