from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.agreement import Agreement
from quotes.verification.compare import Claim, Comparison, compare
from tests.verification.records import record


def compared(source: str, claim: str) -> Comparison:
    return compare(Claim(claim), record(source)["content"])


LONG = "“We sail at noon, come what may, with all hands.”"


@pytest.mark.parametrize(
    ("source", "claim", "rung"),
    [
        ("“We sail at noon, she thinks.”", "We sail at noon", "exact"),
        ("“We sail at noon.”", "“We sail at noon”", "exact"),
        ("“We sail\r\n at noon.”", "We sail at noon", "white space"),
        ("“We sail at noon.”", "We  sail at\u00a0noon", "white space"),
        ("“We’re off — at noon.”", "We're off -- at noon", "typography"),
        ("“The e\ufb03cient \ufb02eet.”", "The efficient fleet", "typography"),
        ("“The cafe\u0301 is ours.”", "The caf\u00e9 is ours", "typography"),
        ("“The fleet … the whole fleet.”", "The fleet ... the whole fleet", "typography"),
        ("“So we sail at noon.”", "We sail at noon", "case"),
        ("“We sail with the NORTHERN fleet.”", "we sail with the Northern fleet", "case"),
        ("“We sail, then, at noon.”", "We sail then at noon", "punctuation"),
        ("“We sail. At noon.”", "We sail at noon", "punctuation"),
        ("“He told us to sail at noon.”", "[H]e told us to sail at noon", "editorial"),
        ("“He told us to sail at noon.”", "[The captain] told us to sail at noon", "editorial"),
        ("“He told us to sail at noon.”", "He told us [the crew] to sail at noon", "editorial"),
        ("“She [the captain] told us to sail.”", "She told us to sail", "editorial"),
        ("“She told [the crew] to sail.”", "She told the crew to sail", "editorial"),
        (
            LONG,
            "We sail at noon … with all hands",
            "editorial",
        ),
        (
            LONG,
            "We sail at noon [...] all hands",
            "editorial",
        ),
        (LONG, "…We sail at noon…", "exact"),
    ],
)
def test_each_rung_names_itself(source: str, claim: str, rung: str) -> None:
    found = compared(source, claim)
    assert found.agreement is Agreement.VERBATIM
    assert found.rung is not None
    assert found.rung.label == rung
    kinds = [difference["kind"] for difference in found.differences]
    assert kinds == ([] if rung == "exact" else [rung])


def test_a_joint_is_a_rung() -> None:
    quote = record("“We sail,”", "“at noon.”")
    found = compare(Claim("We sail at noon"), quote["content"])
    assert found.rung is not None
    assert (found.agreement, found.rung.label) == (Agreement.VERBATIM, "joint")


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("“He told us not to sail at noon.”", "He told us [to] sail at noon"),
        ("“He told us to sail at noon.”", "He told us [not] to sail at noon"),
        ("“Norway told us to sail at noon.”", "[Sweden] told us to sail at noon"),
        ("“It cost two crowns and a day.”", "It cost [many] crowns and a day"),
        ("“We will, whatever they say, not sail at noon.”", "We will … sail at noon"),
        ("“We sail at noon with all hands.”", "with all hands … We sail at noon"),
        ("“It cost 1,500 crowns.”", "It cost 15,00 crowns"),
        ("“It cost 1.5 crowns.”", "It cost 15 crowns"),
        ("“It fell to -5 degrees.”", "It fell to 5 degrees"),
        ("“It cost $5 a day.”", "It cost €5 a day"),
        ("“It grew by 10² metres.”", "It grew by 102 metres"),
        ("“The men re-sign tomorrow.”", "The men resign tomorrow"),
    ],
)
def test_what_is_not_sound_is_not_verbatim(source: str, claim: str) -> None:
    assert compared(source, claim).agreement is not Agreement.VERBATIM


@pytest.mark.parametrize(
    ("source", "claim", "note"),
    [
        ("“We will pay, but only in May.”", "We will pay", "stops before “but”"),
        ("“We will pay unless the court forbids it.”", "We will pay", "stops before “unless”"),
        ("“We will pay if the court asks us to.”", "We will pay", "stops before “if”"),
        ("“I never said that we will pay.”", "we will pay", "“never” stands before"),
        ("“The mayor denied that we had paid.”", "we had paid", "“denied” stands before"),
        ("“There is no evidence that we had paid.”", "we had paid", "“no” stands before"),
    ],
)
def test_what_stands_at_the_edges_is_noted(source: str, claim: str, note: str) -> None:
    found = compared(source, claim)
    assert found.agreement is Agreement.VERBATIM
    assert note in found.note


def test_nothing_is_noted_where_the_sentence_ends() -> None:
    assert compared("“We will pay. But not now. If ever.”", "We will pay").note == ""


SENTENCE = st.lists(
    st.sampled_from(
        [
            "the",
            "bridge",
            "boats",
            "won't",
            "never",
            "1,500",
            "$3.5",
            "twelve",
            "Norway",
            "U.S.",
            "—",
            "may,",
            "sail;",
            "“old”",
            "5%",
            "of",
            "it’s",
            "and",
            "re-open",
            "…",
            "[sic]",
            "May",
            "Tuesday",
            "all",
            "some",
        ]
    ),
    min_size=1,
    max_size=25,
)


@given(SENTENCE)
def test_a_text_is_exactly_itself(words: list[str]) -> None:
    text = " ".join(words)
    claim = Claim(text)
    if claim.words.words:
        found = compare(claim, record(text)["content"])
        assert found.agreement is Agreement.VERBATIM
        assert found.score == 1.0
        assert "[" in text or found.differences == ()


@given(SENTENCE, SENTENCE)
def test_differences_are_where_they_say(words: list[str], others: list[str]) -> None:
    text, start = " ".join(words), 100
    claim = " ".join(others)
    found = compare(Claim(claim), record(text, start=start)["content"])
    for difference in found.differences:
        if (span := difference["claim_span"]) is not None:
            assert claim[span[0] : span[1]] == difference["claim"]
        if (span := difference["source_span"]) is not None:
            assert text[span[0] - start : span[1] - start] == difference["source"]


STATEMENTS = [
    "We will raise the tolls on the old bridge next year",
    "The company treated its sailors badly in the storm",
    "Our farmers deserve a fair price for the milk they sell",
    "I believe the harbour is safe for the northern fleet",
    "The committee asked the bank to lend us more money",
]


@given(st.sampled_from(STATEMENTS), st.sampled_from(["not", "never"]), st.data())
def test_a_negation_put_in_is_never_borne_out(text: str, denial: str, data: st.DataObject) -> None:
    words = text.split()
    at = data.draw(st.integers(1, len(words) - 1))
    claim = " ".join([*words[:at], denial, *words[at:]])
    assert compared(text, claim).agreement not in (Agreement.VERBATIM, Agreement.PARAPHRASE)
    assert compared(claim, text).agreement not in (Agreement.VERBATIM, Agreement.PARAPHRASE)


@given(st.integers(2, 99_999), st.integers(2, 99_999), st.sampled_from(["", "$", "-"]))
def test_another_number_is_never_borne_out(one: int, other: int, sign: str) -> None:
    source = f"The repair of the old bridge cost the town {sign}{one:,} crowns in all"
    claim = f"The repair of the old bridge cost the town {sign}{other:,} crowns in all"
    expected = Agreement.VERBATIM if one == other else Agreement.ALTERED
    assert compared(source, claim).agreement is expected
    report = f"She said repairing the old bridge had cost the town {sign}{other} crowns"
    assert (compared(source, report).agreement is Agreement.PARAPHRASE) is (one == other)
