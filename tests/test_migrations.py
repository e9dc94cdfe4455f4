"""Revisions up and down, against the models, with data in the tables."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from quotes.errors import BrokenDatabase, NewerDatabase, OutdatedDatabase, StoreError
from quotes.spans import Span
from quotes.store import Store, migrate, queries, reviewing, speaker_facts
from quotes.store.audit import audit
from quotes.store.revisions import HEAD, KNOWN
from quotes.store.vectors import has_vectors
from tests.store.builders import make_document, store_documents
from tests.store.meant import store_with_vectors

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Databases


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'quotes.db'}"


def rows(tmp_path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(tmp_path / "quotes.db")
    try:
        found = connection.execute(sql).fetchall()
        connection.commit()
        return found
    finally:
        connection.close()


def test_known_revisions_are_those_of_the_folder() -> None:
    script = ScriptDirectory(str(migrate.script_location()))
    newest_first = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(newest_first)) == KNOWN
    assert script.get_current_head() == HEAD


def test_upgrade_from_empty_leaves_no_drift(address: str) -> None:
    assert migrate.upgrade(address) == (None, HEAD)
    assert migrate.current(address) == HEAD
    assert migrate.check(address) == []


def test_check_finds_a_column_that_went_and_an_index_that_came(
    address: str, tmp_path: Path
) -> None:
    migrate.upgrade(address)
    rows(tmp_path, "ALTER TABLE review DROP COLUMN note")
    rows(tmp_path, "CREATE INDEX stray ON run (status)")
    drift = migrate.check(address)
    assert any("note" in line for line in drift)
    assert any("stray" in line for line in drift)


def test_check_finds_a_full_text_trigger_that_went(address: str, tmp_path: Path) -> None:
    migrate.upgrade(address)
    rows(tmp_path, "DROP TRIGGER fulltext_quotation_update")
    assert migrate.check(address) == ["full-text part is missing: fulltext_quotation_update"]


def test_downgrade_to_base_leaves_nothing(address: str, tmp_path: Path) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss."))
    assert migrate.downgrade(address, "base") == (HEAD, None)
    # SQLite keeps the table of the ids that it gave out, and lets nobody drop it.
    left = "SELECT name FROM sqlite_master WHERE name <> 'sqlite_sequence'"
    assert rows(tmp_path, left) == []
    assert migrate.current(address) is None


def test_up_down_up(address: str) -> None:
    migrate.upgrade(address)
    migrate.downgrade(address, "base")
    assert migrate.upgrade(address) == (None, HEAD)
    assert migrate.check(address) == []


def test_upgrading_again_keeps_the_data(address: str) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss."))
    assert migrate.upgrade(address) == (HEAD, HEAD)
    with Store(address) as store, store.session() as session:
        assert [q.record["content"]["text"] for q in queries.quotations(session)] == ["“Rain,”"]


def test_names_are_found_as_before_after_a_way_down_and_up(address: str, tmp_path: Path) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss. “Hm,” said Moss."))
    every = "SELECT handle, grip, naming_id FROM naming_handle ORDER BY 1, 2, 3"
    before = rows(tmp_path, every)
    assert {"name", "borne", "letter"} <= {grip for _, grip, _ in before}
    assert migrate.downgrade(address, "0007") == (HEAD, "0007")
    words = [word for (word,) in rows(tmp_path, "SELECT DISTINCT word FROM naming_word ORDER BY 1")]
    assert words == ["ada", "ada moss", "moss"]
    assert migrate.upgrade(address) == ("0007", HEAD)
    assert migrate.check(address) == []
    assert rows(tmp_path, every) == before


def test_a_name_that_was_led_wrongly_is_led_anew_when_it_is_used(
    address: str, tmp_path: Path
) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(
            store,
            make_document("“Rain,” said Ada Moss.", name="1.txt"),
            make_document("“Sun,” said Ivo Lund.", name="2.txt"),
        )
    migrate.downgrade(address, "0007")
    wrong = "(SELECT id FROM speaker WHERE name = 'Ada Moss')"
    rows(
        tmp_path,
        f"UPDATE naming SET speaker_id = {wrong}, reason = 'fuller-name' WHERE name = 'Ivo Lund'",
    )
    rows(tmp_path, f"UPDATE appearance SET speaker_id = {wrong} WHERE key = 'ivo lund'")
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(store, make_document("“Wind,” said Ivo Lund.", name="3.txt"))
        with store.session() as session:
            found = {name: queries.speaker(session, name) for name in ("Ada Moss", "Ivo Lund")}
        assert {name: (one.name, one.quotations) for name, one in found.items()} == {
            "Ada Moss": ("Ada Moss", 1),
            "Ivo Lund": ("Ivo Lund", 2),
        }


def test_speakers_stored_before_their_names_were_kept_are_entered(
    address: str, tmp_path: Path
) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(
            store,
            make_document("“Rain,” said Ada Moss. “Hm,” said a guard.", name="1.txt"),
            make_document("“Sun,” said Moss.", name="2.txt"),
        )
    migrate.downgrade(address, "0001")
    assert migrate.upgrade(address) == ("0001", HEAD)
    assert migrate.check(address) == []
    assert rows(tmp_path, "SELECT count(*) FROM attribution WHERE appearance_id IS NULL") == [(1,)]
    with Store(address) as store:
        store_documents(store, make_document("“Wind,” said Moss.", name="3.txt"))
        assert list(audit(store)) == []
        with store.session() as session:
            assert queries.speaker(session, "Ada Moss").quotations == 3
        store_documents(store, make_document("“Hail,” said Ivo Moss.", name="4.txt"))
        with store.session() as session:
            assert queries.speaker(session, "Ivo Moss").quotations == 1


def test_a_revision_is_applied_whole_or_not_at_all(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BrokenDatabase("stopped just before the commit")

    monkeypatch.setattr(migrate, "_check_foreign_keys", refuse)
    with pytest.raises(BrokenDatabase):
        migrate.upgrade(address)
    assert rows(tmp_path, "SELECT name FROM sqlite_master") == []


def test_newer_database_is_left_alone(address: str, tmp_path: Path) -> None:
    migrate.upgrade(address)
    rows(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    for act in (migrate.upgrade, migrate.current, migrate.check):
        with pytest.raises(NewerDatabase, match="upgrade quotes"):
            act(address)
    with pytest.raises(NewerDatabase):
        migrate.downgrade(address, "base")
    assert rows(tmp_path, "SELECT count(*) FROM document") == [(0,)]


def test_database_of_another_program_is_left_alone(address: str, tmp_path: Path) -> None:
    rows(tmp_path, "CREATE TABLE recipes (id INTEGER)")
    with pytest.raises(BrokenDatabase, match="another program"):
        migrate.upgrade(address)
    assert rows(tmp_path, "SELECT name FROM sqlite_master") == [("recipes",)]
    assert rows(tmp_path, "PRAGMA journal_mode") == [("delete",)]


def test_unknown_revision_is_refused(address: str) -> None:
    migrate.upgrade(address)
    with pytest.raises(StoreError, match="no revision 'zzz'"):
        migrate.downgrade(address, "zzz")


def test_check_of_a_database_without_tables_says_what_to_do(address: str, tmp_path: Path) -> None:
    (tmp_path / "quotes.db").touch()
    with pytest.raises(OutdatedDatabase, match="quotes db upgrade"):
        migrate.check(address)


def test_a_percent_sign_in_the_path_is_no_interpolation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "100%(here)s"
    folder.symlink_to(migrate.script_location(), target_is_directory=True)
    monkeypatch.setattr(migrate, "script_location", lambda: folder)
    assert migrate.upgrade(f"sqlite:///{tmp_path / 'q%20.db'}") == (None, HEAD)


def test_who_passes_on_comes_and_goes_and_attributions_stay(address: str, tmp_path: Path) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss."))
    kept = "SELECT quotation_id, speaker_id, method, evidence, confidence FROM attribution"
    before = rows(tmp_path, kept)
    migrate.downgrade(address, "0001")
    assert rows(tmp_path, kept) == before
    assert migrate.upgrade(address) == ("0001", HEAD)
    assert migrate.check(address) == []
    assert rows(tmp_path, kept) == before
    assert rows(tmp_path, "SELECT via_id, via_evidence FROM attribution") == [(None, None)]
    broken = (
        "INSERT INTO attribution (id, quotation_id, method, evidence, confidence, created_at) "
        "SELECT 9, quotation_id, 'x', '[]', 7, created_at"
    )
    with pytest.raises(sqlite3.IntegrityError, match="confidence"):
        rows(tmp_path, f"{broken} FROM attribution")


def test_vectors_come_and_go_and_quotations_stay(address: str, tmp_path: Path) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_with_vectors(store, make_document("“Rain,” said Ada Moss."))
    assert rows(tmp_path, "SELECT kind, count(*) FROM embedding GROUP BY kind") == [
        ("quotation", 1),
        ("sentence", 1),
    ]
    wrong = "UPDATE embedding SET quotation_id = NULL WHERE kind = 'quotation'"
    with pytest.raises(sqlite3.IntegrityError, match="ck_embedding_quotation"):
        rows(tmp_path, wrong)
    assert migrate.downgrade(address, "0003") == (HEAD, "0003")
    assert rows(tmp_path, "SELECT count(*) FROM quotation") == [(1,)]
    assert migrate.upgrade(address) == ("0003", HEAD)
    assert migrate.check(address) == []
    with Store(address) as store, store.session() as session:
        assert not has_vectors(session)


def test_reviews_say_how_they_left_a_quotation_and_go_with_the_words_for_it(
    address: str, tmp_path: Path
) -> None:
    migrate.upgrade(address)
    with Store(address) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss. “Sun,” said Bo Lund."))
    migrate.downgrade(address, "0005")
    rows(
        tmp_path,
        "INSERT INTO review (quotation_id, reviewer, created_at, action) VALUES"
        " (1, 'eve', '2026-01-01 10:00:00', 'confirm'),"
        " (1, 'eve', '2026-01-01 10:00:00', 'reject'),"
        " (2, 'eve', '2026-01-01 10:00:00', 'reassign'),"
        " (1, 'eve', '2026-01-02 10:00:00', 'undo')",
    )
    assert migrate.upgrade(address) == ("0005", HEAD)
    assert migrate.check(address) == []
    left = rows(tmp_path, "SELECT status FROM review ORDER BY id")
    assert left == [("confirmed",), ("rejected",), ("corrected",), ("confirmed",)]
    with Store(address) as store, store.session(write=True) as session:
        first, second = queries.quotations(session)
        assert (first.record["status"], second.record["status"]) == ("confirmed", "corrected")
        reviewing.edit(session, first.record["id"], content=(Span(1, 5),), by="Kim")
        speaker_facts.link(session, "Bo Lund", "Q42", reviewer="Kim")
    migrate.downgrade(address, "0005")
    assert rows(tmp_path, "SELECT count(*) FROM speaker_decision") == [(0,)]
    actions = rows(tmp_path, "SELECT action FROM review ORDER BY id")
    assert actions == [("confirm",), ("reject",), ("reassign",), ("undo",), ("edit",)]
    assert migrate.upgrade(address) == ("0005", HEAD)
    assert migrate.check(address) == []


@pytest.mark.postgres
def test_a_server_goes_through_the_same_revisions_up_and_down(databases: Databases) -> None:
    address = databases.empty()
    assert migrate.current(address) is None
    assert migrate.upgrade(address) == (None, HEAD)
    assert migrate.check(address) == []
    with Store(address) as store:
        store_with_vectors(
            store, make_document("“Rain,” said Ada Moss. “Hm,” said a guard.", name="1.txt")
        )
    assert migrate.upgrade(address) == (HEAD, HEAD)
    for revision in reversed(KNOWN[:-1]):
        assert migrate.downgrade(address, revision)[1] == revision
    assert migrate.upgrade(address) == (KNOWN[0], HEAD)
    assert migrate.check(address) == []
    with Store(address) as store:
        store_documents(store, make_document("“Wind,” said Moss.", name="2.txt"))
        assert list(audit(store)) == []
        with store.session() as session:
            assert queries.speaker(session, "Ada Moss").quotations == 2
    assert migrate.downgrade(address, "base") == (HEAD, None)
    assert migrate.current(address) is None
    with pytest.raises(OutdatedDatabase, match="db upgrade"):
        Store(address)
    assert migrate.upgrade(address) == (None, HEAD)


@pytest.mark.postgres
def test_check_finds_what_a_server_lacks_of_the_full_text(databases: Databases) -> None:
    address = databases.filled()
    with Store(address) as store, store.session(write=True) as session:
        session.execute(text("DROP TRIGGER fulltext_quotation_words ON quotation"))
        session.execute(text("DROP INDEX fulltext_version"))
        session.execute(text("CREATE INDEX stray ON run (status)"))
    stray, *missing = migrate.check(address)
    assert "stray" in stray
    assert missing == [
        "full-text part is missing: fulltext_quotation_words",
        "full-text part is missing: fulltext_version",
    ]


@pytest.mark.postgres
def test_a_database_that_is_not_in_utf8_is_refused(databases: Databases) -> None:
    url = databases.empty()
    name = url.rsplit("/", 1)[1]
    databases.server.run(
        f"DROP DATABASE {name}",
        f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    with pytest.raises(StoreError, match="--encoding=UTF8"):
        migrate.upgrade(url)
    assert migrate.current(url) is None
