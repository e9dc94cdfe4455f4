"""How `--contains` and titles are compared: without case, diacritics and typographic niceties."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

_MARKS: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-",
    }
)  # fmt: skip
_FROM: Final = "".join(chr(code) for code in _MARKS)
_TO: Final = "".join(_MARKS.values())


def fold(text: str | None) -> str | None:
    """Return the text folded: one space for white space, plain marks, no case, no diacritics."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


class folded(FunctionElement[str]):  # noqa: N801 - used like a function of SQL, and named so
    """The fold of a column, computed by the database."""

    type = Text()
    inherit_cache = True
    name = "folded"


@compiles(folded, "sqlite")
def _sqlite(element: folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"quotes_fold({compiler.process(element.clauses, **options)})"


@compiles(folded, "postgresql")
def _postgresql(element: folded, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    old, new = _FROM.replace("'", "''"), _TO.replace("'", "''")
    plain = f"lower(normalize(translate({column}, '{old}', '{new}'), NFKD))"
    bare = f"regexp_replace({plain}, '[\u0300-\u036f]', '', 'g')"
    return f"btrim(regexp_replace({bare}, '\\s+', ' ', 'g'))"


def contains(column: ColumnExpressionArgument[Any], part: str) -> ColumnElement[bool]:
    """Return the condition that the folded column holds the folded part; `%` and `_` are text."""
    return folded(column).contains(fold(part) or "", autoescape=True)
