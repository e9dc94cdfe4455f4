"""Quotations: their four roles, their hull, and the check that each passes before it is stored."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from quotes.errors import OffsetError
from quotes.quotation import Act, Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span

TEXT = "“The ferry is late,” Ada Marsh told the islanders. “It always is.”"
SPLIT = Quotation(
    kind=Kind.DIRECT,
    content=(Span(0, 20), Span(51, 66)),
    cue=(Span(31, 35),),
    source=(Span(21, 30),),
    addressee=(Span(36, 49),),
)


def test_the_words_of_each_role() -> None:
    words = {role: [TEXT[s.start : s.end] for s in spans] for role, spans in SPLIT.roles()}
    assert words == {
        "content": ["“The ferry is late,”", "“It always is.”"],
        "cue": ["told"],
        "source": ["Ada Marsh"],
        "addressee": ["the islanders"],
    }
    assert SPLIT.text(TEXT) == "“The ferry is late,” “It always is.”"
    assert SPLIT.hull == Span(0, 66)
    SPLIT.check(TEXT)


def test_what_nobody_says_is_left_open() -> None:
    bare = Quotation(kind=Kind.DIRECT, content=(Span(0, 20),))
    assert (bare.cue, bare.source, bare.addressee) == ((), (), ())
    assert (bare.act, bare.attribution, bare.confidence) == (Act.SPEECH, None, None)
    bare.check(TEXT)


@pytest.mark.parametrize("role", ["content", "cue", "source", "addressee"])
@pytest.mark.parametrize(
    "spans",
    [(Span(60, 67),), (Span(51, 66), Span(0, 20)), (Span(0, 20), Span(19, 30))],
    ids=["past the end", "out of order", "overlapping"],
)
def test_a_span_that_does_not_fit_is_refused_in_any_role(
    role: str, spans: tuple[Span, ...]
) -> None:
    changed: dict[str, tuple[Span, ...]] = {"content": SPLIT.content, role: spans}
    with pytest.raises(OffsetError):
        Quotation(
            kind=Kind.DIRECT,
            content=changed["content"],
            cue=changed.get("cue", ()),
            source=changed.get("source", ()),
            addressee=changed.get("addressee", ()),
        ).check(TEXT)


@pytest.mark.parametrize(("start", "end"), [(22, 31), (-46, -37), (21, 99)])
def test_evidence_that_does_not_stand_there_is_refused(start: int, end: int) -> None:
    step = Evidence(text="Ada Marsh", start=start, end=end, relation="source")
    named = Attribution(name="Ada Marsh", kind=SpeakerKind.PERSON, method="name", evidence=(step,))
    with pytest.raises(OffsetError, match="Ada Marsh"):
        replace(SPLIT, attribution=named).check(TEXT)
    sound = replace(named, evidence=(replace(step, start=21, end=30),))
    replace(SPLIT, attribution=sound).check(TEXT)


def test_a_quotation_of_no_words_is_refused() -> None:
    with pytest.raises(OffsetError):
        replace(SPLIT, content=()).check(TEXT)


def test_a_quotation_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        SPLIT.kind = Kind.MIXED  # type: ignore[misc]  # that it is refused is what is tested


def test_the_values_that_are_stored_are_plain_words() -> None:
    assert [str(kind) for kind in Kind] == ["direct", "mixed", "indirect"]
    assert [str(act) for act in Act] == ["speech", "writing", "thought"]
    assert [str(k) for k in SpeakerKind] == ["person", "organisation", "group", "unnamed"]
