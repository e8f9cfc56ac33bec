"""The verb audit: the history is checked, given away, shortened and vouched for from the command line."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.__main__ import main
from bot.domain.actor import Person
from bot.domain.audit import AuditEvent, Happening
from bot.domain.chain import FIELDS, START, hashed
from bot.services.exporting import COLUMNS
from bot.settings import Settings
from bot.store import queries, tables
from bot.store.session import Database
from tests.store import rows
from tests.store.tampering import KEY, sealed, tamper
from tests.test_main import GOOD

DAY = timedelta(days=1)
ANN, BOB = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS9hbm4", "Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ib2I"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, new_url: Callable[..., str]) -> Settings:
    """What the operator has set, in an empty folder, for a database that is prepared."""
    monkeypatch.chdir(tmp_path)
    for each in Settings.described():
        monkeypatch.delenv(each.variable, raising=False)
    said = {**GOOD, "BOT_SECRET_KEYS": KEY, "DATABASE_URL": new_url(sealed)}
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    return Settings.read(said)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    found = Database(settings.database_url, keys=settings.signing_keys)
    yield found
    found.close()


@pytest.fixture
def history(database: Database) -> None:
    """Two people ask for something, on two days; one is refused."""
    with database.transaction() as session:
        queries.keep_person(session, Person(ANN, "ann@example.com", "Ann"), at=rows.NOW)
        session.add_all([rows.request(asked_by=ANN), rows.request(asked_by=BOB)])
        session.flush()
        session.add_all(
            [
                rows.audit_event(actor=ANN, request=1, enterprise="Reseller1+acme"),
                rows.audit_event(actor="bot", request=1, what=Happening.PLANNED),
                rows.audit_event(actor=BOB, request=2, at=rows.NOW + DAY, detail={"room": "=1+1"}),
                rows.audit_event(actor=ANN, what=Happening.REFUSED_ENTRY, at=rows.NOW + 2 * DAY),
            ]
        )


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["audit", *words]) == status
    found = capsys.readouterr()
    return found.err if status else found.out


def test_a_sound_history_is_told_with_the_hash_to_be_noted(
    history: None, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, "verify")

    with database.reading() as session:
        last = session.scalars(select(tables.audit_events.c.hash).order_by(tables.audit_events.c.id)).all()[-1]
    assert told.splitlines() == [
        "The history is sound: 4 events, and 0 that were sealed and removed.",
        f"Note this somewhere else: {last}",
    ]
    assert said(capsys, "verify", "--head", last) == told
    assert "nowhere in the history" in said(capsys, "verify", "--head", "f" * 64, status=1)


def test_what_is_wrong_is_told_and_not_all_of_too_much(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with database.transaction() as session:
        session.add_all([rows.audit_event() for _ in range(25)])
    tamper(database, "UPDATE audit_events SET actor = 'mallory' WHERE id < 24")

    told = said(capsys, "verify", status=1).splitlines()

    assert told[:2] == ["Event 1 was changed.", "Event 2 was changed."]
    assert told[-2:] == ["… and 3 more.", "The history is broken."]
    assert len(told) == 22


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("--since 2026-07-10", [3, 4]),
        ("--until 2026-07-10", [1, 2]),
        ("--since 2026-07-10 --until 2026-07-11", [3]),
        ("--person Ann@Example.com", [1, 2, 4]),
        (f"--person {ANN} --request 1", [1, 2]),
        ("--enterprise reseller1+ACME", [1]),
        ("--request 2", [3]),
        ("--request 9", []),
    ],
)
def test_an_export_holds_what_was_asked_for(
    history: None, capsys: pytest.CaptureFixture[str], words: str, ids: list[int]
) -> None:
    lines = said(capsys, "export", "--format", "jsonl", *words.split()).splitlines()

    assert [json.loads(line)["id"] for line in lines] == ids


def test_whoever_has_all_lines_can_check_the_chain(history: None, capsys: pytest.CaptureFixture[str]) -> None:
    found = [json.loads(line) for line in said(capsys, "export", "--format", "jsonl").splitlines()]

    assert [each["previous"] for each in found] == [START, *(each["hash"] for each in found[:-1])]
    assert [hashed([each[name] for name in FIELDS]) for each in found] == [each["hash"] for each in found]
    assert found[0] == {
        **dict.fromkeys(COLUMNS),
        "version": 1,
        "id": 1,
        "previous": START,
        "at": "2026-07-09 14:13:20.123456",
        "what": "request asked",
        "actor": ANN,
        "request": 1,
        "detail": '{"room": "room"}',
        "enterprise": "Reseller1+acme",
        "hash": found[0]["hash"],
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "|x", "%x"])
def test_no_cell_of_a_table_is_a_formula(database: Database, capsys: pytest.CaptureFixture[str], text: str) -> None:
    with database.transaction() as session:
        session.add(rows.audit_event(enterprise=text, actor="Zoë “x”, \n y"))

    [head, row] = list(csv.reader(io.StringIO(said(capsys, "export"), newline="")))

    assert tuple(head) == COLUMNS
    told = dict(zip(head, row, strict=True))
    assert (told["enterprise"], told["actor"], told["request"]) == (f"'{text}", "Zoë “x”, \n y", "")


def test_a_file_is_written_and_none_is_overwritten(history: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "export", "--out", "all.csv") == "4 events written.\n"
    assert said(capsys, "export", "--out", "all.csv", status=1) == "all.csv is there already: nothing was written.\n"
    assert said(capsys, "export", "--format", "jsonl", "--out", "all.jsonl") == "4 events written.\n"
    assert "cannot be written" in said(capsys, "export", "--out", "no/such/folder", status=1)

    assert len(Path("all.csv").read_text().splitlines()) == 5
    assert len(Path("all.jsonl").read_text().splitlines()) == 4


def test_who_and_when_must_be_understood(history: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "export", "--person", "eve@example.com", status=1).startswith("Nobody called eve@example.com")
    assert said(capsys, "export", "--since", "soon", status=1).startswith("“soon” is no time: write it like")


def test_what_is_old_is_sealed_and_removed(
    history: None, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, "seal", "--before", "2026-07-10").splitlines()

    assert told[0].startswith("Events 1 to 2 were sealed and removed. They ended in ")
    assert told[1] == "Nothing is there from before 2026-07-10 00:00 UTC."
    assert said(capsys, "verify", "--head", told[0].split()[-1]).startswith(
        "The history is sound: 3 events, and 2 that were sealed and removed."
    )
    with database.reading() as session:
        newest = session.scalars(select(AuditEvent).order_by(tables.audit_events.c.id.desc())).first()
    assert newest
    assert (newest.what, newest.actor) == (Happening.SEALED, "operator")


def test_how_long_events_are_kept_can_be_set(
    history: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "seal", status=1).startswith("Say --before DATE, or set BOT_AUDIT_DAYS")
    monkeypatch.setenv("BOT_AUDIT_DAYS", "36500")

    assert said(capsys, "seal").startswith("Nothing is there from before ")


def test_another_key_is_vouched_for_by_the_operator_and_that_is_written_down(
    history: None, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_SECRET_KEYS", "n" * 32)
    assert "not sealed by any of the keys" in said(capsys, "verify", status=1)

    assert said(capsys, "vouch") == "The head of the history is sealed again.\n"

    assert said(capsys, "verify").startswith("The history is sound: 5 events")
    with database.reading() as session:
        found = session.scalars(select(tables.audit_events.c.what).order_by(tables.audit_events.c.id)).all()
    assert found[-1] == Happening.VOUCHED


def test_nobody_vouches_for_what_is_broken(
    history: None, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(database, "UPDATE audit_events SET actor = 'mallory' WHERE id = 2")

    assert said(capsys, "vouch", status=1) == "Nobody should vouch for this history. Event 2 was changed.\n"


def test_a_database_that_was_never_prepared_is_told_without_a_traceback(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_segments"))

    told = said(capsys, "verify", status=1)

    assert told.startswith("The database cannot be used: ")
    assert "Traceback" not in told
