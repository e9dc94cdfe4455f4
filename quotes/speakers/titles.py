"""The words that stand before, after or instead of a person's name: titles, roles, particles."""

from __future__ import annotations

from typing import Final


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


COURTESY_FEMININE: Final = words("mrs ms miss mme madam madame dame lady baroness sister mother")
COURTESY_MASCULINE: Final = words("mr mister sir lord baron father brother monsieur")

COURTESY: Final = (
    COURTESY_FEMININE
    | COURTESY_MASCULINE
    | words(
        "mx dr doctor prof professor rev reverend fr rabbi imam hon honorable honourable messrs"
    )
)

RANKS: Final = words(
    """
    gen general lt lieutenant col colonel maj capt captain cmdr commander adm admiral sgt sergeant
    cpl corporal pvt private brig brigadier cpt ltc msgt sheriff deputy detective det insp inspector
    constable trooper officer marshal commodore supt superintendent di dci cllr
    """
)

# Nouns for what somebody is. Right before a name they are a title ("campaign manager Ann Roe");
# with an article they are a description ("the campaign manager").
ROLES: Final = words(
    """
    accountant activist actor actress adjutant administrator adviser advisor advocate aide ally
    ambassador
    analyst anchor anchorman anchorwoman archbishop architect artist assemblyman assemblywoman
    assistant astronaut astronomer athlete attorney auditor author banker barrister billionaire
    biologist bishop
    blogger boss broadcaster broker businessman businesswoman campaigner candidate captain cardinal
    ceo cfo coo cto chair chairman chairperson chairwoman challenger champion chancellor chaplain
    chef chemist chief cleric clerk coach columnist comedian commentator commissioner composer
    comptroller conductor congressman congressperson congresswoman conservative consul consultant
    contributor controller convener coordinator coroner correspondent councillor councilman
    councilmember councilor councilwoman counsel counsellor counselor critic curator defendant
    delegate democrat designer developer diplomat director doctor donor driver economist editor
    educator elder electrician employee engineer entrepreneur envoy epidemiologist executive expert
    farmer filmmaker firefighter founder friend gov governor graduate head headmaster headteacher
    historian host husband incumbent independent interviewer investigator investor journalist judge
    justice labour lawmaker lawyer leader lecturer legislator liberal librarian libertarian lobbyist
    lord magistrate manager mathematician mayor mediator member meteorologist minister
    moderator mp mep msp musician negotiator neighbor neighbour neuroscientist newscaster
    nominee novelist nurse official ombudsman operative operator organiser organizer owner painter
    panelist parent participant partner pastor philanthropist philosopher photographer physician
    physicist pianist pilot pioneer plaintiff player playwright poet politician pollster pres
    premier presenter president press principal producer professor prosecutor protester psychiatrist
    psychologist publicist publisher pundit rancher rapper realtor registrar rep reporter
    representative republican researcher resident rival sailor salesman scholar scientist secretary
    sen senator shareholder singer socialist sociologist soldier solicitor speaker
    spokesman spokesperson spokeswoman spokesmen star statesman statistician strategist student
    supervisor supporter surgeon surrogate survivor teacher technician tenor therapist trainer
    committeeman committeewoman alderman alderwoman
    treasurer trustee tsar tycoon undersecretary vet veteran vicar victim volunteer voter
    whip whistleblower widow widower winner witness worker writer teammate
    veep vp chieftain warlord dictator ruler monarch boyfriend girlfriend wife
    """
)

# Words that may come before a title or a name and belong to neither.
QUALIFIERS: Final = words(
    """
    former ex late then acting interim incoming outgoing longtime veteran fellow vice deputy senior
    junior chief prime first presumptive elect designate emeritus retired assistant associate
    managing executive lead principal
    """
)

# Kept as part of the name while only one word follows ("Pope Francis"; and "Dean Baker", where the
# word is a given name); a title before two ("King Juan Carlos"). Not "earl": of two names behind it
# it is the given name ("Gov. Earl Ray Roe") far more often than the rank.
REGAL: Final = words(
    """
    king queen prince princess pope emperor empress sultan sheikh sheik emir duke duchess
    count countess lady mother sister father brother saint dean major baron dj
    """
)

# What an office is over, in "Secretary of State Ann Roe".
OFFICES: Final = words(
    """
    state defense defence treasury war commerce labor labour energy education agriculture interior
    transportation foreign external internal affairs health human services housing urban development
    homeland national security intelligence staff exchequer parliament congress house senate
    commons lords justice trade finance economy environment police operations communications
    digital public veterans
    """
)

SUFFIXES: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}

POSTNOMINALS: Final = words(
    "MP MEP MSP MD PhD Ph.D. Ph.D M.D. M.D QC KC Q.C. K.C. CBE OBE MBE KBE DBE Esq Esq. RN CPA FRS"
)

PARTICLES: Final = words("van von der den de del della di da dos das du la le bin ibn bint ter zu")

# Particles only inside a name, since as its first word they are given names ("Al Gore").
INNER_PARTICLES: Final = PARTICLES | words("al el ben ould abu")

# Before two names ("Senators Roe and Marsh").
PLURAL_TITLES: Final = words(
    "senators representatives presidents governors ministers professors judges justices generals "
    "ambassadors reps sens govs drs profs congressmen secretaries mayors commissioners"
)

TITLE_WORDS: Final = COURTESY | RANKS | ROLES | QUALIFIERS | REGAL | PLURAL_TITLES
