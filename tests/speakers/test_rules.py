"""The rule resolver on a real parse: whom each kind of source mention leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.quotation import Attribution, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.speakers.rules import RuleResolver

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model

RALLY = (
    "Governor Ada Marsh opened the bridge at Norwell on Monday.\n\n"
    "Marsh said the bridge would last a century. She added that the tolls would fall next year. "
    "The governor promised a second bridge.\n\n"
    "Oliver Brandt, head of the Harbour Workers Union (HWU), doubted the figures. "
    "Brandt told reporters that the steel was late. He warned of strikes. "
    "The HWU said its members would vote on Friday.\n"
)


def names(found: list[Attribution | None]) -> list[str | None]:
    return [attribution.name if attribution else None for attribution in found]


def test_names_pronouns_titles_and_abbreviations(resolve: Resolve) -> None:
    found = resolve(
        RALLY,
        ("Marsh@2", "the bridge would last a century"),
        ("She", "that the tolls would fall next year"),
        ("The governor", "a second bridge"),
        ("Oliver Brandt, head of the Harbour Workers Union (HWU),", "the figures"),
        ("Brandt@2", "that the steel was late"),
        ("He@1", "of strikes"),
        ("The HWU", "its members would vote on Friday"),
    )
    assert names(found) == [
        "Ada Marsh",
        "Ada Marsh",
        "Ada Marsh",
        "Oliver Brandt",
        "Oliver Brandt",
        "Oliver Brandt",
        "Harbour Workers Union",
    ]


def test_methods_tell_how(resolve: Resolve) -> None:
    found = resolve(
        RALLY,
        ("Marsh@2", "the bridge would last a century"),
        ("She", "that the tolls would fall next year"),
        ("The governor", "a second bridge"),
        ("The HWU", "its members would vote on Friday"),
    )
    assert [a.method for a in found if a] == ["surname", "coreference", "title", "abbreviation"]


def test_the_chain_leads_from_the_mention_to_the_name(resolve: Resolve) -> None:
    (found,) = resolve(RALLY, ("She", "that the tolls would fall next year"))
    assert found is not None
    assert [(step.text, step.relation) for step in found.evidence] == [
        ("She", "source"),
        ("Marsh", "pronoun"),
        ("Ada Marsh", "surname"),
    ]
    assert found.aliases == ("Marsh",)


@pytest.mark.parametrize(
    ("text", "source", "content", "name", "kind"),
    [
        (
            "Prime Minister Ishiba Shigeru met farmers. Ishiba said rice would be cheaper soon.",
            "Ishiba@2",
            "rice would be cheaper soon",
            "Ishiba Shigeru",
            "person",
        ),
        (
            "Her campaign manager, Tom Ashby, said the tour was over.",
            "Her campaign manager, Tom Ashby,",
            "the tour was over",
            "Tom Ashby",
            "person",
        ),
        (
            "Four people with knowledge of the talks said the deal was near.",
            "Four people with knowledge of the talks",
            "the deal was near",
            "Four people with knowledge of the talks",
            "group",
        ),
        (
            "A senior official, who asked not to be named, said the deal was near.",
            "A senior official, who asked not to be named,",
            "the deal was near",
            "senior official",
            "unnamed",
        ),
        (
            "Critics said the deal was late.",
            "Critics",
            "the deal was late",
            "Critics",
            "group",
        ),
        (
            "Reuters reported that the deal was near.",
            "Reuters",
            "that the deal was near",
            "Reuters",
            "organisation",
        ),
        (
            "Ada Marsh won. Marsh’s office said the count was final.",
            "Marsh’s office",
            "the count was final",
            "Marsh’s office",
            "organisation",
        ),
        (
            "China, which often complains of the bases, said the drill was a threat.",
            "which",
            "of the bases",
            "China",
            "organisation",
        ),
        (
            "Ada Marsh and Oliver Brandt said the vote was fair.",
            "Ada Marsh and Oliver Brandt",
            "the vote was fair",
            "Ada Marsh and Oliver Brandt",
            "group",
        ),
        (
            "Sen. Ada Marsh (D-Ohio) said the vote was fair.",
            "Sen. Ada Marsh (D-Ohio)",
            "the vote was fair",
            "Ada Marsh",
            "person",
        ),
        (
            "Chief of police Oliver Brandt said the road was shut.",
            "Chief of police Oliver Brandt",
            "the road was shut",
            "Oliver Brandt",
            "person",
        ),
    ],
)
def test_one_source(
    resolve: Resolve, text: str, source: str, content: str, name: str, kind: str
) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert (found.name, found.kind) == (name, SpeakerKind(kind))


def test_two_people_of_one_surname_stay_apart(resolve: Resolve) -> None:
    text = (
        "Mr. Paul Reeve and Ms. Nora Reeve both ran for mayor of Norwell. "
        "Ms. Reeve said the harbour needed money. Mr. Reeve said the harbour needed time."
    )
    found = resolve(
        text,
        ("Ms. Reeve", "the harbour needed money"),
        ("Mr. Reeve", "the harbour needed time"),
    )
    assert names(found) == ["Nora Reeve", "Paul Reeve"]


def test_the_elder_and_the_younger(resolve: Resolve) -> None:
    text = (
        "John Marsh Sr. said that the pier was closed. "
        "His son, John Marsh Jr., said that it was open. "
        "“I know,” the elder Marsh said. “I know better,” the younger Marsh said. "
        "“Who cares,” Marsh said."
    )
    found = resolve(
        text,
        ("the elder Marsh", "“I know,”"),
        ("the younger Marsh", "“I know better,”"),
        ("Marsh@5", "“Who cares,”"),
    )
    assert names(found) == ["John Marsh Sr.", "John Marsh Jr.", None]


def test_somebody_with_the_name_of_a_place(resolve: Resolve) -> None:
    text = (
        "Washington said that the law was clear.\n\n"
        "In Washington, the talks went on. Denise Washington, a surgeon, said the vote was late. "
        "“We will wait,” Washington said.\n\n"
        "Washington warned that sanctions would follow."
    )
    found = resolve(
        text,
        ("Washington", "that the law was clear"),
        ("Washington@4", "“We will wait,”"),
        ("Washington@5", "that sanctions would follow"),
    )
    assert names(found) == ["Washington", "Denise Washington", "Washington"]


def test_what_is_too_long_to_be_a_name_is_nobody(resolve: Resolve) -> None:
    long = " ".join(["Ada Marsh Roe"] * 100)
    assert names(resolve(f"{long} said that it rained.", (long, "that it rained"))) == [None]


def test_an_open_surname_is_nobody(resolve: Resolve) -> None:
    text = (
        "Paul Reeve and Nora Reeve both ran for mayor of Norwell. "
        "Reeve said the harbour needed money."
    )
    assert names(resolve(text, ("Reeve@3", "the harbour needed money"))) == [None]


def test_pronouns_keep_to_the_gender_that_the_text_shows(resolve: Resolve) -> None:
    text = (
        "Mrs. Nora Reeve met Mr. Paul Dorn in Norwell. She said the harbour was full. "
        "He said the harbour was empty."
    )
    found = resolve(text, ("She", "the harbour was full"), ("He@1", "the harbour was empty"))
    assert names(found) == ["Nora Reeve", "Paul Dorn"]


def test_labels_of_a_transcript(resolve: Resolve) -> None:
    text = (
        "Noon Radio Editor (NRE): Welcome, Dr. Hanna Veld!\n"
        "Dr. Hanna Veld (HV): Glad to be here!\n"
        "NRE: What is new!\n"
        "HV: Not much!\n"
        "MODERATOR: Please go on!\n"
        "VELD: Thanks to all!\n"
    )
    found = resolve(
        text,
        ("Noon Radio Editor (NRE)", "Welcome, Dr. Hanna Veld!"),
        ("Dr. Hanna Veld (HV)", "Glad to be here!"),
        ("NRE@2", "What is new!"),
        ("HV@2", "Not much!"),
        ("MODERATOR", "Please go on!"),
        ("VELD", "Thanks to all!"),
    )
    assert names(found) == [
        "Noon Radio Editor",
        "Hanna Veld",
        "Noon Radio Editor",
        "Hanna Veld",
        "Moderator",
        "Hanna Veld",
    ]
    methods = [attribution.method for attribution in found if attribution]
    assert methods[1:] == ["name", "abbreviation", "abbreviation", "label", "label"]


def test_the_first_person_inside_a_quotation_is_its_speaker(resolve: Resolve) -> None:
    text = "“I said the pier was unsafe,” Ada Marsh told the court."
    found = resolve(
        text, ("Ada Marsh", "“I said the pier was unsafe,”"), ("I", "the pier was unsafe")
    )
    assert names(found) == ["Ada Marsh", "Ada Marsh"]


def test_a_second_quotation_goes_on_with_the_speaker(resolve: Resolve) -> None:
    text = "“The pier is unsafe,” Ada Marsh said. “Nobody should walk on it.”\n\n“So what?”"
    found = resolve(
        text,
        ("Ada Marsh", "“The pier is unsafe,”"),
        (None, "“Nobody should walk on it.”"),
        (None, "“So what?”"),
    )
    assert names(found) == ["Ada Marsh", "Ada Marsh", None]
    assert found[1] is not None
    assert found[1].method == "speaker-continues"


def test_words_in_marks_go_on_with_whom_their_paragraph_reports(resolve: Resolve) -> None:
    text = "Ada Marsh said the pier was unsafe. “Nobody should walk on it.”"
    found = resolve(
        text, ("Ada Marsh", "the pier was unsafe"), (None, "“Nobody should walk on it.”")
    )
    assert names(found) == ["Ada Marsh", "Ada Marsh"]


def test_someone_unnamed_is_taken_up_again(resolve: Resolve) -> None:
    text = (
        "A harbour pilot said the fog was thick. The pilot said no ship had sunk. "
        "He said the lamps were lit."
    )
    found = resolve(
        text,
        ("A harbour pilot", "the fog was thick"),
        ("The pilot", "no ship had sunk"),
        ("He", "the lamps were lit"),
    )
    assert names(found) == ["harbour pilot"] * 3
    assert [a.kind for a in found if a] == [SpeakerKind.UNNAMED] * 3


def test_the_order_of_the_quotations_is_kept(resolve: Resolve) -> None:
    found = resolve(RALLY, ("He@1", "of strikes"), ("She", "that the tolls would fall next year"))
    assert names(found) == ["Oliver Brandt", "Ada Marsh"]


SOUP = (
    "Ada Marsh Marsh’s he She they I which ( ) , . : “ ” said the governor officials of (AM) "
    "REEVE: - it 12 é 石破茂 Mr. and"
)
WORDS = st.sampled_from([*SOUP.split(), "\n", "\n\n"])


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(WORDS, min_size=1, max_size=40), data=st.data())
def test_any_source_in_any_text_is_met(
    parser: Parser, words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30)).map(
        lambda pair: Span(pair[0], min(len(text), pair[0] + pair[1]))
    )
    quotations = [
        Quotation(
            kind=data.draw(st.sampled_from(Kind)),
            content=(data.draw(spans),),
            source=data.draw(st.one_of(st.just(()), spans.map(lambda span: (span,)))),
        )
        for _ in range(data.draw(st.integers(0, 5)))
    ]
    resolved = RuleResolver().resolve(parser.parse(text), quotations)
    assert [q.content for q in resolved] == [q.content for q in quotations]
    for quotation in resolved:
        if quotation.attribution is None:
            continue
        chain = quotation.attribution.evidence
        assert quotation.attribution.name.strip()
        assert chain[0].relation in {"source", "speaker-continues"}
        assert all(text[step.start : step.end] == step.text for step in chain)
        if quotation.source:
            assert (chain[0].start, chain[0].end) == (
                quotation.source[0].start,
                quotation.source[0].end,
            )


def test_nothing_comes_of_nothing(parser: Parser) -> None:
    assert RuleResolver().resolve(parser.parse(""), []) == ()


def test_the_manager_of_someone_unnamed(resolve: Resolve) -> None:
    text = "A harbour pilot said the fog was thick. His manager said the lamps were lit."
    found = resolve(
        text, ("A harbour pilot", "the fog was thick"), ("His manager", "the lamps were lit")
    )
    assert names(found) == ["harbour pilot", "His manager"]


def test_a_plural_before_a_name_is_not_the_name(resolve: Resolve) -> None:
    text = "Supporters of the former mayor Paul Reeve said the count was wrong."
    found = resolve(text, ("Supporters of the former mayor Paul Reeve", "the count was wrong"))
    assert [(a.name, a.kind) for a in found if a] == [
        ("Supporters of the former mayor Paul Reeve", SpeakerKind.GROUP)
    ]


def test_two_surnames_behind_a_title_take_their_given_name(resolve: Resolve) -> None:
    text = (
        "Harbor Committee Chair Debbie Febo Marsh said the count was over. "
        "Febo Marsh said she would wait."
    )
    found = resolve(
        text,
        ("Harbor Committee Chair Debbie Febo Marsh", "the count was over", "said"),
        ("Febo Marsh@2", "she would wait", "said@2"),
    )
    assert [a.name if a else None for a in found] == ["Debbie Febo Marsh"] * 2
