"""PostgreSQL's own functions for folding texts and cutting them into words, as Python does it.

They are written out by the first revision. None calls another, so that a dump can be put back
whatever schema comes first, and none hangs on the locale of the database.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from quotes.store.folding import FROM, TO

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

#: Stands in a tsvector that has not every place of its words: no word is written so.
CUT: Final = "…"
#: A longer word is found by its beginning.
LONGEST: Final = 255
# A tsvector counts places up to here, and keeps so many of each word.
_MOST_PLACES, _MOST_OF_ONE = 16_383, 255
# Shorter texts always fit a tsvector; of longer ones that do not, the first words are kept.
_SMALL, _KEPT = 100_000, 60_000
_COLLATIONS: Final = ("und-x-icu", "pg_c_utf8")


def collation(connection: Connection) -> str:
    """Return a collation that knows the case of every letter, whatever the database's locale."""
    there = set(
        connection.scalars(
            text("SELECT collname FROM pg_collation WHERE collname = ANY(:names)"),
            {"names": list(_COLLATIONS)},
        )
    )
    return next((name for name in _COLLATIONS if name in there), "default")


def fold_function(name: str, collated: str) -> str:
    """Return the SQL that makes the function of `quotes.store.folding.fold`."""
    return (
        f"CREATE FUNCTION {name}(given text) RETURNS text"
        " LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $quotes$\n"
        f"DECLARE plain text;\nBEGIN\n{_folding(collated)}"
        f"  RETURN btrim(regexp_replace(plain, '[{_class(str.isspace)}]+', ' ', 'g'));\n"
        "END $quotes$"
    )


def words_function(name: str, collated: str) -> str:
    """Return the SQL that makes the function of a text's words, one space around each."""
    return (
        f"CREATE FUNCTION {name}(given text) RETURNS text"
        " LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $quotes$\n"
        f"DECLARE plain text;\nBEGIN\n{_folding(collated)}{_spacing()}"
        "  RETURN ' ' || btrim(plain) || ' ';\n"
        "END $quotes$"
    )


def index_function(name: str, collated: str) -> str:
    """Return the SQL that makes the trigger which keeps a row's words, and how many they are."""
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $quotes$
DECLARE plain text; words text[]; found tsvector; given text := new.text;
BEGIN
{_folding(collated)}{_spacing()}
  words := string_to_array(btrim(plain), ' ');
  new.fulltext_length := cardinality(words);
  BEGIN
    SELECT string_agg(left(word, {LONGEST}) || ':' || least(place, {_MOST_PLACES}), ' ')::tsvector
      INTO found FROM unnest(words) WITH ORDINALITY AS one(word, place);
  EXCEPTION WHEN program_limit_exceeded THEN
    found := array_to_tsvector(ARRAY(
      SELECT DISTINCT left(word, {LONGEST}) FROM unnest(words[:{_KEPT}]) AS one(word)));
    found := found || '''{CUT}'':1'::tsvector;
  END;
  IF cardinality(words) > {_MOST_OF_ONE} AND (cardinality(words) > {_MOST_PLACES} OR EXISTS (
    SELECT FROM unnest(found) AS one WHERE cardinality(one.positions) >= {_MOST_OF_ONE})) THEN
    found := '''{CUT}'':1'::tsvector || found;
  END IF;
  new.fulltext_words := coalesce(found, ''::tsvector);
  RETURN new;
END $quotes$"""


def _folding(collated: str) -> str:
    old, new = FROM.replace("'", "''"), TO.replace("'", "''")
    folds = _other_folds()
    single = {one: other for one, other in folds.items() if len(other) == 1}
    longer = "".join(
        f"      plain := replace(plain, '{one}', '{other}');\n"
        for one, other in folds.items()
        if len(other) > 1
    )
    return f"""\
  plain := translate(given, '{old}', '{new}');
  IF octet_length(plain) = char_length(plain) THEN
    plain := lower(plain COLLATE "C");
  ELSE
    plain := regexp_replace(normalize(plain, NFKD), '[{_class(unicodedata.combining)}]+', '', 'g');
    plain := lower(plain COLLATE "{collated}");
    IF plain ~ '[{"".join(folds)}]' THEN
      plain := translate(plain, '{"".join(single)}', '{"".join(single.values())}');
{longer}    END IF;
  END IF;
"""


def _spacing() -> str:
    return f"""\
  IF octet_length(plain) = char_length(plain) THEN
    plain := regexp_replace(plain, '[^a-z0-9]+', ' ', 'g');
  ELSE
    plain := regexp_replace(plain, '[^{_class(str.isalnum)}]+', ' ', 'g');
  END IF;
"""


@cache
def _every() -> str:
    """Return every character but U+0000 and half surrogate pairs, which no database keeps."""
    return "".join(map(chr, (*range(1, 0xD800), *range(0xE000, sys.maxunicode + 1))))


@cache
def _other_folds() -> dict[str, str]:
    """Return the small letters that fold to something else, as the last sigma does."""
    small = set(map(str.lower, filter(str.isalpha, _every()[128:])))
    plain = (one for one in small if len(one) == 1 and one != one.casefold())
    return {
        one: one.casefold() for one in sorted(plain) if unicodedata.normalize("NFKD", one) == one
    }


@cache
def _class(holds: Callable[[str], object]) -> str:
    """Return the inside of brackets of a regular expression: the characters of which this holds."""
    runs: list[list[int]] = []
    for code in map(ord, filter(holds, _every())):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(
        _written(first) if first == last else f"{_written(first)}-{_written(last)}"
        for first, last in runs
    )


def _written(code: int) -> str:
    return rf"\U{code:08x}"
