from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.anchoring import Anchored, Answer, anchor
from quotes.anchoring.pair import MOST_PLACES, Pair
from quotes.spans import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Sequence

OLD = (
    "The harbour board met on Monday, for the third time since the storm.\n\n"
    "“We will not raise the tolls on the old bridge,” Mara Lindqvist said after the meeting. "
    "“Nobody,” she added, “has asked us to.”\n\n"
    "Olaf Brandt, who speaks for the boatmen, was not content with that.\n\n"
    "“Yes,” said Brandt.\n\n"
    "He warned that the fares of the ferry would double before the end of the winter.\n"
)

Quoted = dict[str, Spans]


def spans(*parts: str, text: str = OLD, after: str = "") -> Spans:
    start = text.index(after)
    return tuple(Span(text.index(p, start), text.index(p, start) + len(p)) for p in parts)


TOLLS: Quoted = {
    "content": spans("“We will not raise the tolls on the old bridge,”"),
    "cue": spans("said"),
    "source": spans("Mara Lindqvist"),
}
NOBODY: Quoted = {
    "content": spans("“Nobody,”", "“has asked us to.”"),
    "cue": spans("added"),
    "source": spans("she"),
}
YES: Quoted = {
    "content": spans("“Yes,”"),
    "cue": spans("said", after="“Yes,”"),
    "source": spans("Brandt", after="“Yes,”"),
}
FARES: Quoted = {
    "content": spans("that the fares of the ferry would double before the end of the winter"),
    "cue": spans("warned"),
    "source": spans("He"),
}
ALL = [TOLLS, NOBODY, YES, FARES]


def one(new: str, quotation: Quoted) -> Anchored:
    (found,) = anchor(OLD, new, [quotation])
    return found


def text_at(new: str, places: Spans) -> str:
    return " ".join(new[span.start : span.end] for span in places)


def test_nothing_has_changed() -> None:
    for quotation, found in zip(ALL, anchor(OLD, OLD, ALL), strict=True):
        assert found.answer is Answer.EXACT
        assert found.spans == quotation
        assert found.differences == ()


@given(before=st.text(max_size=60), behind=st.text(max_size=60))
def test_what_is_put_around_a_text_moves_its_quotations(before: str, behind: str) -> None:
    new = f"{before}\n\n{OLD}\n{behind}"
    for quotation, found in zip(ALL, anchor(OLD, new, ALL), strict=True):
        assert found.answer is Answer.MOVED
        assert text_at(new, found.spans["content"]) == text_at(OLD, quotation["content"])


@given(data=st.data())
def test_what_is_said_to_stand_stands(data: st.DataObject) -> None:
    """Whatever is cut, doubled and put in, a quotation that has not changed has its signs.

    White space may come between them: a paragraph cut behind its mark leaves the mark alone.
    """
    pieces = []
    for paragraph in OLD.split("\n\n"):
        cut = data.draw(st.integers(0, len(paragraph)))
        kept = data.draw(st.sampled_from([paragraph, paragraph[:cut], paragraph[cut:], "", "x"]))
        pieces += [kept] * data.draw(st.integers(1, 2))
    new = "\n\n".join(pieces)
    for quotation, found in zip(ALL, anchor(OLD, new, ALL), strict=True):
        if found.answer in (Answer.EXACT, Answer.MOVED):
            for role, places in quotation.items():
                there = text_at(new, found.spans[role])
                assert "".join(there.split()) == "".join(text_at(OLD, places).split())
        if found.answer is Answer.EXACT:
            assert found.spans["content"] == quotation["content"]


def test_other_line_ends_are_no_change() -> None:
    found = one(OLD.replace("on the old", "on\nthe   old"), TOLLS)
    assert (found.answer, found.differences) == (Answer.MOVED, ())


@pytest.mark.parametrize(
    ("was", "now", "role", "kind", "old", "new"),
    [
        ("not raise", "raise", "content", "words", "not", ""),
        ("the old bridge", "the new bridge", "content", "words", "old", "new"),
        ("We will", "WE will", "content", "case", "We", "WE"),
        ("Mara Lindqvist said", "Olaf Brandt said", "source", "words", "Mara Lindqvist", "Olaf"),
        ("Lindqvist said", "Lindqvist denied", "cue", "words", "said", "denied"),
    ],
)
def test_what_has_changed_is_told(
    was: str, now: str, role: str, kind: str, old: str, new: str
) -> None:
    text = OLD.replace(was, now)
    found = one(text, TOLLS)
    assert found.answer is Answer.CHANGED
    difference = found.differences[0]
    assert (difference.role, difference.kind) == (role, kind)
    assert difference.old == old
    assert difference.new.startswith(new)
    if difference.new_span:
        assert text[difference.new_span.start : difference.new_span.end] == difference.new
    assert difference.old_span is not None
    assert OLD[difference.old_span.start : difference.old_span.end] == difference.old


def test_other_marks_are_a_change_of_typography() -> None:
    found = one(OLD.replace("“", '"').replace("”", '"'), TOLLS)
    assert found.answer is Answer.CHANGED
    assert {edit.kind for edit in found.differences} == {"typography"}


@pytest.mark.parametrize("quotation", ALL)
def test_a_content_that_was_cut_is_gone(quotation: Quoted) -> None:
    new = OLD
    for span in reversed(quotation["content"]):
        new = new[: span.start] + new[span.end :]
    assert one(new, quotation).answer is Answer.GONE


def test_a_paragraph_that_stands_elsewhere_is_found_with_its_source() -> None:
    first, *rest = OLD.split("\n\n")
    new = "\n\n".join([rest[0], *rest[1:], first])
    found = one(new, TOLLS)
    assert found.answer is Answer.MOVED
    assert text_at(new, found.spans["source"]) == "Mara Lindqvist"


def test_a_short_answer_is_held_by_what_stands_around_it() -> None:
    found = one("“Yes,” the captain wrote.\n\n" + OLD, YES)
    assert found.answer is Answer.MOVED
    assert found.spans["content"][0].start > 100
    assert one("The vote was a loud “Yes,” with one against.", YES).answer is Answer.AMBIGUOUS


def test_the_same_words_twice_without_their_context_are_ambiguous() -> None:
    words = text_at(OLD, TOLLS["content"])
    new = f"A sign read {words} in red.\n\nThe guide repeats {words} in blue.\n"
    found = one(new, TOLLS)
    assert found.answer is Answer.AMBIGUOUS
    assert {new[span.start : span.end] for span in found.candidates} == {words}
    assert len(found.candidates) == 2


def test_the_same_words_of_somebody_else_are_not_taken_for_those_that_were_cut() -> None:
    cut = "“No,” said the clerk of the boats. "
    kept = "Later the mayor was asked about it. “No,” said the mayor of the old town."
    at = len("The council met in the hall. ")
    first: Quoted = {"content": (Span(at, at + 5),)}
    (found,) = anchor(
        f"The council met in the hall. {cut}{kept}", f"The council met in the hall. {kept}", [first]
    )
    assert found.answer is Answer.GONE


@pytest.mark.parametrize("new", ["", " \n", "Nothing of it is here.", "\u202e\u0000", "“" * 9_000])
def test_odd_texts_hold_nothing(new: str) -> None:
    assert {found.answer for found in anchor(OLD, new, ALL)} == {Answer.GONE}


def test_a_long_text_of_like_lines() -> None:
    line = "“The ferry sails at noon on every day of the week,” said boatman number {}.\n"
    old = "".join(line.format(n) for n in range(2_000))
    new = "".join(line.format(n) for n in range(2_000) if n % 10)
    quotations: list[Quoted] = []
    for n in (500, 501, 999):
        at = old.index(f"number {n}.")
        quotations.append(
            {
                "content": (Span(old.rindex("“", 0, at), old.rindex("”", 0, at) + 1),),
                "source": (Span(at - len("boatman "), at + len(f"number {n}")),),
            }
        )
    gone, *there = anchor(old, new, quotations)
    assert gone.answer in (Answer.GONE, Answer.AMBIGUOUS, Answer.CHANGED)
    for quotation, found in zip(quotations[1:], there, strict=True):
        assert found.answer is Answer.MOVED
        assert text_at(new, found.spans["source"]) == text_at(old, quotation["source"])


def test_words_that_stand_everywhere_are_ambiguous_and_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: list[int] = []
    own = Pair._looked_up

    def counting(self: Pair, keys: Sequence[str]) -> list[range]:
        looked_up.append(len(keys))
        return own(self, keys)

    monkeypatch.setattr(Pair, "_looked_up", counting)
    line = "“It will rain on the harbour again,” Marsh said.\n"
    old, new = line * 300, "Nothing of it stands where it stood.\n" + line[::-1] + line * 299
    quoted = [{"content": (Span(at * len(line), at * len(line) + 36),)} for at in range(0, 300, 7)]
    found = anchor(old, new, quoted)
    assert len(looked_up) <= 2
    assert {one.answer for one in found} <= {Answer.AMBIGUOUS, Answer.MOVED, Answer.EXACT}
    assert all(len(one.candidates) <= MOST_PLACES + 1 for one in found)
