"""A word without its inflection: "ran", "runs" and "running" are one.

Crude on purpose: a stem is a key to compare by, no word to show.
"""

from __future__ import annotations

from functools import lru_cache


def listed(words: str) -> list[str]:
    """Return the words of a list in one string."""
    return words.split()


NO_SUFFIX = ""
# The index's stem (store.wording) knows none of these: it must be able to write out a stem's words.
_IRREGULAR = """
be am is are was were been being; have has had having; do does did done; go went gone goes;
say said; tell told; make made; take took taken; get got gotten; give gave given; find found;
think thought; know knew known; see saw seen; come came; become became; feel felt; leave left;
keep kept; hold held; bring brought; buy bought; build built; begin began begun; run ran;
write wrote written; speak spoke spoken; meet met; lead led; lose lost; pay paid; send sent;
spend spent; stand stood; understand understood; win won; rise rose risen; fall fell fallen;
grow grew grown; draw drew drawn; drive drove driven; fly flew flown; show shown;
break broke broken; choose chose chosen; eat ate eaten; fight fought; forget forgot forgotten;
hear heard; hide hid hidden; lend lent; mean meant; sell sold; shoot shot; sing sang sung;
sit sat; sleep slept; steal stole stolen; strike struck; swim swam swum; teach taught;
throw threw thrown; wake woke woken; wear wore worn; withdraw withdrew withdrawn;
freeze froze frozen; seek sought; catch caught; bear bore borne; bind bound; sink sank sunk;
ring rang rung; drink drank drunk; ride rode ridden; shake shook shaken; swear swore sworn;
tear tore torn; undertake undertook undertaken; overcome overcame; rebuild rebuilt; hurt;
man men; woman women; child children; person people persons; foot feet; wife wives;
half halves; crisis crises; datum data; medium media; lie lay lain; lay laid;
shrink shrank shrunk; sweep swept; deal dealt; dig dug; feed fed; forbid forbade forbidden;
forgive forgave forgiven; hang hung; kneel knelt; light lit; mistake mistook mistaken;
repay repaid; stick stuck; weep wept; wind wound; blow blew blown; burn burnt; learn learnt;
this these; that those; good better best; bad worse worst; die dying; defence defense;
centre center; labour labor; favour favor; programme program
"""
_SUFFIXES = {NO_SUFFIX} | frozenset(
    listed(
        "ion tion ation sion ment al ial ly er or ity ty ness ive ative ful ous ious ish "
        "ist ism ic ical ance ence ency y th ian an ese e es s ed ing able ible i ition "
        "ative ary ern"
    )
)
_VOWELS = frozenset("aeiouy")
_LEAST_SHARED = 4
_SHORT = 3


def _forms() -> dict[str, str]:
    forms = {}
    for entry in _IRREGULAR.replace("\n", " ").split(";"):
        base, *others = entry.split()
        forms[base] = base
        forms.update(dict.fromkeys(others, base))
    # "better" and "best" differ in more than inflection, as do "worse" and "worst".
    return {form: base for form, base in forms.items() if form not in _DEGREES}


_DEGREES = {"better", "best", "worse", "worst"}
IRREGULAR = _forms()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    base = IRREGULAR.get(word)
    if base is not None:
        return base
    if len(word) <= _SHORT or not word.isalpha():
        return word
    word = _without_ending(word)
    base = IRREGULAR.get(word) or IRREGULAR.get(word + "e")
    if base is not None:
        return base
    if len(word) > _SHORT:
        if word.endswith("e"):
            word = word[:-1]
        elif word.endswith("y"):
            word = word[:-1] + "i"
    return word


def _without_ending(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORT and not _VOWELS.isdisjoint(rest):
            doubled = rest[-1] == rest[-2] and rest[-1] not in "lsz"
            return rest[:-1] if doubled else rest
    if word.endswith("ly") and len(word) > 5:
        return word[:-2]
    return word


def related(one: str, other: str) -> bool:
    """Tell whether two stems look like one word with different suffixes, as "nation", "national".

    A suffix that denies ("-less") is none of them.
    """
    if one[:_LEAST_SHARED] != other[:_LEAST_SHARED]:
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= _LEAST_SHARED and one[shared:] in _SUFFIXES and other[shared:] in _SUFFIXES
