"""Revisions up and down, against the models, with data in the tables."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from alembic.script import ScriptDirectory

from quotes.errors import BrokenDatabase, NewerDatabase, OutdatedDatabase, StoreError
from quotes.store import Store, migrate, queries
from quotes.store.audit import audit
from quotes.store.revisions import HEAD, KNOWN
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from pathlib import Path


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
    assert rows(tmp_path, "SELECT name FROM sqlite_master") == []
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
