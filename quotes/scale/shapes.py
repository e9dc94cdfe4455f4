"""Texts of any length in shapes that a reader of news seldom meets, and an attacker may send.

All are invented. A text is a block of some thousand characters again and again, with other people
in each copy where the shape has names; so its parse is that of the block again and again, and a
model need not read megabytes to show what our own stages make of them.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCK: Final = 10_000

_GIVEN: Final = (
    "Adabel Peteran Tamsine Maxwel Khizran Lenore Otisse Nellan Ivonne Petrane".split()  # noqa: SIM905 - a list of names reads better so
)
_FAMILY: Final = (
    "Marshel Farrowe Ordewin Tolleran Roeburn Vogtman Brandel Quarlin Halewin Lundwal".split()  # noqa: SIM905 - as above
)
_ROLES: Final = ("mayor", "harbour commissioner", "surgeon", "ferry captain", "economist")
_SAID: Final = ("said", "warned", "told reporters", "insisted")
_TOLD: Final = (
    "the bridge would stay closed",
    "nobody had counted the boats",
    "the money was gone",
    "the vote was a mistake",
)
# What stands for somebody's name in a block and is another in each copy.
NAMES: Final = frozenset((*_GIVEN, *_FAMILY))
_NAME: Final = re.compile("|".join(sorted(NAMES)))


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of text; `people` tells that each copy of its block names others.

    `opening` stands once in each block.
    """

    name: str
    unit: Callable[[random.Random], str]
    people: bool = False
    opening: str = ""

    def block(self) -> str:
        """Return the text that is repeated, of BLOCK characters or a little more."""
        chance = random.Random(self.name)
        parts = [self.opening]
        length = len(self.opening)
        while length < BLOCK:
            parts.append(self.unit(chance))
            length += len(parts[-1])
        return "".join(parts)

    def text(self, size: int) -> str:
        """Return about so many characters of this shape: whole blocks, or a block's beginning."""
        block = self.block()
        if size <= BLOCK:
            return block[:size]
        return "".join(self.copy(block, number) for number in range(self.copies(size)))

    def copies(self, size: int) -> int:
        """Return how many blocks make a text of more than a block."""
        return round(size / len(self.block()))

    def copy(self, block: str, number: int) -> str:
        """Return the block with the names of one copy."""
        if not self.people:
            return block
        return _NAME.sub(lambda name: turned(name[0], number), block)


def turned(word: str, by: int) -> str:
    """Return another word of the same length, capitalised; every number gives another for long.

    A letter goes on in the alphabet by the number's digit to the base of 26, the last the fastest.
    """
    letters = []
    for letter in reversed(word.lower()):
        by, step = divmod(by, 26)
        letters.append(chr((ord(letter) - ord("a") + step) % 26 + ord("a")))
    return "".join(reversed(letters)).capitalize()


def _prose(chance: random.Random) -> str:
    one = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    other = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    said, told, role = chance.choice(_SAID), chance.choice(_TOLD), chance.choice(_ROLES)
    surname = one.split()[1]
    return chance.choice(
        [
            f"{one}, the {role}, {said} that {told}. He had seen {other}.",
            f"{one} met {other} at the harbour. “{told.capitalize()},” she {said}.",
            f"“{told.capitalize()},” Ms. {surname} {said}. The {role} {said} that {told}.",
            f"According to {surname}, {told}. They {said} that the ferry was late.",
            f"{one} and {other} {said} that {told}. The rain did not stop all day.",
        ]
    )


def _label(chance: random.Random) -> str:
    name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    return f"{name}: I think that {chance.choice(_TOLD)}, and we said so.\n\n"


def _named(chance: random.Random) -> str:
    first, second = chance.choice(_GIVEN), chance.choice(_FAMILY)
    return f"{first} {second} {chance.choice(_SAID)} that {chance.choice(_TOLD)}. "


SHAPES: Final = (
    Shape("prose", lambda chance: _prose(chance) + "\n\n"),
    Shape("many people", lambda chance: _prose(chance) + "\n\n", people=True),
    Shape("one paragraph", lambda chance: _prose(chance) + " "),
    Shape("surnames", _named, people=True),
    Shape("labels", _label, people=True),
    Shape("one label", lambda chance: f"MARSH: I said {chance.choice(_TOLD)}.\n"),
    Shape("pronouns", lambda chance: f"He {chance.choice(_SAID)} that she had told him so. "),
    Shape(
        "one name, then pronouns",
        lambda chance: f"“{chance.choice(_TOLD).capitalize()},” he said. She saw him.\n\n",
        opening="Adabel Marshel met Petrane Farrowe and Lenore Ordewin.\n\n",
    ),
    Shape(
        "bodies",
        lambda chance: f"The {chance.choice(_FAMILY)} Board said no. It said so. ",
        people=True,
    ),
    Shape(
        "roles", lambda chance: f"The {chance.choice(_ROLES)} said that {chance.choice(_TOLD)}. "
    ),
    Shape("all marks", lambda chance: "“It did,” ‘it’ “rained.” "),
    Shape("marks alone", lambda chance: "“”\"'‘’"),
    Shape("straight marks", lambda chance: '"'),
    Shape("unclosed marks", lambda chance: f"“{chance.choice(_TOLD).capitalize()}. "),
    Shape(
        "unclosed in each paragraph", lambda chance: f"“{chance.choice(_TOLD).capitalize()}.\n\n"
    ),
    Shape("nested marks", lambda chance: "“It ‘was “said ‘so "),
    Shape("apostrophes", lambda chance: "the boats' 'n' captains' '90s "),
    Shape("one word", lambda chance: "abcdefghij"),
    Shape("one word in capitals", lambda chance: "ABCDEFGHIJ"),
    Shape("one figure", lambda chance: "1234567890"),
    Shape("stops", lambda chance: "."),
    Shape("hyphens", lambda chance: "a-"),
    Shape("signs of currency", lambda chance: "$"),
    Shape(
        "one sentence", lambda chance: f"{chance.choice(_FAMILY)} said that it rained, and that "
    ),
    Shape("enumeration", lambda chance: f"{chance.choice(_GIVEN)}, ", people=True),
    Shape("brackets", lambda chance: "(it [rained "),
    Shape("full stops", lambda chance: ". "),
    Shape("abbreviations", lambda chance: "U.S. Sen. J. R. "),
    Shape("colons", lambda chance: "Marsh: "),
    Shape("dashes", lambda chance: "— -- "),
    Shape("figures", lambda chance: "1,234.56 "),
    Shape("spaces", lambda chance: " " * 99 + "a"),
    Shape("line ends", lambda chance: "\n" * 99 + "a"),
    Shape("short lines", lambda chance: "It rained.\n"),
    Shape(
        "wrapped lines", lambda chance: "It rained on the harbour and on all of the boats there\n"
    ),
    Shape("capitals", lambda chance: "MARSH SAID THE FERRY WAS LATE AND "),
    Shape("combining signs", lambda chance: "a" + "\u0301" * 9),
    Shape("no English", lambda chance: "雨が降ったと彼は言った。「そうだ」"),
)
