"""Small words by what they do to a statement: deny, count, date, measure, hedge, point.

Written for this project; all words are folded. `Class` is what a token is; the classes of
differences are in `quotes.verification.differences`.
"""

from __future__ import annotations

from enum import StrEnum

from quotes.verification.stem import listed, stem


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _scales(table: str) -> dict[str, frozenset[str]]:
    """Read lines of a degree and its words; a word may have several degrees."""
    scales: dict[str, set[str]] = {}
    for line in table.strip().splitlines():
        degree, words = line.split(": ")
        for word in words.split():
            scales.setdefault(word, set()).add(degree.strip())
    return {word: frozenset(degrees) for word, degrees in scales.items()}


class Class(StrEnum):
    """What a token is for comparison."""

    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    QUANTIFIER = "quantifier"
    MODAL = "modal"
    PRONOUN = "pronoun"
    FUNCTION = "function"
    CONTENT = "content"


NEGATIONS = _words(
    "not never no none neither nor nobody nothing nowhere without hardly barely scarcely non nay"
)
# Verbs that deny what follows them with "to" or "that".
DENYING = _words("fail refuse decline deny neglect")
# Words that hold a negation, with what they deny.
DENIED = {
    "reject": "accept",
    "oppose": "support",
    "lack": "have",
    "disagree": "agree",
    "dislike": "like",
    "distrust": "trust",
    "disapprove": "approve",
    "disbelieve": "believe",
    "disallow": "allow",
    "disprove": "prove",
    "dissatisfied": "satisfied",
    "dishonest": "honest",
    "disloyal": "loyal",
    "unable": "able",
    "inability": "able",
    "nonsense": "sense",
    "false": "true",
    "misunderstand": "understand",
}
# What a negative prefix denies: "un" + "safe".
_PREFIXED = {
    "un": "acceptable afraid affected affordable attractive authorised authorized aware avoidable "
    "bearable believable biased certain changed clear comfortable common conditional confirmed "
    "constitutional convinced covered democratic desirable disputed doubted easy employed ending "
    "equal ethical even expected fair familiar finished fit fortunate founded friendly funded "
    "grateful happy harmed healthy helpful important impressed informed insured intended "
    "interested interesting justified kind known lawful likely limited loved lucky married "
    "moved necessary noticed official opposed paid popular prepared present qualified "
    "reasonable related reliable remarkable resolved safe satisfactory satisfied scathed seen "
    "settled skilled stable successful suitable supported sure surprised surprising sustainable "
    "tested true usual wanted welcome willing wise worried worthy",
    "in": "accessible accurate active adequate admissible appropriate attentive capable coherent "
    "compatible competent complete conclusive considerate consistent convenient correct credible "
    "decent dependent direct effective efficient eligible experienced expensive flexible formal "
    "frequent humane justice secure sensitive significant sincere sufficient tolerable tolerant "
    "valid visible voluntary",
    "im": "balanced mature moral partial patient perfect personal plausible polite possible "
    "practical precise probable proper",
    "ir": "rational regular relevant replaceable responsible reversible",
    "il": "legal legitimate liberal literate logical",
    "dis": "advantage ability belief comfort content courteous honest honour honor order "
    "proportionate respect satisfied similar united",
    "non": "essential existent negotiable partisan profit violent binding",
}
DENIED |= {prefix + word: word for prefix, words in _PREFIXED.items() for word in words.split()}

# Two sides of one deed: "she taught him" and "he learned from her" may be one statement.
CONVERSE = tuple(
    frozenset(stem(word) for word in line.split())
    for line in (
        "buy sell",
        "buy sale",
        "purchase sell",
        "lend borrow",
        "give take",
        "give receive",
        "send receive",
        "teach learn",
        "import export",
        "employer employee",
        "hire work",
        "win lose",
        "ask answer",
        "arrive leave",
        "come go",
    )
)

MONTHS = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
)
# Months that are other words too: dates only where capitals and neighbours say so.
DOUBTFUL_MONTHS = _words("may march mar")
BEFORE_MONTHS = _words(
    "in of by since until till last next this late early mid through from on to before after during"
)
SHORT_MONTHS = {name[:3]: name for name in MONTHS if len(name) > 4} | {"sept": "september"}
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
# Nouns that say of what a number is so many; one for another of its line is another amount.
MEASURES = tuple(
    listed(line)
    for line in (
        "second minute hour day night week fortnight weekend month season year decade century",
        "millimetre centimetre metre kilometre inch foot yard mile",
        "gram kilogram kilo tonne ton ounce pound",
        "dollar euro yen cent penny franc yuan ruble rupee",
    )
)
SEASONS = _words("spring summer autumn winter")
TIMES = _words("morning noon afternoon evening night midnight dawn dusk")

UNITS = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        )
    )
} | {"dozen": 12}
TENS = {
    word: 10 * value
    for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 1000,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"),
        1,
    )
}
FRACTIONS = {"half": 0.5, "halve": 0.5, "twice": 2.0, "double": 2.0, "triple": 3.0, "thrice": 3.0}
CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₩": "won", "₹": "rupee"}

QUANTIFIERS = _scales("""
all: all every each everyone everybody everything always entire whole entirely wholly completely
all: both everywhere unanimously totally fully
most: most majority mostly usually largely mainly generally
many: many several numerous often frequently multiple lots plenty much widely
some: some certain sometimes somewhat partly partially occasionally someone somebody something
few: few fewer rarely seldom little
maximum: maximum
only: only solely merely just exclusively alone
least: least minimum
about: about around roughly approximately nearly almost some
more: more exceeding
less: less fewer
""")
MODALS = _scales("""
will: will would shall 'll gonna
can: can could able
may: may might could perhaps maybe possibly
must: must need should-have obliged required
should: should ought shall
""")
PRONOUNS = _words(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves one this that "
    "these those who whom whose which here there"
)
AUXILIARIES = _words("be have do")
# Not the index's STOP_WORDS (store.wording), which are those too common to find a passage by.
FUNCTION = _words(
    "a an the of in on at to for from by with into onto upon as than then and or but so if while "
    "when where because since though although also too very really quite rather just even still "
    "yet already again now well indeed course that about over under up down out off through during "
    "within among between toward towards per via how what why whether both either let please such "
    "own other another any anyone anybody anything ever much anyway actually basically simply "
    "however therefore thus moreover furthermore meanwhile instead further whatever wherever "
    "whenever whoever s d 's us am is are was were been being oh yes ok okay like around across "
    "along like mr mrs ms dr sir lady quite pretty extremely highly deeply truly honestly frankly "
    "personally certainly surely clearly obviously definitely absolutely kind sort bit lot thing "
    "get got going go next"
)
# What leads a report in: "she said that".
REPORTING = _words(
    "say tell state declare announce add note argue claim insist stress emphasise emphasize "
    "explain remark comment mention report confirm assert contend warn underline acknowledge admit "
    "reiterate affirm suggest reply answer think believe feel promise vow pledge predict expect "
    "hope fear write tweet recall accord conclude maintain"
)
# Where one of these follows a passage, the claim may stop too soon.
# Before a passage these deny it: "denied that", "no evidence that".
DENIALS = _words("deny denied denies denying doubt doubted doubts dispute disputed refute refuted")
# Words with which a report tells such a denial itself.
DOUBTS = frozenset(
    stem(word)
    for word in listed(
        "deny doubt dispute refute reject question disbelieve doubtful sceptical skeptical "
        "unlikely unconvinced untrue false"
    )
)
LIMITING = _words(
    "but unless if except until till provided providing although though however only whereas "
    "without barring"
)

PHRASES: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): word
    for phrase, word in {
        "no one": "nobody",
        "per cent": "percent",
        "a lot of": "many",
        "lots of": "many",
        "a number of": "several",
        "a few": "several",
        "no longer": "not",
        "not any longer": "not",
        "rather than": "not",
        "instead of": "not",
        "have to": "must",
        "has to": "must",
        "had to": "must",
        "having to": "must",
        "need to": "must",
        "needs to": "must",
        "needed to": "must",
        "going to": "will",
        "able to": "can",
        "ought to": "should",
        "supposed to": "should",
        "of course": "indeed",
        "as well as": "and",
        "in order to": "to",
        "so as to": "to",
        "more than": "more",
        "fewer than": "fewer",
        "less than": "less",
        "at least": "least",
        "no less than": "least",
        "no fewer than": "least",
        "at most": "maximum",
        "at the most": "maximum",
        "no more than": "maximum",
        "not more than": "maximum",
        "as soon as possible": "soon",
        "due to": "because",
        "because of": "because",
        "in favour of": "support",
        "in favor of": "support",
        "united states": "america",
        "united kingdom": "britain",
        "united nations": "un",
        "european union": "eu",
        "the u.s": "america",
        "prime minister": "premier",
        "from now on": "now",
        "face to face": "personal",
        "one on one": "personal",
    }.items()
}
# Verbs with a particle, by the stem of the verb.
PHRASAL = {
    (stem(verb), particle): meant
    for verb, particle, meant in (
        entry.split()
        for entry in listed(
            "go+up+rise go+down+fall come+down+fall give+up+quit set+up+establish put+off+postpone "
            "call+off+cancel turn+down+reject step+down+resign lay+off+dismiss bring+down+lower "
            "cut+back+reduce look+into+investigate find+out+discover carry+out+do "
            "take+over+acquire hand+over+give put+up+build pull+out+withdraw break+down+collapse "
            "speak+up+speak "
            "point+out+note call+on+ask call+for+ask rule+out+exclude do+without+lack "
            "build+up+build send+back+return go+back+return come+back+return go+on+continue "
            "carry+on+continue "
            "hold+up+delay run+out+end shut+down+close close+down+close win+over+persuade"
        )
        for entry in (entry.replace("+", " "),)
    )
}
ALIASES = {
    "u.s": "america",
    "u.s.a": "america",
    "usa": "america",
    "american": "america",
    "americans": "america",
    "u.k": "britain",
    "uk": "britain",
    "british": "britain",
    "u.n": "un",
    "e.u": "eu",
    "pm": "premier",
    "percentage": "percent",
    "pc": "percent",
    "%": "percent",
}
