"""JSON Lines: the record of each quotation, as `extract` prints it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.store.values import StoredQuotation

# What JSON lets through and a terminal may obey, and what UTF-8 cannot hold.
UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class JsonLines:
    """One object a line."""

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield a line for each quotation."""
        for quotation in quotations:
            yield (encode(quotation.record) + "\n").encode()


def exporter(setting: Setting) -> JsonLines:
    """Return the exporter; the records have all it needs."""
    return JsonLines()


def encode(value: Any, *, indent: int | None = None) -> str:
    """Return the JSON of a value, letters unescaped, but not what steers a terminal."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def plain_row(value: Any) -> dict[str, Any]:
    """Return a stored value as JSON has it, its times as ISO 8601."""
    return {
        name: field.isoformat() if isinstance(field, datetime) else field
        for name, field in asdict(value).items()
    }
