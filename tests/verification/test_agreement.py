"""Tables of a source's words, a claim, and how they stand to each other; all of our own making."""

from __future__ import annotations

import pytest

from quotes.verification.agreement import Agreement
from quotes.verification.changes import MATTERS
from quotes.verification.compare import Claim, Comparison, compare
from tests.verification.records import record

SPEAKER = frozenset({"mara", "lindqvist"})


def compared(source: str, claim: str) -> Comparison:
    return compare(Claim(claim), record(source)["content"], speaker=SPEAKER)


TOLLS = "“We will not raise the tolls on the old bridge before the end of next year.”"
FERRY = "“I believe the ferry company has treated its 240 sailors badly since March 2019.”"
HARBOUR = (
    "“The harbour is safe, all of our boats came back on Tuesday, and Norway has promised us "
    "three new tugs.”"
)
SCHOOLS = "“Most parents support the plan, but some teachers may leave if the schools close.”"

# source, claim, the class that must be among those that matter
MINIMAL_EDITS = [
    (TOLLS, "We will raise the tolls on the old bridge before the end of next year.", "negation"),
    (TOLLS, "We will raise the tolls on the old bridge.", "negation"),
    (TOLLS, "We will not raise the tolls on the old bridge after the end of next year.", "antonym"),
    (
        TOLLS,
        "We will not lower the tolls on the old bridge before the end of next year.",
        "antonym",
    ),
    (
        TOLLS,
        "We will not raise the tolls on the new bridge before the end of next year.",
        "antonym",
    ),
    (TOLLS, "We may not raise the tolls on the old bridge before the end of next year.", "modal"),
    (TOLLS, "We must not raise the tolls on the old bridge before the end of next year.", "modal"),
    (
        TOLLS,
        "We will not raise the tolls on the old tunnel before the end of next year.",
        "changed",
    ),
    (TOLLS, "We will not raise the bridge before the end of next year.", "dropped"),
    (FERRY, "I believe the ferry company has not treated its 240 sailors badly", "negation"),
    (
        FERRY,
        "I believe the ferry company has treated its 420 sailors badly since March 2019.",
        "number",
    ),
    (
        FERRY,
        "I believe the ferry company has treated its 24 sailors badly since March 2019.",
        "number",
    ),
    (
        FERRY,
        "I believe the ferry company has treated its 240 sailors badly since March 2018.",
        "date",
    ),
    (
        FERRY,
        "I believe the ferry company has treated its 240 sailors badly since May 2019.",
        "date",
    ),
    (FERRY, "I believe the ferry company has treated its 240 sailors well since March 2019.", ""),
    (FERRY, "I believe the ferry company has treated all its 240 sailors badly", "quantifier"),
    (FERRY, "I believe the ferry company has treated its 240 foreign sailors badly", "inserted"),
    (FERRY, "I believe the company has treated its 240 sailors badly since March 2019.", "dropped"),
    (FERRY, "I don't believe the ferry company has treated its 240 sailors badly", "negation"),
    (HARBOUR, "The harbour is unsafe, all of our boats came back on Tuesday", "antonym"),
    (HARBOUR, "The harbour is not safe, all of our boats came back on Tuesday", "negation"),
    (HARBOUR, "The harbour is dangerous, all of our boats came back on Tuesday", "antonym"),
    (HARBOUR, "The harbour is safe, some of our boats came back on Tuesday", "quantifier"),
    (HARBOUR, "The harbour is safe, none of our boats came back on Tuesday", ""),
    (HARBOUR, "The harbour is safe, all of our boats came back on Thursday", "date"),
    (HARBOUR, "Sweden has promised us three new tugs", "name"),
    (HARBOUR, "Norway has promised us four new tugs", "number"),
    (HARBOUR, "Norway has promised us thirteen new tugs", "number"),
    (HARBOUR, "Norway has promised us three old tugs", "antonym"),
    (HARBOUR, "Norway has refused us three new tugs", ""),
    (SCHOOLS, "Most parents oppose the plan", "antonym"),
    (SCHOOLS, "All parents support the plan", "quantifier"),
    (SCHOOLS, "Few parents support the plan", "quantifier"),
    (SCHOOLS, "some teachers will leave if the schools close", "modal"),
    (SCHOOLS, "some teachers may not leave if the schools close", "negation"),
    (SCHOOLS, "many teachers may leave if the schools close", "quantifier"),
    (SCHOOLS, "some teachers may leave if the schools open", "antonym"),
    ("“It cost us two hundred thousand crowns.”", "It cost us two hundred crowns.", "number"),
    ("“It cost us $3.5 million.”", "It cost us $35 million.", "number"),
    ("“It cost us $3.5 million.”", "It cost us $3.5 billion.", "number"),
    ("“It cost us 3.5 million dollars.”", "It cost us 3.5 million euros.", "number"),
    ("“Fares rise by 12 percent in June.”", "Fares fall by 12 percent in June.", "antonym"),
    (
        "“The market closes at eleven on weeknights.”",
        "The market closes at eleven on weekends",
        "changed",
    ),
    ("“I was a poor violist, and it made me patient.”", "I was a poor cellist", "changed"),
    (
        "“Nine in ten parents opposed the timetable.”",
        "Nine out of ten parents supported the schedule",
        "",
    ),
    (
        "“No lamps of the harbour had been found in the mud.”",
        "The harbour's lamps were found in the mud",
        "negation",
    ),
    (
        "“I voted for the first ferry and against the second.”",
        "I voted against the first ferry and for the second one",
        "",
    ),
    ("“Do not run, do not shout, and do not feed the gulls.”", "do feed the gulls", ""),
    ("“Fares rise by 12 percent in June.”", "Fares rise by 21 percent in June.", "number"),
    ("“Fares rise by 12 percent in June.”", "Fares rise by 12 percent in July.", "date"),
    (
        "“The minister never met Mr. Stroud in Lisbon.”",
        "The minister met Mr. Stroud in Lisbon.",
        "negation",
    ),
    (
        "“The minister never met Mr. Stroud in Lisbon.”",
        "The minister never met Mr. Stroud in Madrid.",
        "name",
    ),
    (
        "“The minister never met Mr. Stroud in Lisbon.”",
        "The minister never met Mr. Brand in Lisbon.",
        "name",
    ),
    (
        "“Norway must help Denmark with the cable.”",
        "Denmark must help Norway with the cable.",
        "name",
    ),
    (
        "“Only two of the cranes failed the test.”",
        "All two of the cranes failed the test.",
        "quantifier",
    ),
    (
        "“Today only two of the cranes failed the test.”",
        "Today two of the cranes failed the test.",
        "quantifier",
    ),
    (
        "“We can’t promise that the dam will hold.”",
        "We can promise that the dam will hold.",
        "negation",
    ),
    ("“The dam might hold through the winter.”", "The dam will hold through the winter.", "modal"),
    ("“The dam will hold through the winter.”", "The dam should hold through the winter.", "modal"),
    ("“I always told the board the truth.”", "I never told the board the truth.", ""),
    ("“I always told the board the truth.”", "I sometimes told the board the truth.", "quantifier"),
    ("“The pilot failed to warn the crew.”", "The pilot warned the crew.", "negation"),
    ("“More ships than ever use the canal.”", "Fewer ships than ever use the canal.", ""),
    ("“At least nine barges sank in the storm.”", "At most nine barges sank in the storm.", ""),
]

PARAPHRASES = [
    (TOLLS, "The tolls on the old bridge would not go up before the end of next year, she said."),
    (
        "“I think that, with winter so near, the council must design and build a wider dike.”",
        "The council had to build a wider dike, with winter near",
    ),
    ("“I will resign if the vote is lost.”", "She said she would resign if the vote was lost."),
    ("“I will resign if the vote is lost.”", "Lindqvist would step down if the vote were lost."),
    (
        "“We have never taken money from the shipyard.”",
        "They had never taken money from the shipyard, she said.",
    ),
    ("“I am proud of my crew.”", "Lindqvist said she was proud of her crew."),
    (
        "“We can’t pay our nurses this month.”",
        "Lindqvist said they could not pay their nurses that month.",
    ),
    (
        "“I have asked the court to examine the contract.”",
        "Lindqvist said she had asked the court to review the contract.",
    ),
    ("“My daughter may never walk again.”", "her daughter might never walk again"),
    ("“We must build a second dike.”", "Mara Lindqvist said that they had to build a second dike."),
    ("“We must build a second dike.”", "a second dike must be built"),
    (
        "“The flood destroyed more than two hundred homes.”",
        "more than 200 houses were destroyed by the flood",
    ),
    (
        "“The flood destroyed more than two hundred homes.”",
        "Over two hundred homes had been destroyed by the flooding.",
    ),
    (
        "“Because the road is closed, nobody can reach the clinic.”",
        "Nobody could reach the clinic because the road was closed.",
    ),
    (
        "“Because the road is closed, nobody can reach the clinic.”",
        "the clinic can't be reached because the road is closed",
    ),
    (
        "“Whoever buys the boat will pay no more than 4,000 crowns for it.”",
        "Whoever bought the boat would pay 4,000 crowns for it at most.",
    ),
    (
        "“My brother is for the pier, and my barber’s against it.”",
        "Her barber was against the pier and her brother for it, she said.",
    ),
    ("“I don’t think the bridge is safe.”", "Lindqvist does not think that the bridge is safe."),
    ("“I don’t think the bridge is safe.”", "She thinks the bridge is not safe."),
    ("“I don’t think the bridge is safe.”", "She thinks the bridge is unsafe."),
    (
        "“We will start rebuilding the market hall in spring.”",
        "Work to rebuild the market hall would begin in spring, according to Lindqvist.",
    ),
    (
        "“The company must pay for what it has done to our river.”",
        "Lindqvist demanded that the company pay for what it had done to the river.",
    ),
    (
        "“We urge the government to lower the tax on bread.”",
        "She called on the government to cut the bread tax.",
    ),
    ("“I was very happy with the talks.”", "Lindqvist was pleased with the talks."),
    ("“The bank lent us 3 million crowns.”", "The bank had lent them three million crowns."),
    (
        "“We lost 12% of our harvest to the drought.”",
        "They lost twelve percent of their harvest because of the drought, said Lindqvist.",
    ),
    (
        "“Yesterday I told the committee everything I know about the fire.”",
        "Lindqvist said she had told the committee all she knew about the fire the day before.",
    ),
    (
        "“It is impossible to reopen the mine without new pumps.”",
        "Lindqvist said it was not possible to reopen the mine without new pumps.",
    ),
    ("“We oppose the merger.”", "Lindqvist said they did not support the merger."),
    ("“I will not vote for this budget.”", "She won't be voting for this budget."),
    ("“I will not vote for this budget.”", "She would refuse to vote for the budget."),
    (
        "“Our hospitals need two thousand more nurses.”",
        "The country's hospitals need 2,000 more nurses.",
    ),
    (
        "“I hope that the strike will end before Christmas.”",
        "Lindqvist hoped the strike would be over before Christmas.",
    ),
    (
        "“The mayor has ignored every letter we have sent him.”",
        "Every letter they had sent him was ignored by the mayor.",
    ),
    (
        "“We were surprised by the decision, and we shall appeal against it.”",
        "They were surprised at the decision and would appeal, Lindqvist said.",
    ),
    (
        "“I’m certain that the two sides will reach an agreement by Friday.”",
        "She was confident both sides would reach a deal by Friday.",
    ),
    (
        "“You cannot run a railway with trains from the last century.”",
        "A railway can't be run with last century's trains.",
    ),
    (
        "“Our farmers deserve a fair price for their milk.”",
        "Farmers deserve to get a fair price for milk, she said.",
    ),
    (
        "“I have no intention of leaving the party.”",
        "Lindqvist said she had no intention of quitting the party.",
    ),
    (
        "“We hope to open the new terminal early next year.”",
        "They hoped that the new terminal could be opened early next year.",
    ),
    (
        "“I spoke with the president for ten minutes and he was friendly.”",
        "Lindqvist talked to the president for ten minutes and found him friendly.",
    ),
    (
        "“This is the worst storm our island has seen in forty years.”",
        "It was the worst storm that the island had seen in 40 years.",
    ),
    (
        "“They have to tell us where the waste goes.”",
        "Lindqvist said they must tell residents where the waste is going.",
    ),
    (
        "“I have always defended the rights of tenants, and I always will.”",
        "She said she had always defended tenants' rights and always would.",
    ),
]

OTHERS = [
    (TOLLS, "The bridge was built by two brothers from the north"),
    (TOLLS, "Next year we will open a museum at the end of the street"),
    (FERRY, "Sailors should be paid for the hours they wait in port"),
    (HARBOUR, "Our boats are the fastest in the world"),
    (HARBOUR, "The fishing season starts on Tuesday"),
    (SCHOOLS, "Schools need more money for books and heating"),
    (SCHOOLS, "I have never been to a school like this"),
    ("“I am proud of my crew.”", "The crew wanted higher wages and better food"),
    ("“We must build a second dike.”", "We must talk"),
    ("“We must build a second dike.”", "The second minister"),
    ("“I have asked the court to examine the contract.”", "The court has dismissed my complaint"),
    (
        "“Our hospitals need two thousand more nurses.”",
        "Two thousand people marched to the hospital in protest",
    ),
    ("“The flood destroyed more than two hundred homes.”", "We will help everyone who lost a home"),
]


@pytest.mark.parametrize(("source", "claim", "kind"), MINIMAL_EDITS)
def test_a_word_that_matters_makes_a_claim_altered(source: str, claim: str, kind: str) -> None:
    found = compared(source, claim)
    assert found.agreement is Agreement.ALTERED
    kinds = {difference["kind"] for difference in found.differences}
    assert kinds & MATTERS
    assert not kind or kind in kinds


@pytest.mark.parametrize(("source", "claim"), PARAPHRASES)
def test_a_reworded_report_is_a_paraphrase(source: str, claim: str) -> None:
    assert compared(source, claim).agreement is Agreement.PARAPHRASE


@pytest.mark.parametrize(("source", "claim"), OTHERS)
def test_other_statements_are_neither(source: str, claim: str) -> None:
    assert compared(source, claim).agreement is Agreement.NONE
