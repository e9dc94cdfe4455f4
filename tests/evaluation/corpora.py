"""Builds small annotated corpora of our own sentences for the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.spans import Span, Spans

if TYPE_CHECKING:
    from pathlib import Path

STORY = (
    "“The bridge opens in May,” said Mara Lindqvist, the harbour master.\n"
    "Boatmen fear that the tolls will double.\n"
    "The council called the plan “a gift” to shipping, according to two clerks.\n"
)
GOLD = """\
T1\tContent 0 26\t“The bridge opens in May,”
T2\tCue 27 31\tsaid
T3\tSource 32 46\tMara Lindqvist
E1\tAttribution:T2 Content:T1 Cue:T2 Source:T3
A1\tKind E1 direct
A2\tAct E1 speech
#1\tSpeaker E1\tMara Lindqvist
T4\tContent 81 107\tthat the tolls will double
T5\tCue 76 80\tfear
T6\tSource 68 75\tBoatmen
E2\tAttribution:T5 Content:T4 Cue:T5 Source:T6
A3\tKind E2 indirect
A4\tAct E2 thought
T7\tContent 109 157\tThe council called the plan “a gift” to shipping
T8\tCue 159 171\taccording to
T9\tSource 172 182\ttwo clerks
E3\tAttribution:T8 Content:T7 Cue:T8 Source:T9
A5\tKind E3 mixed
"""

# Two paragraphs in the layout of GUM: three people, nested mentions, words joined in writing.
CHAINS = """\
# newdoc id = GUM_news_harbour
# newpar
# text = Mara Lindqvist didn't wait.
1\tMara\tMara\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=(1-person-new-coref
2\tLindqvist\tLindqvist\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdid\tdo\tAUX\tVBD\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# newpar
# text = She met her clerk's aunt.
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-coref)
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\ther\ther\tPRON\tPRP$\t_\t4\tnmod\t_\tEntity=(3-person-new-sgl(2-person-new-sgl(1-person-giv-coref)
4-5\tclerk's\t_\t_\t_\t_\t_\t_\t_\t_
4\tclerk\tclerk\tNOUN\tNN\t_\t6\tnmod\t_\tEntity=2)
5\t's\t's\tPART\tPOS\t_\t4\tcase\t_\t_
6\taunt\taunt\tNOUN\tNN\t_\t2\tobj\t_\tEntity=3)|SpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def write_corpus(folder: Path, *, text: str = STORY, gold: str = GOLD, name: str = "story") -> Path:
    """Write one annotated text in PolNeAR's layout and return the corpus's folder."""
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "text" / f"{name}.txt").write_bytes(text.encode())
    (folder / "attributions" / f"{name}_gold.ann").write_bytes(gold.encode())
    return folder


def place(words: str, *, text: str = STORY) -> Spans:
    """Return the span of words that stand once in the text."""
    assert text.count(words) == 1
    start = text.index(words)
    return (Span(start, start + len(words)),)
