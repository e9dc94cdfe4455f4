"""Quotation marks of every style, paired within paragraphs and carried over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.extraction.marks import Marked, marked_passages
from quotes.nlp.paragraphs import paragraphs
from quotes.spans import check_spans

if TYPE_CHECKING:
    from quotes.quotation import Notice

DOUBLE = [*'“”„«»"＂「」『』〝〞', "``", "''"]
SINGLE = [*"'‘’‚‹›＇"]
AROUND = [
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n\r\n",
    ",",
    ".",
    "?",
    "(",
    ")",
    "—",
    "s",
    "a",
    "é",
    "6",
    "90s",
]
WORDS = ["ferry ", "No", "she said", "dockers' ", "it’s ", "Ada"]


def soup(*marks: str) -> st.SearchStrategy[str]:
    """Return texts that are mostly marks, with the characters that decide what a mark is."""
    return st.lists(st.sampled_from([*marks, *marks, *AROUND, *WORDS]), max_size=40).map("".join)


def passages(text: str) -> list[Marked]:
    return marked_passages(text, paragraphs(text))[0]


def notices(text: str) -> list[Notice]:
    return marked_passages(text, paragraphs(text))[1]


def words(text: str) -> list[str]:
    """Return the passages with their marks."""
    return [text[passage.span.start : passage.span.end] for passage in passages(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"),
        ('"', '"'),
        ("«", "»"),
        ("« ", " »"),
        ("«\xa0", "\xa0»"),
        ("„", "“"),
        ("„", "”"),
        ("‘", "’"),
        ("'", "'"),
        ("‹", "›"),
        ("``", "''"),
        ("「", "」"),
        ("『", "』"),
        ("〝", "〞"),
        ("＂", "＂"),
    ],
)
@pytest.mark.parametrize("said", ["The ferry is late,", "Is the ferry late?", "It’s late…"])
def test_every_style_of_marks(opening: str, said: str, closing: str) -> None:
    marked = f"{opening}{said}{closing}"
    text = f"On Monday {marked} she said, and left."
    (passage,) = passages(text)
    assert text[passage.span.start : passage.span.end] == marked
    assert text[passage.inside.start : passage.inside.end].strip() == said
    assert passage.closed
    assert not passage.continues
    assert notices(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(“Yes,”) he said", ["“Yes,”"]),
        ("[“Yes,”] he said", ["“Yes,”"]),
        ("He said—“Yes”—and left.", ["“Yes”"]),
        ("“Yes”, he said.", ["“Yes”"]),
        ('"Yes"; "No"', ['"Yes"', '"No"']),
        ("“A ferry,” she said. “A bridge.”", ["“A ferry,”", "“A bridge.”"]),
        ("The crew (“all volunteers”) left.", ["“all volunteers”"]),
        ('*"Yes,"* he said', ['"Yes,"']),
    ],
)
def test_marks_beside_punctuation(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He called it ‘a gift,’ no more,” she said.", ["‘a gift,’"]),
        ("\"He called it 'a gift,' no more,\" she said.", ["'a gift,'"]),
        ("«He called it ‹a gift,› no more,» she said.", ["‹a gift,›"]),
        ("“‘A gift,’ he called it, or ‘a loan,’” she said.", ["‘A gift,’", "‘a loan,’"]),
        ("“It’s ‘the dockers’ gift,’ isn’t it,” she said.", ["‘the dockers’ gift,’"]),
    ],
)
def test_single_marks_inside_double_ones(text: str, inner: list[str]) -> None:
    (passage,) = passages(text)
    assert text[passage.span.start : passage.span.end] == text[: text.index(" she")]
    assert [text[m.span.start : m.span.end] for m in passage.inner] == inner
    assert all(m.single for m in passage.inner)


def test_double_marks_inside_double_marks_of_another_shape() -> None:
    assert words("«He called it “a gift,” no more,» she said.") == [
        "«He called it “a gift,” no more,»"
    ]
    assert words("“He called it “a gift,” no more,” she said.") == [
        "“He called it “a gift,” no more,”"
    ]


def test_double_marks_inside_single_ones() -> None:
    assert words("‘He called it “a gift,” no more,’ she said.") == [
        "‘He called it “a gift,” no more,’"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It's the dockers' tools, isn't it.",
        "It’s the dockers’ tools, isn’t it.",
        "The ’90s were rock ’n’ roll, and 'twas fine.",
        "The class of '98 sang 'em all.",
        "Ada O’Quill’s ferry and the Marches’ boats",
        "The mast is 6'2\" tall and the board 5'11\".",
        "The mast is 6′2″ tall.",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert words(text) == []
    assert notices(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘It’s the captains’ call,’ he said.", ["‘It’s the captains’ call,’"]),
        ("'The sailors' boats aren't here,' he said.", ["'The sailors' boats aren't here,'"]),
        ("“Don’t,” he said of the dockers’ vote.", ["“Don’t,”"]),
        ('"The mast is 6\'2" tall," he said.', ['"The mast is 6\'2" tall,"']),
        ('"A board of 5\'11" will do," he said.', ['"A board of 5\'11" will do,"']),
    ],
)
def test_apostrophes_and_inches_between_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»"])
@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n"], ids=repr)
def test_a_quotation_that_reopens_in_each_paragraph(opening: str, closing: str, end: str) -> None:
    text = f"{opening}One.{end}{opening}Two.{end}{opening}Three,{closing} she said.{end}Four."
    found = passages(text)
    assert words(text) == [f"{opening}One.", f"{opening}Two.", f"{opening}Three,{closing}"]
    assert [passage.continues for passage in found] == [False, True, True]
    assert [passage.closed for passage in found] == [False, False, True]
    assert notices(text) == []


def test_a_new_quotation_after_a_closed_one_continues_nothing() -> None:
    found = passages("“One,” she said.\n\n“Two,” he said.")
    assert [passage.continues for passage in found] == [False, False]


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»"])
def test_a_mark_that_never_closes_ends_with_its_paragraph(opening: str, closing: str) -> None:
    before = "Ada Marsh spoke first. "
    text = (
        f"{before}{opening}We waited nine years. \n\nThe clerk wrote {opening}nine{closing} down."
    )
    assert words(text) == [f"{opening}We waited nine years.", f"{opening}nine{closing}"]
    (notice,) = notices(text)
    assert notice.start == len(before)
    assert "close" in notice.message
    assert [passage.closed for passage in passages(text)] == [False, True]


def test_a_mark_left_open_ends_where_the_next_one_opens() -> None:
    text = "“We waited. “No more,” she said."
    assert words(text) == ["“We waited.", "“No more,”"]
    assert [notice.start for notice in notices(text)] == [0]


def test_a_mark_open_at_the_end_of_the_text() -> None:
    text = "She rose. “We waited nine years"
    assert words(text) == ["“We waited nine years"]
    assert [notice.start for notice in notices(text)] == [10]


def test_several_unclosed_marks_have_a_notice_each() -> None:
    text = "“One.\n\nA line.\n\n“Two.\n\nA line.\n\n“Three."
    assert [text[notice.start :][:4] for notice in notices(text)] == ["“One", "“Two", "“Thr"]


def test_notices_come_in_order_of_their_places() -> None:
    text = "“One. “Two. “Three.\n\nA line.\n\n“Four."
    starts = [notice.start for notice in notices(text)]
    assert starts == sorted(starts)
    assert len(starts) == 4


@pytest.mark.parametrize("text", ["“”", '""', "“ ”", "''", "«»", "“", "”", "'", '"', "“““", "”””"])
def test_marks_around_nothing(text: str) -> None:
    for passage in passages(text):
        assert text[passage.span.start : passage.span.end].strip()


def check_law(text: str) -> None:
    """Fail unless passages are in order and each in one paragraph, with what is inside it."""
    around = paragraphs(text)
    found, noticed = marked_passages(text, around)
    assert [p.span.start for p in found] == sorted(p.span.start for p in found)
    for passage in found:
        assert any(passage.span.within(paragraph) for paragraph in around)
        assert passage.inside.within(passage.span)
        check_spans(len(text), [m.span for m in passage.inner])
        assert all(m.span.within(passage.span) for m in passage.inner)
    openings = {passage.span.start for passage in found if not passage.closed}
    assert {notice.start for notice in noticed} <= openings
    assert len({notice.start for notice in noticed}) == len(noticed)


@given(soup(*DOUBLE, *SINGLE))
@example("‘He called it “a gift,” no more,’ she said.")
@example("“" * 30 + "”" * 30)
@example("'" * 41)
def test_no_mixture_of_marks_breaks_the_order(text: str) -> None:
    check_law(text)


@given(soup(*DOUBLE))
def test_passages_in_double_marks_are_apart(text: str) -> None:
    check_spans(len(text), [passage.span for passage in passages(text)])


# Two straight single marks in a row are a double one.
@given(soup(*SINGLE).filter(lambda text: "''" not in text))
def test_passages_in_single_marks_are_apart(text: str) -> None:
    check_spans(len(text), [passage.span for passage in passages(text)])


@given(soup(*DOUBLE, *SINGLE))
def test_a_passage_that_is_not_closed_is_reported_or_goes_on(text: str) -> None:
    found, noticed = marked_passages(text, paragraphs(text))
    reported = {notice.start for notice in noticed}
    for place, passage in enumerate(found):
        if passage.closed or passage.single:
            continue
        following = [p for p in found[place + 1 :] if p.span.start >= passage.span.end]
        goes_on = bool(following) and following[0].continues
        assert goes_on or passage.span.start in reported


@given(soup(*DOUBLE, *SINGLE))
def test_what_continues_opens_its_paragraph(text: str) -> None:
    starts = {paragraph.start for paragraph in paragraphs(text)}
    for passage in passages(text):
        if passage.continues:
            assert passage.span.start in starts


@given(st.text("abc dé", max_size=30), st.sampled_from(["“”", '""', "«»", "「」"]))
def test_a_pair_around_words_is_found_whatever_the_words(told: str, pair: str) -> None:
    if not told.strip() or told != told.strip():
        return
    text = f"She said {pair[0]}{told}.{pair[1]} and left."
    assert words(text) == [f"{pair[0]}{told}.{pair[1]}"]
