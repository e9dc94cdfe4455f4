"""How `--contains` and titles are compared: without case, diacritics and typographic niceties."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, ColumnElement, Text, and_, false, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.compiler import SQLCompiler

_MARKS: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-",
    }
)  # fmt: skip
FROM: Final = "".join(chr(code) for code in _MARKS)
TO: Final = "".join(_MARKS.values())


def fold(text: str | None) -> str | None:
    """Return the text folded: one space for white space, plain marks, no case, no diacritics."""
    if text is None:
        return None
    plain = text if text.isascii() else text.translate(_MARKS)
    if plain.isascii():
        # Most quotations, once their marks are plain; a listing folds many of them.
        return " ".join(plain.casefold().split())
    plain = unicodedata.normalize("NFKD", plain)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


class folded(FunctionElement[str]):  # noqa: N801 - used like a function of SQL, and named so
    """The fold of a column, computed by the database."""

    type = Text()
    inherit_cache = True
    name = "folded"


@compiles(folded)
def _quotes_fold(element: folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"quotes_fold({compiler.process(element.clauses, **options)})"


class has_marks(FunctionElement[bool]):  # noqa: N801 - used like a function of SQL, and named so
    """Whether a column has letters or marks beyond ASCII, told by its length in bytes."""

    type = Boolean()
    inherit_cache = True
    name = "has_marks"


@compiles(has_marks, "sqlite")
def _longer_blob(element: has_marks, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"(length(CAST({column} AS BLOB)) > length({column}))"


@compiles(has_marks, "postgresql")
def _more_octets(element: has_marks, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"(octet_length({column}) > char_length({column}))"


def contains(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], part: str
) -> ColumnElement[bool]:
    """Return the condition that the folded column holds the folded part; `%` and `_` are text."""
    sought = fold(part) or ""
    holds = folded(column).contains(sought, autoescape=True)
    # Folding a hundred thousand titles takes a quarter of a second. One in ASCII has each word of
    # the part as it stands, but for case, or does not hold it.
    words = [column.icontains(word, autoescape=True) for word in sought.split()]
    plain = and_(true(), *words) if sought.isascii() else false()
    return and_(or_(has_marks(column), plain), holds) if sought.strip() else holds
