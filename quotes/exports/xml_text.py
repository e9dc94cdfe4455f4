"""Text as XML 1.0 can hold it, code point for code point, so that offsets stay."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# What XML 1.0 has no place for (section 2.2), beside what steers how a line is shown.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A parser makes a line feed of a carriage return that is not written as a reference.
REFERENCES = {"\r": "&#13;", '"': "&quot;"}
IN_ATTRIBUTES = {**REFERENCES, "\n": "&#10;", "\t": "&#9;"}


def xml_text(text: str) -> str:
    """Return the text as the content of an element; what cannot be written is its picture."""
    return escape(FORBIDDEN.sub(_picture, text), REFERENCES)


def attributes(**named: str | None) -> str:
    """Return attributes, those that are None left out; `xml_id` is `xml:id`."""
    return "".join(
        f' {name.replace("_", ":")}="{escape(FORBIDDEN.sub(_picture, value), IN_ATTRIBUTES)}"'
        for name, value in named.items()
        if value is not None
    )


def _picture(match: re.Match[str]) -> str:
    """Return the control picture of a control character, else the sign for what is no character."""
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
