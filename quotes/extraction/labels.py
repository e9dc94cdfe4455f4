"""What stands before a colon at a paragraph's start and may name who speaks: "MARSH:", "Q:"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST = 160
_LONGEST_LEAD = 48
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?: ?[AaPp]\.?[Mm]\.?)?"
_STAMP = rf"[(\[{{<]?{_TIME}(?: ?(?:-+>?|–|—) ?{_TIME})?[)\]}}>]?"
# Time stamps, arrows, list marks and pictures before a label; a bracket opens a stage direction.
_LEAD = re.compile(rf"(?:{_STAMP}|[^\w\s(\[{{<]|>|[ \t\u00a0])*")
_STAMPED = re.compile(_STAMP)
_WORD = r"[^\W\d_][\w.&’'ʼ\-]*"
_LABEL = re.compile(
    rf"(?P<label>(?P<name>{_WORD}(?:[ \t\u00a0]+(?:{_WORD}|\#?\d{{1,5}})){{0,6}})"
    rf"(?:,[ ](?:(?! [-–—] )[^:\n]){{2,60}}?)?"
    rf"(?:[ \u00a0]?[(\[](?!{_TIME})(?P<aside>[^():\[\]\n]{{1,40}})[)\]])?)"
    rf"(?:[ \u00a0]?{_STAMP})?[*_]{{0,3}}[ \u00a0]?(?P<colon>[:：])[*_]{{0,3}}(?=\s|$)"
)
# What stands before a colon at a paragraph's start without being a speaker; the whole label counts.
_NOT_LABELS = re.compile(
    r"(?:credits?|tags?|topics?|sources?|related|see also|updated?|correction|editor.?s? note|note|"
    r"subscribe|follow|share|contact|email|phone|tel|fax|website|url|date|published|posted|by|"
    r"interview(?:ed)?(?: by)?|text|words|"
    r"copyright|caption|file|location|time|when|where|who|what|why|how|background|summary|"
    r"key points?|highlights|more|breaking|exclusive|watch|listen|opinion|analysis|live|"
    r"(?:the )?(?:facts?|claims?|verdict|truth|bottom line|takeaway)|"
    r"rating|example|warning|contents|also|p\.?s|media contacts?|about|subject|from|"
    r"to|cc|re|speakers|participants|present|"
    r"panel(?:l?ists)?|guests|transcript|for immediate release|www|https?|"
    r"(?:photos?|image|picture|video|audio|read|reporting|editing|writing|additional)(?: .*)?)",
    re.IGNORECASE,
)
_INSIDE = _words("of the van von der den de del di da dos du la le bin ibn bint al el ter")
_ROLES = _words(
    """
    moderator host interviewer interviewee reporter journalist audience member caller narrator
    announcer male female voice man woman speaker operator editor questioner unidentified unknown
    crowd panelist panellist anchor presenter court witness participant attendee guest delegate
    chair chairman chairwoman president judge counsel prosecutor interpreter translator respondent
    clerk q a question answer
    """
)
_TITLES = _words(
    """
    mr mrs ms miss mx dr prof professor sen senator rep representative gov governor judge justice
    gen general col colonel capt captain lt president secretary minister mayor chairman chairwoman
    congressman congresswoman sir dame lord lady rev father sister ambassador
    """
)
_ASIDE_OF_SPEAKER = re.compile(
    r"[RDIrdi]-[A-Z][\w.]*|[RDI]|cont(?:inuing|inued|['’]?d|\.)?|off.?(?:screen|mic|camera)|"
    r"(?:through|via|by)\b.*|on (?:tape|camera|phone|video|screen)|v\.?o\.?|o\.?s\.?",
    re.IGNORECASE,
)
# "Ada Marsh, asked about it, laughs. It is so, she says:" is a sentence that leads into another.
_STOP = re.compile(r"([^\W\d_]+)(?:\.|[!?…]+)[\"”’')]*\s+(?=[A-Z])")
_ABBREVIATED = _TITLES | _words(
    """
    adm assn assoc asst atty ave brig cmdr co corp dem dept dir dist fr ft hon inc ind jr lt ltd maj
    mass messrs mt no pres pvt ret rt sec sgt sr st supt univ wash
    """
)
_REPORTING = re.compile(
    r"\b(?:says?|said|adds?|added|asks?|asked|writes|wrote|explains?|explained|recalls?|recalled|"
    r"replies|replied|answers|answered|told|tells)(?:\s(?:he|she|they|me|us))?\W*$"
)
_NUMBER = re.compile(r"#?(?:[a-z]?\d+|[ivx]+|[a-z])", re.IGNORECASE)
_EDGES = " \t.,;’'*_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label and the colon behind it; `family` is what all spellings of one label share.

    `certain` marks forms that only speakers' labels have: "Q", "MR. ROE", "Caller 17", a party or
    "(continuing)" behind the name, a time stamp before it. `capital` marks one all in capitals.
    `end` is where what is said may begin.
    """

    span: Span
    colon: Span
    family: str
    certain: bool
    capital: bool
    introduces: bool
    end: int


def label_at(text: str, paragraph: Span) -> Label | None:
    """Return the label that a paragraph begins with, or None where it begins with none."""
    stop = min(paragraph.end, paragraph.start + _LONGEST_LEAD)
    lead = _LEAD.match(text, paragraph.start, stop)
    start = lead.end() if lead is not None else paragraph.start
    match = _LABEL.match(text, start, min(paragraph.end, start + _LONGEST))
    if match is None or _NOT_LABELS.fullmatch(match.group("label")):
        return None
    if _is_sentence(match.group("label")):
        return None
    words = [word.strip(_EDGES) for word in match.group("name").split()]
    folded = [word.casefold() for word in words]
    role = _is_role(folded)
    if not role and not _is_name(words):
        return None
    aside = match.group("aside") or ""
    stamped = (
        bool(_STAMPED.search(text, paragraph.start, start)) or ">>" in text[paragraph.start : start]
    )
    titled = len(words) > 1 and folded[0] in _TITLES
    key = aside if _is_short(aside) else words[-1]
    return Label(
        span=Span(*match.span("label")),
        colon=Span(*match.span("colon")),
        family=" ".join(folded) if role else unicodedata.normalize("NFKC", key).casefold(),
        certain=role or stamped or titled or bool(_ASIDE_OF_SPEAKER.fullmatch(aside)),
        capital=(key if _is_short(aside) else match.group("name")).isupper() and len(key) > 1,
        introduces=bool(aside),
        end=match.end(),
    )


def _is_sentence(label: str) -> bool:
    """Tell whether a sentence ends among the words, or they go on to tell that somebody says."""
    ends = (match.group(1).casefold() for match in _STOP.finditer(label))
    if any(len(word) > 1 and word not in _ABBREVIATED for word in ends):
        return True
    return "," in label and _REPORTING.search(label) is not None


def _is_role(folded: Sequence[str]) -> bool:
    """Tell whether the words say what somebody is here ("Caller 17"), and name nobody."""
    told = [word for word in folded if word in _ROLES]
    rest = [word for word in folded if word not in _ROLES and word != "the"]
    return bool(told) and all(_NUMBER.fullmatch(word) for word in rest)


def _is_name(words: Sequence[str]) -> bool:
    """Tell whether every word begins as a name's does; scripts without capitals may."""
    if len(words) > 6:
        return False
    first = unicodedata.category(words[0][:1] or " ")
    if first in {"Ll", "Nd"}:
        return False
    return all(
        not word[:1].islower() or word in _INSIDE or (word[1:2] in "’'" and word[2:3].isupper())
        for word in words
        if word
    )


def _is_short(aside: str) -> bool:
    """Tell whether an aside introduces a short form: "Dr. Ada Marsh (AM)"."""
    return 1 < len(aside) <= 6 and aside.isupper() and aside.isalpha()
