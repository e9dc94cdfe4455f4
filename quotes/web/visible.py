"""Text of a source made fit for a page: what would hide or turn other text around is shown."""

from __future__ import annotations

import re
from typing import Any, Final

from markupsafe import Markup

# C0 and C1 but for tab and line ends; bidirectional controls; separators that break a line of
# code; surrogates, which UTF-8 cannot hold; tags, which are letters that no font shows.
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return the text with hidden characters replaced by their numbers, as in ⟨U+202E⟩."""
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def finalize(value: Any) -> Any:
    """Make visible what a template is given, before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
