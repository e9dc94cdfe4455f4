from __future__ import annotations

import re
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from quotes.links.fragment import Directive, _Page, find, with_text_fragment
from quotes.spans import Span

URL = "https://example.org/story"


def fragment_of(text: str, words: str, *, occurrence: int = 0) -> str:
    starts = [m.start() for m in re.finditer(re.escape(words), text)]
    span = Span(starts[occurrence], starts[occurrence] + len(words))
    return with_text_fragment(URL, text, (span,)).removeprefix(URL)


def parsed(fragment: str) -> Directive:
    """Read a directive as the specification has it."""
    terms = fragment.removeprefix("#:~:text=").split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""
    start, end = [*terms, ""][:2]
    return Directive(
        start=unquote(start), end=unquote(end), prefix=unquote(prefix), suffix=unquote(suffix)
    )


def test_a_passage_that_stands_once_is_its_own_term() -> None:
    assert fragment_of("The bridge opens in May.", "opens in May") == "#:~:text=opens%20in%20May"


def test_the_characters_of_the_syntax_are_encoded() -> None:
    words = "long-term, 5% & “more”"
    assert fragment_of(f"A {words} plan.", words) == (
        "#:~:text=long%2Dterm%2C%205%25%20%26%20%E2%80%9Cmore%E2%80%9D"
    )


def test_a_passage_that_stands_twice_gets_what_stands_before_it() -> None:
    text = "Ada said yes. Then Bo said yes too."
    assert fragment_of(text, "yes", occurrence=0) == "#:~:text=yes"
    assert fragment_of(text, "yes", occurrence=1) == "#:~:text=said-,yes,-too."


def test_case_does_not_tell_two_passages_apart() -> None:
    assert fragment_of("YES we can. Oh yes!", "yes") == "#:~:text=Oh-,yes"


def test_a_passage_over_lines_is_a_range() -> None:
    words = "“We sail at noon.\n\nNobody else sails before the evening.”"
    assert fragment_of(f"She said: {words} He left.", words) == (
        "#:~:text=%E2%80%9CWe%20sail%20at%20noon.,sails%20before%20the%20evening.%E2%80%9D"
    )


def test_spans_are_directives_of_one_fragment() -> None:
    text = "“A plan,” she said, “for all.”"
    url = with_text_fragment(URL + "#top", text, (Span(0, 9), Span(20, 30)))
    assert url == (
        URL + "#top:~:text=%E2%80%9CA%20plan%2C%E2%80%9D&text=%E2%80%9Cfor%20all.%E2%80%9D"
    )


def test_white_space_alone_has_no_fragment() -> None:
    assert with_text_fragment(URL, "a  b", (Span(1, 3),)) == URL


LINES = st.lists(st.sampled_from(["Yes", "we", "go-", "“sail,”", "at", "é"]), min_size=1).map(
    " ".join
)


@given(st.lists(LINES, min_size=1, max_size=4).map("\n".join), st.data())
def test_the_directive_leads_to_the_passage(text: str, data: st.DataObject) -> None:
    # A text with an end of its own, so that every passage can be told from every other.
    text = f"Start {text} end."
    words = [m.span() for m in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = Span(words[first][0], words[last][1])
    fragment = with_text_fragment(URL, text, (span,)).removeprefix(URL)
    found = find(re.sub(r"\s+", " ", text).lower(), parsed(fragment))
    assert found is not None
    page = re.sub(r"\s+", " ", text)
    if len(words) < 20 and "\n" not in text:
        assert page[slice(*found)] == text[span.start : span.end]
        assert found[0] == span.start


def test_a_passage_is_found_among_its_likes() -> None:
    text = "\n".join(f"{n} boats sail at noon" for n in ("Two", "Six", "Ten"))
    assert fragment_of(text, "boats sail", occurrence=1) == "#:~:text=Six-,boats%20sail"


def test_a_word_that_is_cut_is_named_whole() -> None:
    cut = fragment_of("The boatmen were not content.", "oatmen were no")
    assert parsed(cut) == Directive(start="boatmen were not")
    assert parsed(fragment_of("橋は五月に開きます。", "五月")) == Directive(start="五月")


def test_what_stands_before_and_after_is_read_no_further_than_it_is_wanted() -> None:
    # Words, a line's edges and the text's, at every distance that a look back may end at.
    for gap in (1, 15, 16, 17, 47, 48, 49, 700):
        line = f"{'y' * gap} one two “it rained” three{' ' * gap}four"
        text = f"first {'x' * gap} last\n  {line}\r\nfive"
        page = _Page(text)
        passage = Span(text.index("“"), text.index("”") + 1)
        assert page._before(passage, 2) == "one two"
        assert page._before(passage, 3) == page._before(passage, 21) == f"{'y' * gap} one two"
        assert page._after(passage, 1) == "three"
        assert page._after(passage, 8) == "three four"
        assert page._before(Span(0, 5), 3) == ""
        assert page._after(Span(len(text) - 4, len(text)), 3) == ""
