"""The cue lexicon, by hand: which verbs and nouns report, and what act they report.

Grouped after the classes of reporting verbs in Semino and Short (2004) and VerbNet (37.x, 29.x,
31.2, 62). What the lexicon says of a cue is a feature; how far a cue can be trusted is measured
(`weights.json`, made by `quotes.training.cue_weights`).
"""

from __future__ import annotations

from quotes.quotation import Act

SAY = frozenset(
    """say tell add state remark comment mention note observe announce declare proclaim assert
    affirm aver avow reiterate repeat stress emphasize emphasise underline underscore highlight
    explain clarify elaborate reveal disclose divulge confide confess admit acknowledge concede
    allow allege claim contend maintain insist argue reason posit opine suggest imply hint intimate
    indicate signal testify swear vow pledge promise assure reassure guarantee warn caution alert
    remind notify inform advise brief report relate recount recall narrate describe predict
    forecast prophesy speculate conclude summarize summarise continue begin finish interject
    interrupt reply respond answer retort counter rejoin riposte ask inquire enquire query question
    wonder demand request urge implore plead beg appeal exhort order command instruct direct
    propose recommend agree disagree concur object protest complain grumble grouse lament bemoan
    deplore decry deny dispute refute rebut reject dismiss confirm corroborate exclaim shout yell
    cry scream shriek bellow bark roar snap snarl hiss whisper murmur mutter mumble drawl quip joke
    jest crack deadpan muse tease boast brag gush rave enthuse beam laugh chuckle giggle sigh sob
    groan moan sneer scoff taunt mock chant sing recite pronounce utter voice express articulate
    echo preach lecture stipulate specify volunteer venture offer deflect deliver quote cite
    marvel fume rail rant vent thunder chime interpose opine remonstrate sputter stammer stutter
    blurt croak crow wail whine bluster gripe greet apologize apologise thank""".split()
)
WRITE = frozenset(
    """write tweet retweet post blog email e-mail text message pen publish print read headline
    editorialize sign type caption scribble author co-author telegraph cable wire""".split()
)
THINK = frozenset(
    """think believe feel hope fear worry expect want wish know understand realize realise suspect
    assume presume suppose guess reckon figure consider deem regard view see find judge estimate
    imagine envision envisage anticipate intend plan aim mean doubt dream desire prefer like love
    hate dislike dread regret trust notice learn remember forget decide resolve determine
    conclude contemplate ponder mull seek crave yearn long favor favour support oppose back endorse
    embrace tout champion advocate value respect admire appreciate resent reckon surmise gather
    hold conceive foresee perceive""".split()
)
JUDGE = frozenset(
    """criticize criticise praise blame accuse condemn denounce attack slam blast assail lambaste
    rip bash hammer rebuke scold chide chastise castigate censure ridicule belittle disparage
    deride insult berate excoriate pan skewer savage hail laud applaud commend compliment
    congratulate salute credit celebrate cheer welcome thank defend justify vouch label brand dub
    call term characterize characterise portray depict paint liken compare cast challenge
    question fault impugn knock lash lob hurl trash vilify malign target""".split()
)
SHOW = frozenset(
    """show find reveal indicate suggest demonstrate conclude state confirm list give put
    estimate report""".split()
)
REPORT = SAY | WRITE

NOUNS = frozenset(
    """statement comment remark claim allegation accusation assertion announcement declaration
    admission acknowledgement acknowledgment promise pledge vow assurance warning threat
    suggestion proposal recommendation request demand call plea appeal argument contention
    criticism condemnation denunciation rebuke attack praise endorsement support opposition
    objection complaint denial confirmation report rumor rumour speculation suspicion belief view
    opinion notion idea fear worry concern hope expectation desire wish doubt plan intention
    decision conclusion prediction forecast estimate question answer reply response explanation
    description account story testimony confession insistence acceptance reminder message tweet
    letter email memo post advice order instruction agreement consensus feeling sense impression
    judgment judgement assessment apology vote interview speech address conviction confidence
    guess assumption theory charge revelation hint indication signal evidence word news quip joke
    slogan motto adage saying""".split()
)

_WRITING_NOUNS = frozenset(
    "tweet letter email memo post message report statement blog editorial column".split()
)
_THOUGHT_NOUNS = frozenset(
    """suspicion belief view opinion notion idea fear worry concern hope expectation desire wish
    doubt plan intention decision feeling sense impression conviction confidence guess assumption
    theory support opposition""".split()
)


def verb_classes(lemma: str) -> tuple[str, ...]:
    """Return the classes that a verb is in, for the cue weights."""
    named = (("say", SAY), ("write", WRITE), ("think", THINK), ("judge", JUDGE), ("show", SHOW))
    return tuple(name for name, members in named if lemma in members) or ("other",)


def act_of(lemma: str, *, noun: bool = False) -> Act:
    """Return what a cue presents: speech unless it is a verb or noun of writing or thought."""
    if noun:
        if lemma in _THOUGHT_NOUNS:
            return Act.THOUGHT
        return Act.WRITING if lemma in _WRITING_NOUNS else Act.SPEECH
    if lemma in WRITE:
        return Act.WRITING
    if lemma in REPORT or lemma in JUDGE:
        return Act.SPEECH
    return Act.THOUGHT if lemma in THINK else Act.SPEECH
