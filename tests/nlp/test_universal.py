"""UD trees drawn as spaCy draws them: each rule on a tree of its own, and any tree at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.nlp.universal import UniversalWord, convert
from quotes.nlp.universal_labels import LABELS, pos_of, tag_of

RELATIONS = """
acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp clf
compound compound:prt conj cop csubj csubj:outer dep det discourse dislocated expl fixed flat
goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass
nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root vocative xcomp
made:up
"""
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
FORMS = "said that to what Ada , : “ ” May 8 by as according let him is not there 's and"


def words(tree: str) -> list[UniversalWord]:
    """Read a tree, a word a line: form, lemma, universal tag, Penn tag, head (from 1), relation."""
    rows = [line.split() for line in tree.strip().splitlines()]
    return [
        UniversalWord(
            form=form, lemma=lemma, upos=upos, xpos=xpos, head=int(head) - 1, relation=relation
        )
        for form, lemma, upos, xpos, head, relation in rows
    ]


def drawn(tree: str) -> list[str]:
    """Return each word but punctuation as spaCy has it: "label(head, word)"."""
    given = words(tree)
    return [
        f"{arc.label}({given[arc.head].form}, {word.form})"
        for word, arc in zip(given, convert(given), strict=True)
        if arc.label != "punct"
    ]


CASES = {
    "a preposition governs its noun": (
        """
        They they PRON PRP 2 nsubj
        met meet VERB VBD 0 root
        in in ADP IN 5 case
        the the DET DT 5 det
        hall hall NOUN NN 2 obl
        of of ADP IN 8 case
        the the DET DT 8 det
        school school NOUN NN 5 nmod
        """,
        (
            "nsubj(met, They) ROOT(met, met) prep(met, in) det(hall, the) pobj(in, hall) "
            "prep(hall, of) det(school, the) pobj(of, school)"
        ),
    ),
    "according to": (
        """
        Rain rain NOUN NN 2 nsubj
        fell fall VERB VBD 0 root
        according accord VERB VBG 5 case
        to to ADP IN 3 fixed
        Ada Ada PROPN NNP 2 obl
        Marsh Marsh PROPN NNP 5 flat
        """,
        (
            "nsubj(fell, Rain) ROOT(fell, fell) prep(fell, according) prep(according, to) "
            "compound(Marsh, Ada) pobj(to, Marsh)"
        ),
    ),
    "because of": (
        """
        Boats boat NOUN NNS 2 nsubj
        stopped stop VERB VBD 0 root
        because because ADP IN 5 case
        of of ADP IN 3 fixed
        fog fog NOUN NN 2 obl
        """,
        (
            "nsubj(stopped, Boats) ROOT(stopped, stopped) prep(stopped, because) "
            "pcomp(because, of) pobj(because, fog)"
        ),
    ),
    "a noun after a copula": (
        """
        He he PRON PRP 6 nsubj
        has have AUX VBZ 6 aux
        not not PART RB 6 advmod
        been be AUX VBN 6 cop
        the the DET DT 6 det
        mayor mayor NOUN NN 0 root
        of of ADP IN 8 case
        Lima Lima PROPN NNP 6 nmod
        """,
        (
            "nsubj(been, He) aux(been, has) neg(been, not) ROOT(been, been) det(mayor, the) "
            "attr(been, mayor) prep(mayor, of) pobj(of, Lima)"
        ),
    ),
    "an adjective after a copula, in a reported clause": (
        """
        She she PRON PRP 2 nsubj
        said say VERB VBD 0 root
        that that SCONJ IN 7 mark
        it it PRON PRP 7 nsubj
        was be AUX VBD 7 cop
        very very ADV RB 7 advmod
        late late ADJ JJ 2 ccomp
        """,
        (
            "nsubj(said, She) ROOT(said, said) mark(was, that) nsubj(was, it) ccomp(said, was) "
            "advmod(late, very) acomp(was, late)"
        ),
    ),
    "a place after a copula": (
        """
        They they PRON PRP 4 nsubj
        are be AUX VBP 4 cop
        in in ADP IN 4 case
        Lima Lima PROPN NNP 0 root
        """,
        "nsubj(are, They) ROOT(are, are) prep(are, in) pobj(in, Lima)",
    ),
    "a clause after a copula": (
        """
        The the DET DT 2 det
        plan plan NOUN NN 5 nsubj:outer
        is be AUX VBZ 5 cop
        to to PART TO 5 mark
        leave leave VERB VB 0 root
        """,
        "det(plan, The) nsubj(is, plan) ROOT(is, is) aux(leave, to) xcomp(is, leave)",
    ),
    "a passive with its agent": (
        """
        It it PRON PRP 3 nsubj:pass
        was be AUX VBD 3 aux:pass
        closed close VERB VBN 0 root
        by by ADP IN 6 case
        the the DET DT 6 det
        council council NOUN NN 3 obl:agent
        """,
        (
            "nsubjpass(closed, It) auxpass(closed, was) ROOT(closed, closed) agent(closed, by) "
            "det(council, the) pobj(by, council)"
        ),
    ),
    "conjuncts form a chain": (
        """
        Ada Ada PROPN NNP 6 nsubj
        , , PUNCT , 3 punct
        Tove Tove PROPN NNP 1 conj
        and and CCONJ CC 5 cc
        Bram Bram PROPN NNP 1 conj
        left leave VERB VBD 0 root
        """,
        "nsubj(left, Ada) conj(Ada, Tove) cc(Tove, and) conj(Tove, Bram) ROOT(left, left)",
    ),
    "a possessor keeps its mark": (
        """
        Lima Lima PROPN NNP 3 nmod:poss
        's 's PART POS 1 case
        boats boat NOUN NNS 4 nsubj
        sail sail VERB VBP 0 root
        """,
        "poss(boats, Lima) case(Lima, 's) nsubj(sail, boats) ROOT(sail, sail)",
    ),
    "a date": (
        """
        They they PRON PRP 2 nsubj
        met meet VERB VBD 0 root
        on on ADP IN 5 case
        May May PROPN NNP 5 compound
        8 8 NUM CD 2 obl
        2024 2024 NUM CD 5 nmod:unmarked
        """,
        (
            "nsubj(met, They) ROOT(met, met) prep(met, on) pobj(on, May) nummod(May, 8) "
            "nummod(May, 2024)"
        ),
    ),
    "telling somebody something": (
        """
        He he PRON PRP 2 nsubj
        told tell VERB VBD 0 root
        reporters reporter NOUN NNS 2 iobj
        they they PRON PRP 5 nsubj
        won win VERB VBD 2 ccomp
        """,
        "nsubj(told, He) ROOT(told, told) dobj(told, reporters) nsubj(won, they) ccomp(told, won)",
    ),
    "giving somebody something": (
        """
        He he PRON PRP 2 nsubj
        gave give VERB VBD 0 root
        her she PRON PRP 2 iobj
        tea tea NOUN NN 2 obj
        """,
        "nsubj(gave, He) ROOT(gave, gave) dative(gave, her) dobj(gave, tea)",
    ),
    "there is": (
        """
        There there PRON EX 2 expl
        is be VERB VBZ 0 root
        tea tea NOUN NN 2 nsubj
        """,
        "expl(is, There) ROOT(is, is) attr(is, tea)",
    ),
    "what he said": (
        """
        We we PRON PRP 2 nsubj
        know know VERB VBP 0 root
        what what PRON WP 2 obj
        he he PRON PRP 5 nsubj
        said say VERB VBD 3 acl:relcl
        """,
        "nsubj(know, We) ROOT(know, know) dobj(said, what) nsubj(said, he) ccomp(know, said)",
    ),
    "a gerund after a preposition": (
        """
        She she PRON PRP 2 nsubj
        began begin VERB VBD 0 root
        by by SCONJ IN 4 mark
        saying say VERB VBG 2 advcl
        no no INTJ UH 4 obj
        """,
        "nsubj(began, She) ROOT(began, began) prep(began, by) pcomp(by, saying) dobj(saying, no)",
    ),
    "let him go": (
        """
        They they PRON PRP 2 nsubj
        let let VERB VBD 0 root
        him he PRON PRP 2 obj
        go go VERB VB 2 xcomp
        """,
        "nsubj(let, They) ROOT(let, let) nsubj(go, him) ccomp(let, go)",
    ),
    "ask him to go": (
        """
        They they PRON PRP 2 nsubj
        asked ask VERB VBD 0 root
        him he PRON PRP 2 obj
        to to PART TO 5 mark
        go go VERB VB 2 xcomp
        """,
        "nsubj(asked, They) ROOT(asked, asked) dobj(asked, him) aux(go, to) xcomp(asked, go)",
    ),
    "he said, after a statement": (
        """
        It it PRON PRP 3 nsubj
        is be AUX VBZ 3 cop
        late late ADJ JJ 0 root
        , , PUNCT , 6 punct
        he he PRON PRP 6 nsubj
        said say VERB VBD 3 parataxis
        """,
        "nsubj(is, It) ccomp(said, is) acomp(is, late) nsubj(said, he) ROOT(said, said)",
    ),
    "he said, inside a statement": (
        """
        Rain rain NOUN NN 6 nsubj
        , , PUNCT , 4 punct
        he he PRON PRP 4 nsubj
        said say VERB VBD 6 parataxis
        , , PUNCT , 4 punct
        fell fall VERB VBD 0 root
        """,
        "nsubj(fell, Rain) nsubj(said, he) ROOT(said, said) ccomp(said, fell)",
    ),
    "he said: a statement": (
        """
        He he PRON PRP 2 nsubj
        said say VERB VBD 0 root
        : : PUNCT : 5 punct
        Rain rain NOUN NN 5 nsubj
        fell fall VERB VBD 2 parataxis
        """,
        "nsubj(said, He) ROOT(said, said) nsubj(fell, Rain) ccomp(said, fell)",
    ),
    "a second sentence after a semicolon reports nothing": (
        """
        Rain rain NOUN NN 2 nsubj
        fell fall VERB VBD 0 root
        ; ; PUNCT : 5 punct
        boats boat NOUN NNS 5 nsubj
        stopped stop VERB VBD 2 parataxis
        """,
        "nsubj(fell, Rain) ROOT(fell, fell) nsubj(stopped, boats) parataxis(fell, stopped)",
    ),
    "becoming and calling": (
        """
        He he PRON PRP 2 nsubj
        became become VERB VBD 0 root
        mayor mayor NOUN NN 2 xcomp
        and and CCONJ CC 5 cc
        called call VERB VBD 2 conj
        us we PRON PRP 5 obj
        liars liar NOUN NNS 5 xcomp
        """,
        (
            "nsubj(became, He) ROOT(became, became) attr(became, mayor) cc(became, and) "
            "conj(became, called) dobj(called, us) oprd(called, liars)"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_tree_is_drawn_as_spacy_draws_it(name: str) -> None:
    tree, expected = CASES[name]
    assert " ".join(drawn(tree)) == expected


@st.composite
def trees(draw: st.DrawFn) -> list[UniversalWord]:
    """Any tree: a root somewhere, and each other word below one that is in the tree already."""
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(size)))
    heads = {order[0]: -1}
    for place, at in enumerate(order[1:], 1):
        heads[at] = order[draw(st.integers(0, place - 1))]
    return [
        UniversalWord(
            form=draw(st.sampled_from(FORMS.split())),
            lemma=draw(st.sampled_from(["say", "be", "let", "x"])),
            upos=draw(st.sampled_from(UPOS.split())),
            xpos=draw(st.sampled_from(["VBD", "VBG", "TO", "POS", "IN", "WRB", "NNP", "_", ""])),
            head=heads[at],
            relation=draw(st.sampled_from(RELATIONS.split())),
        )
        for at in range(size)
    ]


def assert_sound(given: list[UniversalWord]) -> None:
    arcs = convert(given)
    assert len(arcs) == len(given)
    assert [at for at, arc in enumerate(arcs) if arc.label == "ROOT"] == [
        at for at, arc in enumerate(arcs) if arc.head == at
    ]
    assert sum(arc.head == at for at, arc in enumerate(arcs)) == min(1, len(given))
    assert {arc.label for arc in arcs} <= set(LABELS)
    for at in range(len(arcs)):
        steps = 0
        while arcs[at].head != at:
            at, steps = arcs[at].head, steps + 1
            assert steps <= len(arcs)


@given(trees())
def test_any_tree_becomes_a_tree(given: list[UniversalWord]) -> None:
    assert_sound(given)


@given(trees(), st.lists(st.integers(-3, 20), min_size=14, max_size=14))
def test_what_is_no_tree_becomes_one(given: list[UniversalWord], heads: list[int]) -> None:
    assert_sound(
        [
            UniversalWord(
                form=w.form,
                lemma=w.lemma,
                upos=w.upos,
                xpos=w.xpos,
                head=heads[at],
                relation=w.relation,
            )
            for at, w in enumerate(given)
        ]
    )


def test_nothing_becomes_nothing() -> None:
    assert convert([]) == []


def test_tags_are_spacy_s() -> None:
    assert [tag_of("(", "PUNCT"), tag_of("NN", "NOUN"), tag_of("_", "VERB")] == [
        "-LRB-",
        "NN",
        "VB",
    ]
    (name, when, after) = words(
        """
        Red red ADJ NNP 0 root
        when when ADV WRB 1 advmod
        after after SCONJ IN 1 mark
        """
    )
    assert pos_of(name, "compound") == "PROPN"
    assert pos_of(when, "advmod") == "SCONJ"
    assert [pos_of(after, "prep"), pos_of(after, "mark")] == ["ADP", "SCONJ"]
