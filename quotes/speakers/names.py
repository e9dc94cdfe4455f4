"""Personal and organisations' names: what is left without titles, and which forms fit together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quotes.speakers.titles import (
    INNER_PARTICLES,
    OFFICES,
    PARTICLES,
    POSTNOMINALS,
    REGAL,
    SUFFIXES,
    TITLE_WORDS,
)

_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_MARKS: Final = re.compile("[\u0300-\u036f]")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_APOSTROPHES: Final = re.compile("['’‘ʼʹ`´]")
_POSSESSIVE: Final = re.compile("(?:['’ʼ][sS]|(?<=[sS])['’ʼ])$")
_ASIDE: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[“\"][^“”\"]*[”\"])")
_PARTY: Final = re.compile(r"\s+[RDILC]-[A-Z][\w.]*$")
_NO_WORD: Final = re.compile(r"[\W_]+")
_INITIALS: Final = re.compile(r"^(?:[^\W\d_]\.?|(?:[^\W\d_]\.){2,})$")
_SHORT_GIVEN: Final = re.compile(r"^[A-Z]{2}$")
_SUFFIX_SHOWN: Final = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_LONG_ENOUGH: Final = 5
_LONGEST_INITIALS: Final = 3
_VOWEL: Final = re.compile("[AEIOUYÄÖÜÅÆØ]")
_PART: Final = re.compile(r"[^\W\d_]+")
_EDGE: Final = ' \t\r\n.,;:!?-–—/|*•#…"“”‘«»()[]'


def without_invisible(text: str) -> str:
    """Return the text without soft hyphens, marks of writing direction and zero-width spaces."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Return the text without case, diacritics and apostrophes, its words apart by one space."""
    text = without_invisible(text)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = plain.translate(_LETTERS)
    plain = _APOSTROPHES.sub("", _MARKS.sub("", plain))
    return _NO_WORD.sub(" ", plain).strip()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: a given name, an initial, or a surname with its particles."""

    text: str
    particles: str = ""
    initial: bool = False

    def agrees(self, other: Part) -> bool:
        """Tell whether both can stand for one part: the same, or one the other's initial."""
        if self.initial or other.initial:
            return self.text[:1] == other.text[:1]
        if self.particles and other.particles and self.particles != other.particles:
            return False
        return self.text == other.text


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart: as it is shown, its parts in the order they stand, and "jr" or "iii"."""

    shown: str
    parts: tuple[Part, ...]
    suffix: str = ""

    @property
    def is_full(self) -> bool:
        """Whether there is more than a surname."""
        return len(self.parts) > 1


@lru_cache(maxsize=8192)
def parse_name(text: str) -> PersonName:
    """Take a name apart, leaving out its titles, party tag, asides and possessive ending."""
    words = _words_of(text)
    suffix = ""
    while len(words) > 1 and (fold(words[-1]) in SUFFIXES or words[-1] in POSTNOMINALS):
        suffix = SUFFIXES.get(fold(words.pop()), suffix)
    words = _without_place(_without_titles(words))
    shown = " ".join([*words, _SUFFIX_SHOWN.get(suffix, "")]).strip()
    return PersonName(shown or text.strip(), tuple(_parts(words)), suffix)


def _words_of(text: str) -> list[str]:
    """Split a mention into words, up to the comma that ends the name."""
    # One space between words: patterns take the square of a long run's time.
    text = " ".join(without_invisible(text).split())
    plain = _ASIDE.sub(" ", text)
    plain = _PARTY.sub("", plain.strip()) or text
    head, *rest = [part.strip() for part in plain.split(",")]
    for part in rest:
        if fold(part) in SUFFIXES:
            head = f"{head} {part}"
        elif len(rest) == 1 and _is_inverted(head, part):
            head = f"{part} {head}"
        else:
            break
    words = [word if _INITIALS.match(word) else word.strip(_EDGE) for word in head.split()]
    words = [word for word in words if fold(word)]
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1]) or words[-1]
    return words


def _is_inverted(surname: str, given: str) -> bool:
    """Tell whether "Surname, Given" stands in catalogue order."""
    names = given.split()
    return (
        len(surname.split()) == 1
        and 1 <= len(names) <= 2
        and surname[:1].isupper()
        and names[0][:1].isupper()
        and (len(names) == 1 or bool(_INITIALS.match(names[1])))
        and fold(names[0]) not in TITLE_WORDS
        and names[0] not in POSTNOMINALS
    )


def _without_titles(words: list[str]) -> list[str]:
    """Drop everything up to the last title before the name."""
    start = 0
    for index, word in enumerate(words[:-1]):
        if index < start or not _is_title(word):
            continue
        after = _past_office(words, index + 1)
        if after >= len(words) or not _begins_name(words[after]):
            continue
        left = len(words) - after
        if fold(word) in REGAL and left == 1:
            continue
        start = after
    return words[start:]


def _without_place(words: list[str]) -> list[str]:
    """Cut "Ann Roe of Ohio" behind the name."""
    for index, word in enumerate(words[:-1]):
        if index > 1 and word in {"of", "from", "at", "in", "with", "for", "and"}:
            return words[:index]
    return words


def _is_title(word: str) -> bool:
    return fold(word) in TITLE_WORDS or any(
        part in TITLE_WORDS for part in fold(word).split() if "-" in word
    )


def _past_office(words: list[str], index: int) -> int:
    """Return the place after "of State" or "of the Treasury", or the same where there is none."""
    if index >= len(words) or words[index].lower() not in {"of", "for"}:
        return index
    index += 1
    while index < len(words) and (words[index] in {"the", "and"} or fold(words[index]) in OFFICES):
        index += 1
    return index


def _begins_name(word: str) -> bool:
    return not word[:1].islower() or fold(word) in INNER_PARTICLES or "-" in word


def _parts(words: list[str]) -> list[Part]:
    """Join each particle to the part it belongs to."""
    parts: list[Part] = []
    particles: list[str] = []
    for index, word in enumerate(words):
        known = PARTICLES if not parts else INNER_PARTICLES
        if index < len(words) - 1 and fold(word) in known:
            particles.append(fold(word))
            continue
        prefix, hyphen, rest = word.partition("-")
        if hyphen and rest and prefix.lower() in {"al", "el"}:
            particles, word = [*particles, prefix.lower()], rest
        initial = _is_initials(word, words)
        if initial and len(fold(word)) > 1:
            letters = fold(word).replace(" ", "")
            parts.extend(Part(letter, initial=True) for letter in letters)
        else:
            parts.append(Part(fold(word), " ".join(particles), initial))
        particles = []
    return parts


def _is_initials(word: str, words: list[str]) -> bool:
    """Tell whether the word is "J.", "J.D." or, in a name not all in capitals, "JD"."""
    if len(words) < 2:
        return False
    if _INITIALS.match(word):
        return True
    return bool(_SHORT_GIVEN.match(word)) and word != words[-1] and not words[-1].isupper()


def display_name(text: str) -> str:
    """Return the name as it is shown: without titles, party tag and possessive ending."""
    return parse_name(text).shown


def in_lower_case(name: str) -> str:
    """Return a person's name that is set in capitals as it is written elsewhere.

    "ADA MCROE-O'HALE" is Ada McRoe-O'Hale; words of up to three letters that may be initials
    ("JD", "AOC") stay, and so does a name that has small letters.
    """
    if not name.isupper():
        return name
    words = name.split()
    if len(words) == 1 and len(name.strip(".")) <= _LONGEST_INITIALS:
        return name
    return " ".join(_lowered(word, at) for at, word in enumerate(words))


def _lowered(word: str, at: int) -> str:
    if fold(word) in PARTICLES and at:
        return word.lower()
    if _INITIALS.match(word) or word in POSTNOMINALS or fold(word) in {"ii", "iii", "iv"}:
        return word
    if len(word) <= _LONGEST_INITIALS and not _VOWEL.search(word):
        return word
    return _PART.sub(lambda part: _capitalised(part.group()), word)


def _capitalised(part: str) -> str:
    if part.startswith("MC") and len(part) > len("MC") + 1:
        return "Mc" + part[2:].capitalize()
    return part.capitalize()


def is_misspelt(first: str, second: str) -> bool:
    """Tell whether two surnames differ by one letter: added, left out, changed, or two exchanged.

    Short ones differ too easily, and first letters are seldom wrong.
    """
    if first == second or min(len(first), len(second)) < _LONG_ENOUGH or first[0] != second[0]:
        return False
    if len(first) > len(second):
        first, second = second, first
    at = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first)
    )
    if len(first) < len(second):
        return len(second) - len(first) == 1 and first[at:] == second[at + 1 :]
    swapped = first[at : at + 2] == second[at : at + 2][::-1]
    return first[at + 1 :] == second[at + 1 :] or (swapped and first[at + 2 :] == second[at + 2 :])


def name_key(name: str) -> str:
    """Return what all spellings of one full name share: folded, title-free, in either order.

    Initials beside two full names are left out; "jr" and "iii" are kept, since they tell people
    apart. Middle names are kept: `is_compatible` is the test that allows for them.
    """
    parsed = parse_name(name)
    full = [part.text for part in parsed.parts if not part.initial]
    if len(full) < 2:
        initials = "".join(part.text for part in parsed.parts if part.initial)
        full = [*full, initials] if initials else full
        if len(parsed.parts) == 1 and parsed.parts[0].particles:
            full.append(parsed.parts[0].particles)
    words = sorted(" ".join(full).split())
    return " ".join([*words, parsed.suffix]).strip() or fold(name) or name.strip()


def organisation_key(name: str) -> str:
    """Return what all spellings of an organisation's name share: folded, without its article."""
    folded = fold(_POSSESSIVE.sub("", name.strip()))
    return folded.removeprefix("the ") or folded or name.strip()


def is_compatible(first: str, second: str) -> bool:
    """Tell whether both names can be one person's.

    Two full names agree in surname and given names (in either order, initials and missing middle
    names allowed); a name alone agrees with a full name that begins or ends with it.
    """
    a, b = parse_name(first), parse_name(second)
    if not a.parts or not b.parts:
        return fold(first) == fold(second)
    if a.suffix != b.suffix and ((a.suffix and b.suffix) or (a.is_full and b.is_full)):
        return False
    if not a.is_full or not b.is_full:
        return _is_part_of(a, b) or _is_part_of(b, a)
    return any(_same_order(a.parts, order) for order in readings(b.parts))


def ends_with(full: str, surname: str) -> bool:
    """Tell whether the surname, alone or with a title, ends the full name."""
    a, b = parse_name(full), parse_name(surname)
    return len(b.parts) == 1 and bool(a.parts) and _bears(a.parts[-1], b.parts[0])


def begins_with(full: str, surname: str) -> bool:
    """Tell whether the name, alone or with a title, begins the full name."""
    a, b = parse_name(full), parse_name(surname)
    return len(b.parts) == 1 and bool(a.parts) and _bears(a.parts[0], b.parts[0])


def _bears(part: Part, alone: Part) -> bool:
    """Tell whether a lone name can be this part; a particle must not appear from nowhere."""
    if part.initial or alone.initial or part.text != alone.text:
        return False
    return not alone.particles or part.particles == alone.particles


def _is_part_of(alone: PersonName, other: PersonName) -> bool:
    if len(alone.parts) != 1 or not other.parts:
        return False
    return any(_bears(part, alone.parts[0]) for part in (other.parts[0], other.parts[-1]))


def readings(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """Return the orders in which a full name can be read, its surname the last part of each.

    It may stand at either end; "Ada B. Marsh" is nobody called B. Marsh of the family Ada.
    """
    turned = {parts[1:] + parts[:1]: None, parts[-1:] + parts[:-1]: None}
    orders = [parts, *(one for one in turned if not one[0].initial or _all_initials(one[:-1]))]
    return [one for one in orders if not one[-1].initial]


def _all_initials(parts: tuple[Part, ...]) -> bool:
    return all(part.initial for part in parts)


def _same_order(a: tuple[Part, ...], b: tuple[Part, ...]) -> bool:
    if a[-1].initial or b[-1].initial or not a[-1].agrees(b[-1]):
        return False
    short, long = sorted((a[:-1], b[:-1]), key=len)
    if short[0].agrees(long[0]):
        return _is_subsequence(short[1:], long[1:])
    return long[0].initial and _is_subsequence(short, long[1:])


def _is_subsequence(short: tuple[Part, ...], long: tuple[Part, ...]) -> bool:
    rest = iter(long)
    return all(any(part.agrees(other) for other in rest) for part in short)
