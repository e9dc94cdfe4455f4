"""Known people: a JSON or CSV file of names, aliases and offices with their dates."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from quotes.documents.files import bytes_of
from quotes.errors import DocumentError, PeopleError

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS: Final = ("name", "aliases", "offices", "id", "gender")
_OFFICE_FIELDS: Final = ("title", "of", "from", "until")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_OFFICE: Final = re.compile(
    r"(?P<title>[^()]+?)(?:\s*\((?P<of>[^()]+)\))?(?:\s+(?P<from>[\d-]*)\.\.(?P<until>[\d-]*))?"
)
_LONGEST_OFFICE: Final = 1_000
_GENDERS: Final = ("feminine", "masculine", "other")
_SHAPE: Final = 'write [{"name": "…", "aliases": ["…"], "offices": [{"title": "…"}]}, …]'
_SPACE: Final = re.compile(r"[\s,]*")
_LINE_END: Final = re.compile(r"\r\n?")
# Some two hundred thousand people.
_MOST_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that somebody held; both days count, and None is open."""

    title: str
    of: str | None = None
    since: date | None = None
    until: date | None = None

    def is_held(self, on: date) -> bool:
        """Tell whether it was held on this day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody on a list; `id` is an identifier elsewhere, such as a Wikidata item."""

    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    id: str | None = None
    gender: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


def read_people(path: str | Path) -> tuple[KnownPerson, ...]:
    """Read a file of known people, CSV where its name ends so, else JSON, in UTF-8.

    Raises PeopleError with the line of the first entry that is not as it should be.
    """
    try:
        text = _LINE_END.sub("\n", bytes_of(str(path), _MOST_BYTES).decode("utf-8-sig"))
    except DocumentError as error:
        raise PeopleError(f"{path}: {error.message}", hint="check the path of --people") from error
    except OSError as error:
        raise PeopleError(
            f"{path}: {error.strerror or error}", hint="check the path of --people"
        ) from error
    except UnicodeDecodeError as error:
        raise PeopleError(f"{path}: it is not UTF-8", hint="save it as UTF-8") from error
    is_csv = str(path).lower().endswith(".csv")
    entries = _csv_entries(text, str(path)) if is_csv else _json_entries(text, str(path))
    people = []
    for line, entry in entries:
        try:
            people.append(_person(entry))
        except ValueError as error:
            raise PeopleError(f"{path}:{line}: {error}", hint="correct that entry") from error
    return tuple(people)


def _json_entries(text: str, path: str) -> list[tuple[int, Any]]:
    """Return the entries of a JSON list, each with the line that it begins on."""
    decoder = json.JSONDecoder()
    found: list[tuple[int, Any]] = []
    start = _past_space(text, 0)
    if text[start : start + 1] != "[":
        raise PeopleError(f"{path}:1: it is no JSON list", hint=_SHAPE)
    at = _past_space(text, start + 1)
    line, counted = 1, 0
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        if at >= len(text):
            raise PeopleError(f"{path}:{line}: the list never ends", hint="close it with ]")
        try:
            entry, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            wrong = getattr(error, "lineno", line)
            what = getattr(error, "msg", "it is nested too deep, or a number is too long")
            raise PeopleError(f"{path}:{wrong}: not JSON: {what}", hint=_SHAPE) from error
        found.append((line, entry))
        at = _past_space(text, end)
    if text[at + 1 :].strip():
        line = text.count("\n", 0, at) + 1
        raise PeopleError(f"{path}:{line}: something follows the list", hint="remove it")
    return found


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _csv_entries(text: str, path: str) -> list[tuple[int, Any]]:
    """Return the rows of a CSV file, lists and offices read from their cells."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, Any]] = []
    try:
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        if "name" not in columns:
            raise PeopleError(
                f"{path}:1: there is no column name", hint=f"head it {','.join(_FIELDS)}"
            )
        reader.fieldnames = columns
        for row in reader:
            if None in row:
                raise PeopleError(
                    f"{path}:{reader.line_num}: more cells than columns",
                    hint="put what holds a comma in quotation marks",
                )
            cells = {key: (value or "").strip() for key, value in row.items()}
            if any(cells.values()):
                found.append((reader.line_num, _from_cells(cells)))
    except csv.Error as error:
        raise PeopleError(
            f"{path}:{reader.line_num}: not CSV: {error}", hint="check its quotation marks"
        ) from error
    return found


def _from_cells(cells: dict[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {key: value for key, value in cells.items() if value}
    if "aliases" in entry:
        entry["aliases"] = [part.strip() for part in entry["aliases"].split(";") if part.strip()]
    if "offices" in entry:
        parts = [part.strip() for part in entry["offices"].split(";") if part.strip()]
        entry["offices"] = [_office_cell(part) for part in parts]
    return entry


def _office_cell(cell: str) -> dict[str, str]:
    # Its time grows with the square of a run of white space.
    found = _OFFICE.fullmatch(cell) if len(cell) <= _LONGEST_OFFICE else None
    if found is None:
        return {"title": cell, "from": cell}
    return {key: value for key, value in found.groupdict().items() if value}


def _person(entry: Any) -> KnownPerson:
    if not isinstance(entry, dict):
        raise ValueError(f"{_shown(entry)} is no object with a name")
    _check_fields(entry, _FIELDS)
    name = _text(entry, "name")
    if name is None:
        raise ValueError("it has no name")
    aliases = entry.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(a, str) and a.strip() for a in aliases):
        raise ValueError("aliases is no list of names")
    offices = entry.get("offices") or []
    if not isinstance(offices, list):
        raise ValueError("offices is no list")
    gender = _text(entry, "gender")
    if gender is not None and gender not in _GENDERS:
        raise ValueError(f"gender is {gender!r}, not one of {', '.join(_GENDERS)}")
    return KnownPerson(
        name=name,
        aliases=tuple(dict.fromkeys(alias.strip() for alias in aliases)),
        offices=tuple(map(_office, offices)),
        id=_text(entry, "id"),
        gender=gender,
    )


def _office(entry: Any) -> Office:
    if not isinstance(entry, dict):
        raise ValueError(f"the office {_shown(entry)} is no object with a title")
    _check_fields(entry, _OFFICE_FIELDS)
    title = _text(entry, "title")
    if title is None:
        raise ValueError("an office has no title")
    since, until = _day(_text(entry, "from")), _day(_text(entry, "until"), last=True)
    if since is not None and until is not None and until < since:
        raise ValueError(f"the office {title!r} ends before it begins")
    return Office(title=title, of=_text(entry, "of"), since=since, until=until)


def _check_fields(entry: dict[str, Any], known: tuple[str, ...]) -> None:
    if odd := sorted(str(key) for key in entry.keys() - set(known)):
        raise ValueError(f"{odd[0]!r} is no field; the fields are {', '.join(known)}")


def _text(entry: dict[str, Any], field: str) -> str | None:
    value = entry.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError(f"{field} is {_shown(value)}, not text")
    return value.strip()


def _day(text: str | None, *, last: bool = False) -> date | None:
    """Return a day, the first or the last of a month or a year where only that is given."""
    if text is None:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if day is not None and month is not None:
            return date(year, month, day)
        if not last:
            return date(year, month or 1, 1)
        after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
        return after - timedelta(days=1)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date; write 2024-10-01, 2024-10 or 2024") from error


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:39] + "…"
