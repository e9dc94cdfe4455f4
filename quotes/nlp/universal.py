"""Universal Dependencies trees turned into trees as spaCy's English models draw them.

UD puts content words on top: prepositions, copulas and conjunctions hang below them. spaCy's
models follow ClearNLP (Choi and Palmer 2012), where prepositions and copulas are heads and
conjuncts form a chain. Every rule here moves a whole subtree, so that a tree stays a tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.nlp.universal_labels import (
    BARE_COMPLEMENT,
    LIGHT_ADVERBS,
    MONTHS,
    SAYING,
    TWO_WORD,
    as_preposition,
    label_of,
    predicate_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CLAUSAL = frozenset(
    {"nsubj", "csubj", "expl", "aux", "mark", "advcl", "parataxis", "discourse", "vocative"}
    | {"dislocated", "cop"}
)
_FREE_RELATIVES = frozenset({"what", "whatever", "who", "whoever", "whom", "where", "when", "how"})
_QUOTES = frozenset('"“”„«»‘’') | {"''", "``"}
_OPENING = frozenset(':"“„«‘') | {"``"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UniversalWord:
    """A word with its UD annotation; `head` is an index into the sentence, or -1 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Arc:
    """Where a word hangs in spaCy's tree, and how; the root's head is itself."""

    head: int
    label: str


def convert(words: Sequence[UniversalWord]) -> list[Arc]:
    """Return the arcs of one sentence: one root, no cycle, whatever the words say."""
    tree = _Tree(words)
    if not words:
        return []
    _names(tree)
    _dates(tree)
    _free_relatives(tree)
    _copulas(tree)
    _prepositions(tree)
    _bare_complements(tree)
    _conjuncts(tree)
    _reporting(tree)
    return [
        Arc(head if head >= 0 else at, label_of(tree, at)) for at, head in enumerate(tree.heads)
    ]


class _Tree:
    """A tree that is rebuilt one subtree at a time; relations are UD's until they are labelled."""

    def __init__(self, words: Sequence[UniversalWord]) -> None:
        self.words = words
        self.heads = _as_tree([word.head for word in words])
        self.relations = [
            "root" if head < 0 else "dep" if word.relation in {"", "root"} else word.relation
            for head, word in zip(self.heads, words, strict=True)
        ]
        self.children: list[list[int]] = [[] for _ in words]
        for at, head in enumerate(self.heads):
            if head >= 0:
                self.children[head].append(at)

    def base(self, at: int) -> str:
        """Return the relation without its subtype."""
        return self.relations[at].partition(":")[0]

    def kids(self, at: int, *bases: str) -> list[int]:
        """Return the dependents with one of these relations, in the order of the text."""
        return sorted(kid for kid in self.children[at] if self.base(kid) in bases)

    def below(self, at: int, top: int) -> bool:
        """Tell whether a word is another or hangs somewhere below it."""
        while at >= 0:
            if at == top:
                return True
            at = self.heads[at]
        return False

    def edges(self, at: int) -> tuple[int, int]:
        """Return the first and the last word of a subtree, punctuation left out."""
        first = last = at
        stack = [at]
        while stack:
            one = stack.pop()
            first, last = min(first, one), max(last, one)
            stack.extend(kid for kid in self.children[one] if self.base(kid) != "punct")
        return first, last

    def attach(self, at: int, head: int, relation: str | None = None) -> None:
        """Hang a subtree elsewhere; below itself it is left where it is."""
        if self.heads[at] < 0 or self.below(head, at):
            return
        self.children[self.heads[at]].remove(at)
        self.children[head].append(at)
        self.heads[at] = head
        if relation is not None:
            self.relations[at] = relation

    def promote(self, at: int, below: str) -> None:
        """Put a word in the place of its head, which hangs below it from now on."""
        head = self.heads[at]
        above = self.heads[head]
        self.children[head].remove(at)
        self.heads[at] = above
        self.relations[at] = self.relations[head]
        if above >= 0:
            self.children[above].remove(head)
            self.children[above].append(at)
        self.heads[head] = at
        self.relations[head] = below
        self.children[at].append(head)

    def move(self, kids: Iterable[int], head: int) -> None:
        """Hang several dependents elsewhere, under the relations they have."""
        for kid in list(kids):
            self.attach(kid, head)


def _as_tree(heads: Sequence[int]) -> list[int]:
    """Return the heads, what is no tree mended: everything loose hangs below the first root."""
    size = len(heads)
    out = [head if 0 <= head < size and head != at else -1 for at, head in enumerate(heads)]
    if not out:
        return out
    root = next((at for at, head in enumerate(out) if head < 0), 0)
    out[root] = -1
    sound = {root}
    for start in range(size):
        path: list[int] = []
        at = start
        while at >= 0 and at not in sound and at not in path:
            path.append(at)
            at = out[at]
        if at not in sound:
            # A second root, or a ring, which is opened where it was entered.
            out[path[-1] if at < 0 else at] = root
        sound.update(path)
    return out


def _names(tree: _Tree) -> None:
    """The last word of a name is its head: "Ada Marsh" is compound(Marsh, Ada)."""
    for head in range(len(tree.words)):
        parts = [kid for kid in tree.kids(head, "flat") if kid > head]
        if not parts:
            continue
        last = parts[-1]
        others = [kid for kid in tree.children[head] if kid != last]
        tree.promote(last, "compound")
        tree.move(others, last)
        for part in parts[:-1]:
            tree.relations[part] = "compound"


def _dates(tree: _Tree) -> None:
    """The month is the head of its day and its year: "May 8, 2009"."""
    for day in range(len(tree.words)):
        month = next(
            (k for k in tree.kids(day, "compound") if tree.words[k].form.lower()[:3] in MONTHS),
            None,
        )
        if month is None or not tree.words[day].form[:1].isdigit():
            continue
        others = [kid for kid in tree.children[day] if kid != month]
        tree.promote(month, "nummod")
        tree.move(others, month)


def _free_relatives(tree: _Tree) -> None:
    """In "I know what he said" the clause is the object, and "what" is its."""
    for word in range(len(tree.words)):
        clause = next((k for k in tree.kids(word, "acl", "advcl") if k > word), None)
        if clause is None or not tree.relations[clause].endswith(":relcl"):
            continue
        if tree.words[word].form.lower() not in _FREE_RELATIVES:
            continue
        base = tree.base(word)
        subject = tree.kids(clause, "nsubj", "csubj")
        adverb = tree.words[word].xpos == "WRB"
        others = [kid for kid in tree.children[word] if kid != clause]
        tree.promote(clause, "advmod" if adverb else "obj" if subject else "nsubj")
        tree.move(others, clause)
        if base in {"obj", "nsubj", "advmod"}:
            renamed = {"obj": "ccomp", "nsubj": "csubj", "advmod": "advcl"}
            tree.relations[clause] = renamed[base]


def _copulas(tree: _Tree) -> None:
    """The copula is the head of its clause, the predicate its attribute."""
    for predicate in range(len(tree.words)):
        found = tree.kids(predicate, "cop")
        if not found:
            continue
        copula = found[0]
        marks = [kid for kid in tree.kids(predicate, "mark") if kid > copula]
        if marks and tree.words[predicate].upos in {"VERB", "AUX"}:
            # "The plan is to leave", "the trouble is that they left".
            moved = [kid for kid in tree.children[predicate] if kid < copula]
            infinitive = any(tree.words[mark].xpos == "TO" for mark in marks)
            relation = "xcomp" if infinitive else "ccomp"
        else:
            others = [kid for kid in tree.children[predicate] if kid != copula]
            moved = [kid for kid in others if _is_clausal(tree, kid, copula, predicate)]
            relation = predicate_label(tree.words[predicate].upos)
        tree.promote(copula, relation)
        tree.move(moved, copula)
        last = tree.edges(predicate)[1]
        outside = [k for k in tree.kids(predicate, "punct") if k < copula or k > last]
        tree.move(outside, copula)


def _is_clausal(tree: _Tree, kid: int, copula: int, predicate: int) -> bool:
    """Tell whether a predicate's dependent belongs to its clause, and not to its phrase."""
    nominal = tree.words[predicate].upos in {"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"}
    base = tree.base(kid)
    if base in _CLAUSAL:
        return not tree.relations[kid].endswith("relcl")
    if base == "advmod":
        light = tree.words[kid].form.lower() in LIGHT_ADVERBS
        return kid < copula or light or (nominal and kid < predicate - 1)
    if base == "obl":
        return nominal or kid < copula or tree.relations[kid] == "obl:unmarked"
    if base == "conj":
        verbal = tree.words[kid].upos == "VERB" and tree.words[predicate].upos != "VERB"
        return verbal or bool(tree.kids(kid, "cop"))
    return base == "cc" and kid < copula


def _prepositions(tree: _Tree) -> None:
    """A preposition is the head of what it governs: prep and pobj, or pcomp for a clause."""
    for word in range(len(tree.words)):
        verbal = tree.words[word].upos in {"VERB", "AUX"}
        cases = [
            kid
            for kid in tree.kids(word, "case", "mark")
            if as_preposition(tree.words[kid], tree.base(kid), tree.words[word])
        ]
        if verbal and tree.kids(word, "nsubj") and not tree.kids(word, "case"):
            continue
        if not cases:
            continue
        _preposition(tree, word, cases, "pcomp" if verbal else "pobj")


def _preposition(tree: _Tree, word: int, cases: list[int], below: str) -> None:
    first, *rest = cases
    before = [kid for kid in tree.kids(word, "advmod", "cc", "punct") if kid < first < word]
    relation = tree.relations[word]
    tree.promote(first, below)
    tree.move(before, first)
    last = first
    for case in [*rest, *_second_words(tree, first)]:
        pair = f"{tree.words[first].form} {tree.words[case].form}".lower()
        if pair in TWO_WORD:
            tree.attach(case, first, TWO_WORD[pair])
        else:
            tree.attach(case, last, "prep")
            last = case
    if last != first:
        tree.attach(word, last)
    agent = relation == "obl:agent" and tree.words[first].form.lower() == "by"
    if agent:
        tree.relations[first] = "agent"
    elif relation.partition(":")[0] not in {"root", "conj", "nsubj", "csubj", "obj"}:
        tree.relations[first] = "prep"


def _second_words(tree: _Tree, first: int) -> list[int]:
    return [kid for kid in tree.kids(first, "fixed") if kid > first]


def _bare_complements(tree: _Tree) -> None:
    """In "let him go" the pronoun is the subject of "go", which is a clause."""
    for verb, word in enumerate(tree.words):
        if word.lemma.lower() not in BARE_COMPLEMENT:
            continue
        for clause in tree.kids(verb, "xcomp"):
            infinitive = any(tree.words[k].xpos == "TO" for k in tree.kids(clause, "mark"))
            told = [kid for kid in tree.kids(verb, "obj") if verb < kid < clause]
            if tree.words[clause].upos == "VERB" and told and not infinitive:
                tree.attach(told[-1], clause, "nsubj")
                tree.relations[clause] = "ccomp"


def _conjuncts(tree: _Tree) -> None:
    """Each conjunct hangs on the one before it, and so does the conjunction between them."""
    for head in range(len(tree.words)):
        previous = head
        for conjunct in [kid for kid in tree.kids(head, "conj") if kid > head]:
            between = [
                kid for kid in tree.kids(conjunct, "cc", "punct") if previous < kid < conjunct
            ]
            tree.attach(conjunct, previous)
            tree.move(_before_words(tree, conjunct, between), previous)
            previous = conjunct


def _before_words(tree: _Tree, conjunct: int, between: list[int]) -> list[int]:
    """Return the signs before the conjunct's first own word; an opening mark stays with it."""
    own = [kid for kid in tree.children[conjunct] if kid not in between]
    first = min([conjunct, *(tree.edges(kid)[0] for kid in own)])
    return [kid for kid in between if kid < first and tree.words[kid].form not in _QUOTES]


def _reporting(tree: _Tree) -> None:
    """A verb of saying that is put into or after what it reports is the head, as in "X, he said".

    UD calls it parataxis. After a colon or an opening mark it is the report that UD hangs so.
    """
    for verb, word in enumerate(tree.words):
        if tree.base(verb) != "parataxis" or not tree.kids(verb, "nsubj"):
            continue
        said = tree.heads[verb]
        finite = word.xpos in {"VBD", "VBZ", "VBP"} and word.lemma.lower() in SAYING
        if finite and tree.edges(said)[0] < verb and not tree.kids(verb, "ccomp", "xcomp"):
            outside = [kid for kid in tree.kids(said, "punct") if kid > verb]
            tree.promote(verb, "ccomp")
            tree.move(outside, verb)
    for said in range(len(tree.words)):
        verb = tree.heads[said]
        if tree.base(said) != "parataxis" or verb > said:
            continue
        opened = any(tree.words[at].form in _OPENING for at in range(verb, tree.edges(said)[0]))
        if opened and tree.words[verb].upos == "VERB" and not tree.kids(verb, "obj", "ccomp"):
            tree.relations[said] = "ccomp"
