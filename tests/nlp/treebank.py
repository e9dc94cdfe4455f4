"""A treebank of our own sentences: a few trees in Universal Dependencies, their words filled in."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A word a line: form, lemma, universal tag, Penn tag, head, relation, then an entity tag. No space
# follows a ~; a + makes a multi-word token with the next.
TREES = """\
“ “ PUNCT `` 5 punct ~
We we PRON PRP 5 nsubj
did do AUX VBD 5 aux +
n't not PART RB 5 advmod
wait wait VERB VB 8 ccomp ~
, , PUNCT , 5 punct ~
” ” PUNCT '' 5 punct
said say VERB VBD 0 root
{first} {first} PROPN NNP 8 nsubj B-PERSON
{last} {last} PROPN NNP 9 flat I-PERSON ~
. . PUNCT . 8 punct

{first} {first} PROPN NNP 3 nsubj B-PERSON
{last} {last} PROPN NNP 1 flat I-PERSON
said say VERB VBD 0 root
on on ADP IN 5 case
{day} {day} PROPN NNP 3 obl B-DATE
that that SCONJ IN 10 mark
the the DET DT 8 det
{noun} {noun} NOUN NN 10 nsubj
was be AUX VBD 10 cop
late late ADJ JJ 3 ccomp ~
. . PUNCT . 3 punct

{place} {place} PROPN NNP 3 nmod:poss B-GPE +
's 's PART POS 1 case
{noun} {noun} NOUN NN 6 nsubj:pass
had have AUX VBD 6 aux
been be AUX VBN 6 aux:pass
closed close VERB VBN 12 ccomp
by by ADP IN 9 case
the the DET DT 9 det
council council NOUN NN 6 obl:agent ~
, , PUNCT , 6 punct
she she PRON PRP 12 nsubj
said say VERB VBD 0 root ~
. . PUNCT . 12 punct

The the DET DT 2 det
{noun} {noun} NOUN NN 5 nsubj
can can AUX MD 5 aux +
not not PART RB 5 advmod
leave leave VERB VB 0 root
{place} {place} PROPN NNP 5 obj B-GPE ~
, , PUNCT , 5 punct
according accord VERB VBG 10 case
to to ADP IN 8 fixed
{first} {first} PROPN NNP 5 obl B-PERSON
{last} {last} PROPN NNP 10 flat I-PERSON ~
. . PUNCT . 5 punct

{first} {first} PROPN NNP 5 nsubj B-PERSON
{last} {last} PROPN NNP 1 flat I-PERSON
is be AUX VBZ 5 cop
the the DET DT 5 det
mayor mayor NOUN NN 0 root
of of ADP IN 7 case
{place} {place} PROPN NNP 5 nmod B-GPE ~
. . PUNCT . 5 punct

He he PRON PRP 2 nsubj
told tell VERB VBD 0 root
reporters reporter NOUN NNS 2 obj
that that SCONJ IN 8 mark
the the DET DT 6 det
{noun} {noun} NOUN NN 8 nsubj
would would AUX MD 8 aux
sail sail VERB VB 2 ccomp
and and CCONJ CC 10 cc
wait wait VERB VB 8 conj
in in ADP IN 12 case
{place} {place} PROPN NNP 10 obl B-GPE ~
. . PUNCT . 2 punct

“ “ PUNCT `` 6 punct ~
The the DET DT 3 det
{noun} {noun} NOUN NN 6 nsubj
is be AUX VBZ 6 cop
so so ADV RB 6 advmod
late late ADJ JJ 0 root ~
, , PUNCT , 6 punct ~
” ” PUNCT '' 6 punct
the the DET DT 10 det
clerk clerk NOUN NN 11 nsubj
added add VERB VBD 6 parataxis
on on ADP IN 13 case
{day} {day} PROPN NNP 11 obl B-DATE ~
. . PUNCT . 6 punct
"""
FILLS = {
    "first": ("Ada", "Leonor", "Bram", "Ines", "Tove", "Idris"),
    "last": ("Marsh", "Okafor", "Lindqvist", "Vance", "Quill"),
    "place": ("Norwell", "Halden", "Lima", "Osaka", "Tarn", "Brest", "Skye"),
    "noun": ("ferry", "boat", "train", "school", "bridge"),
    "day": ("Monday", "Friday", "Sunday"),
}


def conllu(sentences: int, *, skip: int = 0) -> str:
    """Return so many sentences as CoNLL-U, the trees in turn and each time other words."""
    return "\n".join(islice(_sentences(), skip, skip + sentences)) + "\n"


def _sentences() -> Iterator[str]:
    trees = [[line.split() for line in tree.splitlines()] for tree in TREES.split("\n\n")]
    size = max(len(words) for words in FILLS.values())
    for turn, step in product(range(size), range(size)):
        for number, tree in enumerate(trees):
            fill = {
                name: words[(turn + step * place + number) % len(words)]
                for place, (name, words) in enumerate(FILLS.items(), 1)
            }
            yield _sentence(tree, fill)


def _sentence(tree: list[list[str]], fill: dict[str, str]) -> str:
    lines = []
    for number, row in enumerate(tree, 1):
        form, lemma, upos, xpos, head, relation, *rest = (cell.format(**fill) for cell in row)
        if "+" in rest:
            joined = form + tree[number][0]
            after = "SpaceAfter=No" if "~" in tree[number] else "_"
            lines.append("\t".join((f"{number}-{number + 1}", joined, *"_" * 7, after)))
        misc = [f"NER={tag}" for tag in rest if "-" in tag] + ["SpaceAfter=No"] * ("~" in rest)
        columns = (str(number), form, lemma, upos, xpos, "_", head, relation, "_")
        lines.append("\t".join((*columns, "|".join(misc) or "_")))
    return "\n".join(lines) + "\n"
