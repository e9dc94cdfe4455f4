"""What it costs to store a document of new people, as the people who are known grow in number.

`python -m quotes.scale.namesakes FOLDER` fills databases with names as unequally common as those
of a country: given names as the US census of 1990 counted them, made-up surnames after Zipf's law.
Many share one, some have a middle initial, and some documents use a surname or a given name alone.
Then documents of three people each are stored, whom nobody has named before.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from quotes.pipeline import Result
from quotes.quotation import SpeakerKind
from quotes.records import speaker_id
from quotes.scale.building import Page
from quotes.scale.language import Language
from quotes.scale.storing import document, quotation, store_all
from quotes.speakers.given import common
from quotes.speakers.naming import Naming
from quotes.store import Store, migrate
from quotes.store.bulk import put_rows
from quotes.store.engine import database_url, open_engine
from quotes.store.models import Naming as NamingRow
from quotes.store.models import NamingHandle, Speaker
from quotes.store.models.base import now, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.documents.document import Document
    from quotes.store.models.base import Base

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
_SEED: Final = 11
_SURNAMES: Final = 60_000
_AT_ONCE: Final = 20_000
# Of people in the news: with a middle initial, called by the surname or the given name alone too,
# and by nothing else.
_INITIAL, _SURNAME, _GIVEN, _ALONE, _GIVEN_ALONE = 0.1, 0.7, 0.03, 0.1, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What it took; `milliseconds` are those of a processor, for a document of three people."""

    known: int
    documents: int
    milliseconds: float


class People:
    """Draws people who are as likely to share names as those of a country."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        counted = {name: sum(both) for name, both in common().items()}
        self._given = [name.capitalize() for name in counted]
        self._given_weights = list(accumulate(counted.values()))
        self._surnames = Language(_SEED).surnames(_SURNAMES)
        # One in a hundred has the first of them, as in the United States.
        self._surname_weights = list(accumulate(1 / (r + 10) for r in range(1, _SURNAMES + 1)))

    def draw(self) -> Naming:
        """Return how a document names somebody."""
        chance = self._chance
        (given,) = chance.choices(self._given, cum_weights=self._given_weights)
        (surname,) = chance.choices(self._surnames, cum_weights=self._surname_weights)
        alone = chance.random()
        if alone < _ALONE + _GIVEN_ALONE:
            return Naming(kind=SpeakerKind.PERSON, name=surname if alone < _ALONE else given)
        middle = ""
        if chance.random() < _INITIAL:
            middle = f" {chance.choice('ABCDEFGHJKLMNPRSTW')}."
        aliases = [surname] if chance.random() < _SURNAME else []
        aliases += [given] if chance.random() < _GIVEN else []
        name = f"{given}{middle} {surname}"
        return Naming(kind=SpeakerKind.PERSON, name=name, aliases=tuple(sorted(aliases)))


def fill(url: str, size: int) -> set[str]:
    """Make a database in which so many people have names; returns these."""
    migrate.upgrade(url)
    engine = open_engine(database_url(url), create=False)
    names: set[str] = set()
    with engine.execution_options(write=True).begin() as connection:
        for rows in _rows(size, names):
            for model, some in rows.items():
                put_rows(connection, table_of(model), some)
    engine.dispose()
    return names


def _rows(size: int, names: set[str]) -> Iterator[dict[type[Base], list[dict[str, Any]]]]:
    """Yield rows of people, many at a time; the names are put into the set."""
    people, at = People(_SEED), now()
    rows: dict[type[Base], list[dict[str, Any]]] = {Speaker: [], NamingRow: [], NamingHandle: []}
    while len(names) < size:
        naming = people.draw()
        if naming.name in names:
            continue
        names.add(naming.name)
        id_, kind = len(names), str(naming.kind)
        public_id = speaker_id(f"{naming.name} {id_}", naming.kind)
        rows[Speaker].append(
            {"id": id_, "public_id": public_id, "name": naming.name, "kind": kind, "created_at": at}
        )
        rows[NamingRow].append(_naming(id_, naming))
        rows[NamingHandle] += [
            {"handle": text, "grip": str(grip), "naming_id": id_}
            for grip, text in sorted(naming.handles)
        ]
        if id_ % _AT_ONCE == 0 or id_ == size:
            yield rows
            rows = {model: [] for model in rows}


def _naming(id_: int, naming: Naming) -> dict[str, Any]:
    return {
        "id": id_,
        "form": hashlib.sha256(f"{id_}".encode()).hexdigest()[:32],
        "kind": str(naming.kind),
        "key": naming.key,
        "name": naming.name,
        "aliases": list(naming.aliases),
        "listed": False,
        "external_id": None,
        "documents": 1,
        "speaker_id": id_,
        "reason": "same-name",
        "because": [],
    }


def cost(url: str, names: set[str], *, documents: int) -> Cost:
    """Store so many documents of three people who are not among these names, and time it."""
    people, language = People(_SEED + 1), Language(_SEED)
    coming: list[tuple[Document, Result]] = []
    for number in range(documents):
        cast: dict[str, Naming] = {}
        while len(cast) < 3:
            naming = people.draw()
            if naming.name not in names:
                cast[naming.name] = naming
        coming.append(_page(f"new-{number}", list(cast.values()), language, seed=number))
    with Store(url) as store:
        begun = process_time()
        store_all(store, coming)
        used = process_time() - begun
    return Cost(
        known=len(names), documents=documents, milliseconds=round(used / documents * 1_000, 1)
    )


def _page(
    name: str, people: Sequence[Naming], language: Language, *, seed: int
) -> tuple[Document, Result]:
    """Return a document in which everybody says something, with what is found in it."""
    chance = random.Random(seed)
    page = Page(language.sentence(chance))
    found = [
        quotation(page.quote(language.sentence(chance), one.name, True), one, direct=True)
        for one in people
    ]
    return document(page, name), Result(text=page.text, quotations=tuple(found))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what it costs beside each number of people."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where the databases are made, and removed")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="how many are known")
    parser.add_argument("--documents", type=int, default=200, help="how many are stored (200)")
    parser.add_argument("--json", action="store_true", help="print a JSON object a line")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
            url = f"sqlite:///{Path(scratch) / 'names.db'}"
            found = cost(url, fill(url, size), documents=options.documents)
        if options.json:
            print(json.dumps(asdict(found)), flush=True)
        else:
            told = f"{found.known:>9} people known  {found.milliseconds:>8.1f} ms a document"
            print(told, flush=True)


if __name__ == "__main__":
    main()
