"""``python -m bot registry import``: all of a file, or nothing of it with the reason of each line."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.domain.desk import Provisioned, RegistryFilter
from bot.importing import Rows
from bot.settings import Settings
from bot.store.registry import BATCH, Imported, StoredRegistry
from bot.store.session import Database
from tests.test_main import GOOD

HEADER = "id;userId;spEnterpriseId;displayName;primaryPhoneNumber;extension"
TAKEN = f"The first {BATCH} of its workspaces are imported."
LOBBY = "UExBQ0U;9@sp.com;Reseller1+acme;Lobby Süd;+1-240-555-1212;"


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and everything set that must be."""
    monkeypatch.chdir(tmp_path)
    for each in Settings.described():
        monkeypatch.delenv(each.variable, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def write(*lines: str, encoding: str = "utf-8", end: str = "\n") -> str:
    Path("rooms.csv").write_bytes("".join(line + end for line in lines).encode(encoding))
    return "rooms.csv"


def known() -> list[Provisioned]:
    database = Database(Settings.read(GOOD).database_url)
    try:
        return StoredRegistry(database).search(RegistryFilter(), limit=10_000)
    finally:
        database.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_imported_and_again_is_as_known(capsys: pytest.CaptureFixture[str], encoding: str, end: str) -> None:
    name = write(HEADER, LOBBY, encoding=encoding, end=end)

    assert [main(["registry", "import", name, "--by", "ops"]), main(["registry", "import", name])] == [0, 0]

    assert capsys.readouterr().out.splitlines() == [
        "1 workspace: 1 new, 0 changed, 0 as known. All of them are in the registry now.",
        "1 workspace: 0 new, 0 changed, 1 as known. All of them are in the registry now.",
    ]
    [lobby] = known()
    assert (lobby.name, lobby.number, lobby.extension, lobby.request) == ("Lobby Süd", "+12405551212", "", None)


def test_who_imported_it_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "maria")

    assert main(["registry", "import", write(HEADER, LOBBY)]) == 0
    assert known()[0].source == "imported from rooms.csv by maria"
    assert main(["registry", "import", write(HEADER, LOBBY), "--by", "ops"]) == 0
    assert known()[0].source == "imported from rooms.csv by ops"


def test_an_account_without_a_name_does_not_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)

    assert main(["registry", "import", write(HEADER, LOBBY)]) == 0
    assert known()[0].source == "imported from rooms.csv by somebody"


def test_a_dry_run_says_what_would_come_of_it_and_takes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registry", "import", write(HEADER, LOBBY), "--dry-run"]) == 0

    assert capsys.readouterr().out == (
        "1 workspace: 1 new, 0 changed, 0 as known. Every line is good. Nothing was imported: this was a dry run.\n"
    )
    assert known() == []


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_each_bad_line_is_told_and_nothing_is_imported(capsys: pytest.CaptureFixture[str], more: list[str]) -> None:
    name = write(HEADER, LOBBY, "id2;;Reseller1+acme;Hall;;", "id3;8@sp.com;Reseller1+acme;Hall;;x")

    assert main(["registry", "import", name, *more]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "rooms.csv, line 3: userId is empty: every workspace needs one.",
        "rooms.csv, line 4: extension takes digits only, like 51212.",
        "Nothing was imported. Correct these lines, then import the file again.",
    ]
    assert known() == []


def test_of_a_file_of_rubbish_the_beginning_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registry", "import", write(HEADER, *["a;b"] * 1000)]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[-2]) == (52, "There may be more.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name\nLobby\n", "rooms.csv: Line 1 must name the columns, and lacks id"),
        (b"", "rooms.csv: Line 1 must name the columns, and lacks id"),
        (HEADER.encode() + b"\n" + "Süd".encode("latin-1"), "rooms.csv: Line 2 is not written in UTF-8. Save the file"),
        (HEADER.encode("utf-16") + b"\n", "rooms.csv breaks off in the middle of a character."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    Path("rooms.csv").write_bytes(content)

    assert main(["registry", "import", "rooms.csv"]) == 1

    said = capsys.readouterr()
    assert said.err.startswith(told)
    assert said.err.endswith("Nothing was imported.\n")
    assert (said.out, len(said.err.splitlines())) == ("", 1)


@pytest.mark.parametrize(("name", "why"), [("missing.csv", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_is_none_is_said_without_a_traceback(
    capsys: pytest.CaptureFixture[str], name: str, why: str
) -> None:
    assert main(["registry", "import", name]) == 1

    assert capsys.readouterr().err == f"{name} cannot be read: {why}. Nothing was imported.\n"


def test_a_file_that_is_changed_meanwhile_is_taken_as_far_as_it_was_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = [f"id{number};{number}@sp.com;Reseller1+acme;Hall;;" for number in range(BATCH + 1)]
    write(HEADER, *rooms)
    look_through = StoredRegistry.look_through

    def meddled(registry: StoredRegistry, rows: Rows) -> Imported:
        found = look_through(registry, rows)
        write(HEADER, *rooms[:-1], "id;;;;;")
        return found

    monkeypatch.setattr(StoredRegistry, "look_through", meddled)

    assert main(["registry", "import", "rooms.csv"]) == 1

    assert capsys.readouterr().out.splitlines() == [
        f"rooms.csv, line {BATCH + 2}: userId is empty: every workspace needs one.",
        f"The file or the registry was changed meanwhile. {TAKEN} Import the file again.",
    ]
    assert len(known()) == BATCH


def test_the_verb_needs_to_be_told_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["registry"])

    assert "usage: python -m bot registry" in capsys.readouterr().err


def test_a_database_that_does_not_work_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hush@127.0.0.1:1/bot")

    assert main(["registry", "import", write(HEADER, LOBBY)]) == 1
    assert capsys.readouterr().err.startswith("The database cannot be used: ")
