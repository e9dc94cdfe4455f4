"""What is asked of a database, taken into it, and shown of it: inputs and laws."""

from __future__ import annotations

import random
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotes.anchoring import anchor
from quotes.errors import QuotesError, RefusedImport, StoreError
from quotes.incoming import read_annotations
from quotes.spans import Span, check_spans
from quotes.speakers.known import read_people
from quotes.store import Store, queries
from quotes.store.asking import parse
from quotes.store.engine import database_url
from quotes.store.importing import take_in
from quotes.store.searching import search
from quotes.verification.verify import verify
from quotes.web.highlight import marked
from quotes.web.highlight import paragraphs as shown_paragraphs
from tests.cli.archive import HARBOUR, build
from tests.fuzz import mutating as m
from tests.fuzz import tokens
from tests.verification.records import record, ruling

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from starlette.testclient import TestClient


@cache
def folder() -> Path:
    """Return a folder of this process, removed with it."""
    kept = tempfile.TemporaryDirectory(prefix="quotes-fuzz-")
    _KEPT.append(kept)
    return Path(kept.name)


_KEPT: Final[list[tempfile.TemporaryDirectory[str]]] = []


QUOTATIONS: Final = 5


@cache
def store() -> Store:
    """Return a real database with two articles."""
    return Store(build(folder()))


def any_claim(chance: random.Random) -> bytes:
    said = m.text_of(chance)[:1_000] or "rain"
    claim = m.mutated(chance, said, tokens.WORDS) if chance.random() < 0.7 else m.text_of(chance)
    return m.packed(claim[:1_000], said, m.text_of(chance)[:300])


def judge_claim(raw: bytes) -> None:
    claim, said, other = m.unpacked(raw, 3)
    candidates = [record(part) for part in (said, other) if part]
    verdict = ruling(claim, *candidates)
    for match in verdict.matches:
        assert 0.0 <= match.score <= 1.0


def any_question(chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return m.as_bytes(m.grown(chance, tokens.WORDS, 12)[:800])
    return m.as_bytes(m.mutated(chance, m.piece(chance, 120), tokens.WORDS)[:800])


def ask(raw: bytes) -> None:
    asked = m.as_text(raw)
    questions: tuple[Callable[[Session], object], ...] = (
        lambda session: search(session, parse(asked)),
        lambda session: search(session, asked),
        lambda session: verify(session, speaker=asked, claim=asked[:100]),
        lambda session: verify(session, speaker=None, claim=asked),
        lambda session: list(queries.quotations(session, queries.Filter(speaker=asked))),
        lambda session: list(queries.quotations(session, queries.Filter(contains=asked))),
        lambda session: list(queries.quotations(session, queries.Filter(source=asked))),
        lambda session: queries.quotation(session, asked),
        lambda session: queries.source(session, asked),
        lambda session: queries.speaker(session, asked),
        lambda session: queries.version(session, asked),
    )
    for question in questions:
        try:
            with store().session() as session:
                question(session)
        except QuotesError:
            continue
    with store().session() as session:
        assert queries.speaker(session, "Mara Lindqvist").name == "Mara Lindqvist"
        assert len(list(queries.quotations(session))) == QUOTATIONS


def any_annotations(chance: random.Random) -> bytes:
    import json

    with store().session() as session:
        records = [stored.record for stored in queries.quotations(session)]
    lines = [json.dumps(one) for one in chance.choices(records, k=chance.randint(1, 3))]
    if chance.random() < 0.3:
        return m.as_bytes(m.mutated(chance, "\n".join(lines), tokens.JSON))
    one = json.loads(chance.choice(lines))
    for _ in range(chance.randint(1, 3)):
        _spoil(chance, one)
    return json.dumps(one).encode()


def _spoil(chance: random.Random, value: Any) -> None:
    """Put a value of another kind somewhere into an object."""
    odd: tuple[Any, ...] = (
        None,
        [],
        {},
        "",
        -1,
        2**70,
        1e400,
        True,
        "x",
        [[0, 1]],
        [[5, 2]],
        [["a", "b"]],
        m.letter(chance),
    )
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return
    key = chance.choice(keys)
    if isinstance(value[key], dict | list) and value[key] and chance.random() < 0.7:
        _spoil(chance, value[key])
    elif chance.random() < 0.2:
        del value[key]
    else:
        value[key] = chance.choice(odd)


def take_in_records(raw: bytes) -> None:
    path = folder() / "in.jsonl"
    path.write_bytes(raw)
    _take(path)


def any_standoff(chance: random.Random) -> bytes:
    lines = [chance.choice(tokens.STANDOFF) for _ in range(chance.randint(1, 12))]
    return m.as_bytes(m.mutated(chance, "\n".join(lines), tokens.STANDOFF))


def take_in_standoff(raw: bytes) -> None:
    path = folder() / "in.ann"
    path.write_bytes(raw)
    path.with_suffix(".txt").write_text(HARBOUR, encoding="utf-8")
    _take(path)


def _take(path: Path) -> None:
    class Undone(Exception):
        pass

    try:
        incoming = read_annotations(path)
    except RefusedImport:
        return
    try:
        with store().session(write=True) as session:
            take_in(session, incoming, by="Kim")
            raise Undone
    except (Undone, RefusedImport):
        return


def any_people(chance: random.Random) -> bytes:
    whole = (
        '[{"name": "Ada Marsh", "aliases": ["A. Marsh"], "gender": "feminine", "id": "Q1",\n'
        ' "offices": [{"title": "mayor", "of": "Larch", "from": "2019-01", "until": "2024"}]}]'
    )
    sheet = "name,aliases,offices\nAda Marsh,A. Marsh; Marsh,mayor (Larch) 2019..2024\n"
    text = chance.choice((whole, sheet))
    return m.encoded(chance, m.mutated(chance, text, (*tokens.JSON, *tokens.STANDOFF)))


def read_known(raw: bytes) -> None:
    for suffix in (".json", ".csv"):
        path = folder() / f"people{suffix}"
        path.write_bytes(raw)
        try:
            read_people(path)
        except QuotesError:
            continue


def any_change(chance: random.Random) -> bytes:
    old = m.text_of(chance)
    new = m.mutated(chance, old) if chance.random() < 0.8 else m.text_of(chance)
    return m.packed(old, new)


def anchor_again(raw: bytes) -> None:
    old, new = m.unpacked(raw, 2)
    chance = random.Random(len(raw))
    wanted = []
    for _ in range(min(8, len(old))):
        start = chance.randrange(len(old))
        end = min(len(old), start + chance.choice((1, 5, 30, 200)))
        wanted.append({"content": (Span(start, end),), "source": (Span(start, start + 1),)})
    for found in anchor(old, new, wanted):
        for spans in found.spans.values():
            check_spans(len(new), sorted(spans))
        check_spans(len(new), [*found.candidates][:1])


def mark_up(raw: bytes) -> None:
    text = m.as_text(raw)
    chance = random.Random(len(raw))
    records = []
    for number in range(min(6, len(text))):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice((1, 7, 90)))
        one = record(text[start:end], start=start)
        one["id"] = f"q_{number}"
        records.append(one)
    html = marked(
        text,
        records,
        places=shown_paragraphs(text),
        colours={one["id"]: "s0" for one in records},
        chosen=None,
        address="/sources/d_1?q=",
    )
    # Whatever the text holds, the only elements are ours.
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "a", "span"}


def any_address(chance: random.Random) -> bytes:
    scheme = chance.choice(
        ("postgresql://", "postgresql+psycopg://", "sqlite:///", "mysql://", "", "://")
    )
    host = chance.choice(
        ("u:S3CR3T@h/db", "u@h/db?password=S3CR3T", "u:S3CR3T@[::1/db", "u:S3CR3T@h:x/d")
    )
    return m.as_bytes(m.mutated(chance, scheme + host, ("@", ":", "/", "?", "[", "%", "#")))


def open_address(raw: bytes) -> None:
    address = m.as_text(raw)
    try:
        database_url(address)
    except StoreError as error:
        told = str(error)
        secret = re.fullmatch(r"[\w+]*://[^:@/?]+:(S3CR3T)@[^@?]*(\?[^@]*)?", address)
        assert not (secret and "S3CR3T" in told), told


_PLACES: Final = (
    *("/", "/quotations", "/quotations/q_0/review", "/sources/", "/speakers/", "/search"),
    *("/verify", "/api/v1/search", "/api/v1/verify", "/api/v1/quotations/", "/static/"),
)
_ASKED: Final = ("q", "speaker", "text", "claim", "page", "limit", "after", "since", "kind")


def any_request(chance: random.Random) -> bytes:
    method = chance.choice(("GET", "POST", "PUT", "HEAD"))
    asked = "&".join(
        f"{chance.choice(_ASKED)}={m.grown(chance, tokens.WORDS, 4)[:80]}"
        for _ in range(chance.randint(0, 3))
    )
    path = m.mutated(chance, chance.choice(_PLACES) + m.letter(chance), ("/", "..", "%2e", "%00"))
    return m.packed(method, path[:200], asked, m.text_of(chance)[:200])


@cache
def _client() -> TestClient:
    from starlette.testclient import TestClient

    from quotes.web.app import create

    app = create(store(), token="t", by="Kim")
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


def serve(raw: bytes) -> None:
    from urllib.parse import quote

    method, path, asked, body = m.unpacked(raw, 4)
    if method not in {"GET", "POST", "PUT", "HEAD"}:
        method = "GET"
    safe = "/?&=.:%"
    url = "/" + quote(m.as_bytes(path.lstrip("/")), safe=safe)
    answer = _client().request(
        method,
        f"{url}?{quote(m.as_bytes(asked), safe=safe)}",
        content=m.as_bytes(body),
        headers={"Authorization": "Bearer t", "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code < 500, answer.status_code
    assert "Content-Security-Policy" in answer.headers
