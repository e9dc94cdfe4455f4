"""The common nouns and pronouns that a text uses for speakers: people, groups, organisations."""

from __future__ import annotations

from typing import Final

from quotes.speakers.titles import RANKS, ROLES, words

# Nouns for a body that can speak. As the last word of a proper name they make it an organisation.
BODIES: Final = words(
    """
    academy administration agency airline airport alliance army assembly association authority bank
    bar board brigade broadcaster bureau cabinet camp campaign center centre chamber charity church
    city club coalition college commission committee community company confederation conference
    congress consortium consulate corp corporation council county court courthouse department
    directorate division embassy exchange faculty federation firm force forces forum foundation
    front fund government group hospital house household inc industries initiative inspectorate
    institute institution judiciary kremlin laboratory league legislature library llc ltd magazine
    mayoralty media military ministry mission mosque movement museum nation navy network newspaper
    office operation organisation organization outlet paper parliament partnership party patrol
    pentagon police post prosecution publication publisher radio registry regime regulator school
    secretariat senate service services session site society squad staff state station store
    synagogue syndicate systems taskforce team television temple times transition tribune tribunal
    trust tv union unit university watchdog website
    """
)

# Capitalised last words of names that are no person's, over and above BODIES.
NAME_BODIES: Final = BODIES | words(
    """
    act airlines associates beast brothers caucus chronicle co courts daily dispatch electric
    enquirer examiner express foods gazette globe herald hill insider journal labs mail mirror
    monitor motors news observer pac plc press project reader record register report reporter review
    star sun tech technologies telegraph today tonight treasury voice wire world affairs states
    kingdom republic nations party street avenue road river lake island islands county university
    democrats republicans conservatives tower hotel square hall amendment bill treaty agreement
    security summit pact war day games cup prize award show lp l.p flight poll survey airport
    """
)

# What is written and "says" something, so that its author speaks through it.
WRITINGS: Final = words(
    """
    account advert advertisement agreement analysis announcement article assessment audit bill blog
    book brief bulletin charter column complaint constitution contract decision declaration decree
    dispatch document dossier draft editorial email filing finding guidance guideline headline
    indictment item judgment label law lawsuit leaflet legend legislation letter manifesto manual
    map memo memoir memorandum message motto note notice op-ed opinion order pamphlet paragraph
    petition plan platform playbook poem policy poll post poster proposal record recording release
    report resolution review rule ruling script sign slogan source speech statement statute story
    study subpoena suit survey testimony text theory transcript treaty tweet verdict warrant
    """
)

# Words that stand alone for people nobody names.
SOME_PEOPLE: Final = words(
    "some many others several most few all both everyone everybody people those these neither each"
)
SOMEONE: Final = words("someone somebody anyone anybody another one whoever")
NO_ONE: Final = words("nobody none no-one noone nothing")

# Plural in sense though not in form.
COLLECTIVES: Final = words(
    """
    people police public folks press media staff crowd audience majority minority opposition
    electorate personnel youth clergy leadership couple pair duo trio family jury panel
    plurality generation percent handful number half dozen hundred bunch range chorus host third
    quarter % minority two-third series
    """
)

FEMININE: Final = words(
    """
    woman girl lady mother wife daughter sister aunt grandmother granddaughter niece queen princess
    duchess empress actress spokeswoman congresswoman chairwoman businesswoman assemblywoman
    councilwoman councilwoman anchorwoman policewoman stateswoman saleswoman widow bride heroine
    hostess heiress waitress goddess girlfriend ex-wife nun grandma mom mum stepmother godmother
    """
)
MASCULINE: Final = words(
    """
    man boy gentleman father husband son brother uncle grandfather grandson nephew king prince duke
    emperor actor spokesman congressman chairman businessman assemblyman councilman anchorman
    policeman statesman salesman widower groom hero host heir waiter god boyfriend ex-husband monk
    grandpa dad stepfather godfather
    """
) - words("actor host hero heir god spokesman chairman")

KIN: Final = words(
    """
    wife husband daughter son brother sister mother father mom dad uncle aunt nephew niece
    grandfather grandmother grandson granddaughter cousin stepson stepdaughter widow widower
    ex-wife ex-husband son-in-law daughter-in-law
    """
)

# A singular noun for a human being: what may be somebody the text also names.
_HUMAN: Final = (
    FEMININE
    | MASCULINE
    | KIN
    | words(
        """
    person guy figure leader fighter neighbor resident native immigrant refugee child kid baby
    teenager billionaire millionaire businessperson colleague opponent predecessor successor runner
    trader dealer merchant skipper fisherman fishmonger mechanic machinist shopkeeper innkeeper
    carpenter plumber builder cook waiter barber baker butcher cashier gardener guard hunter keeper
    cyclist commuter tourist traveller traveler passenger pedestrian bystander onlooker customer
    client patient pupil reader listener viewer retiree pensioner migrant demonstrator marcher tutor
    nurse midwife dentist pharmacist interpreter translator welder miner docker longshoreman seaman
    helmsman stevedore courier postman grocer tailor jeweller exporter importer wholesaler retailer
    forecaster adviser mother-in-law father-in-law roommate classmate landlord tenant priest monk
    intern cleaner watchman caretaker custodian breeder grower brewer angler sailor rower swimmer
    academic historian scholar professor dean icon fellow magnate tycoon idol deacon provost
    newcomer outsider insider loyalist firebrand hawk dove moderate progressive socialist democrat
    republican independent hopeful contender frontrunner front-runner heavyweight hardliner
    reality-tv mogul chief no. deputy number-two newsman writer-director nobel-laureate laureate
    """
    )
)


_AGENTIVE: Final = ("er", "or", "ist", "ian", "eer", "ee", "eur")
_NO_AGENTS: Final = words(
    """
    anchor answer armor banner barrier behavior behaviour blocker border bunker cancer career
    carrier center chamber chapter charter checklist circular closer cluster coffee color colour
    committee computer container corner corridor counter cover cylinder cyst danger degree
    diameter dinner disaster disorder door elevator error escalator exterior factor favor fee
    fever fiber filter finger fist flavor floor flyer folder former guarantee hammer harbor
    helicopter honor humor humour hunger indicator interior jubilee knee labor labour ladder
    laser later latter layer letter lever list liver lower lumber major manner marker matter
    median meridian meter minor mirror mist monitor motor murder newsletter newspaper number
    odor offer order other outer paper parameter platter pointer poster powder power printer
    prior processor proper quarter reactor refrigerator register remainder reminder render river
    router rubber rumor sector semester sensor server shelter shoulder shutter silver slipper
    sticker summer superior surrender sweater tenor terror theater theatre thunder timber tower
    tractor trailer transfer tree tremor trigger tumor tweeter twist twitter upper vapor vector
    vigor voucher wafer wallpaper water weather whisper winter wishlist wonder zipper
    """
)


def may_be_person(lemma: str) -> bool:
    """Tell whether a singular common noun could be one for a human being, by its ending too."""
    if is_person_noun(lemma):
        return True
    return lemma.endswith(_AGENTIVE) and lemma not in _NO_AGENTS | BODIES | WRITINGS


def is_person_noun(lemma: str) -> bool:
    """Tell whether a singular common noun is one for a human being."""
    return (
        lemma in ROLES
        or lemma in RANKS
        or lemma in _HUMAN
        or lemma.endswith(("man", "woman", "person", "ologist", "-elect"))
    )


# Short titles and the nouns that may take them up again.
SAME_ROLE: Final[dict[str, frozenset[str]]] = {
    "sen": words("senator lawmaker legislator"),
    "senator": words("senator lawmaker legislator"),
    "rep": words("representative congressman congresswoman lawmaker legislator"),
    "representative": words("representative congressman congresswoman lawmaker legislator"),
    "congressman": words("congressman representative lawmaker legislator"),
    "congresswoman": words("congresswoman representative lawmaker legislator"),
    "gov": words("governor"),
    "pres": words("president"),
    "minister": words("minister premier"),
    "premier": words("premier minister"),
    "gen": words("general"),
    "col": words("colonel"),
    "lt": words("lieutenant"),
    "capt": words("captain"),
    "adm": words("admiral"),
    "sgt": words("sergeant"),
    "prof": words("professor academic scholar expert"),
    "professor": words("professor academic scholar expert lecturer"),
    "dr": words("doctor"),
    "rev": words("reverend pastor"),
    "ceo": words("ceo chief executive"),
    "spokesman": words("spokesman spokesperson"),
    "spokeswoman": words("spokeswoman spokesperson"),
    "chairman": words("chairman chair"),
    "chairwoman": words("chairwoman chair"),
    "mp": words("mp lawmaker politician"),
    "nominee": words("nominee candidate"),
    "candidate": words("candidate nominee"),
    "head": words("head leader chief"),
    "chair": words("chair chairman chairwoman chairperson head"),
    "chairperson": words("chair chairman chairwoman"),
    "spokesperson": words("spokesman spokeswoman"),
    "scientist": words("researcher academic scholar expert"),
    "historian": words("academic scholar expert researcher"),
    "economist": words("academic scholar expert analyst researcher"),
    "researcher": words("scientist academic scholar expert"),
    "scholar": words("academic researcher expert"),
    "lecturer": words("academic scholar"),
    "analyst": words("expert"),
    "teacher": words("educator instructor"),
    "lawyer": words("attorney counsel"),
    "attorney": words("lawyer counsel"),
    "fisherman": words("angler"),
    "pilot": words("aviator"),
    "owner": words("proprietor"),
    "reporter": words("journalist correspondent"),
    "correspondent": words("reporter journalist"),
    "journalist": words("reporter"),
    "dealer": words("trader merchant"),
    "envoy": words("diplomat ambassador negotiator"),
    "ambassador": words("envoy diplomat"),
    "leader": words("leader head chief"),
    "chief": words("chief head leader"),
    "adviser": words("adviser advisor aide"),
    "advisor": words("adviser advisor aide"),
}


def roles_of(head: str) -> frozenset[str]:
    """Return the nouns that may take up a role or title again, itself among them."""
    return SAME_ROLE.get(head, frozenset()) | {head}


FEMININE_PRONOUNS: Final = words("she her hers herself")
MASCULINE_PRONOUNS: Final = words("he him his himself")
PLURAL_PRONOUNS: Final = words("they them their theirs themselves")
NEUTER_PRONOUNS: Final = words("it its itself")
FIRST_SINGULAR: Final = words("i me my mine myself")
FIRST_PRONOUNS: Final = FIRST_SINGULAR | words("we us our ours ourselves")
SECOND_PRONOUNS: Final = words("you your yours yourself yourselves")
RELATIVE_PRONOUNS: Final = words("who which that whom whose")
PERSONAL_PRONOUNS: Final = (
    FEMININE_PRONOUNS
    | MASCULINE_PRONOUNS
    | PLURAL_PRONOUNS
    | NEUTER_PRONOUNS
    | FIRST_PRONOUNS
    | SECOND_PRONOUNS
)

# Members of a party, whom NER takes for an organisation.
PARTISANS: Final = words(
    "democrats republicans conservatives liberals tories socialists libertarians greens christians "
    "muslims jews catholics evangelicals"
)

# Plural nouns for people over and above the plurals of nouns for a person.
_PEOPLES: Final = words(
    "source ally aide critic voter family parent child skeptic sceptic opponent supporter "
    "protester backer detractor insider watcher neighbor member fan follower demonstrator "
    "american observer"
)

# Words that count those whom a phrase means.
NUMBERS: Final = {
    **dict.fromkeys(("two", "both", "each", "neither", "pair", "duo", "couple"), 2),
    **dict.fromkeys(("three", "trio"), 3),
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
}

# Labels of transcripts that stand for a role, not a name.
ROLE_LABELS: Final = words(
    """
    q a question answer moderator host interviewer interviewee reporter journalist audience caller
    narrator announcer male female voice man woman speaker operator editor questioner unidentified
    crowd all panelist anchor presenter court
    """
)


def are_people(lemma: str) -> bool:
    """Tell whether the plural of a noun means people."""
    return lemma in _PEOPLES or lemma in COLLECTIVES or is_person_noun(lemma)
