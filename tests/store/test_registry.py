"""The bot's own memory of what it has provisioned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.desk import Amended, Provisioned, RegistryFilter
from bot.domain.registry_file import Fault, Row
from bot.store import registry as registry_of_the_house
from bot.store import tables
from bot.store.registry import BATCH, MOST_FAULTS, Imported, StoredRegistry
from bot.store.session import Database
from tests.store import rows


@pytest.fixture
def registry(database: Database) -> StoredRegistry:
    """Two workspaces: one with a number, one with an extension only."""
    with database.transaction() as session:
        session.add(rows.request())
        session.flush()
        session.add(rows.provisioned())
        session.flush()
        session.add(rows.provisioned(webex_id="place2", user_id="2@example.com", number="", extension="51212"))
    return StoredRegistry(database)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, []),
        ({"user_id": "", "number": "", "webex_id": ""}, []),
        ({"user_id": "95547321@Example.com"}, ["place"]),
        ({"user_id": "95547321@EXAMPLE.COM"}, ["place"]),
        ({"user_id": "95547321@example"}, []),
        ({"user_id": "%"}, []),
        ({"user_id": "' OR 1=1 --"}, []),
        ({"number": "+12405551212"}, ["place"]),
        ({"number": "12405551212"}, []),
        ({"webex_id": "place2"}, ["place2"]),
        ({"webex_id": "PLACE2"}, []),
        ({"user_id": "2@example.com", "number": "+12405551212"}, ["place", "place2"]),
        ({"user_id": "95547321@example.com", "number": "+12405551212", "webex_id": "place"}, ["place"]),
        ({"user_id": "51212"}, []),
    ],
)
def test_it_finds_what_has_that_user_id_number_or_id_and_nothing_else(
    registry: StoredRegistry, asked: dict[str, Any], found: list[str]
) -> None:
    assert [each.webex_id for each in registry.find(**asked)] == found


def test_what_it_finds_can_be_read_after_the_question(registry: StoredRegistry) -> None:
    assert registry.find(webex_id="place") == [rows.provisioned(id=1)]


def test_the_same_text_may_be_the_user_id_of_one_and_the_number_of_another(
    database: Database, registry: StoredRegistry
) -> None:
    with database.transaction() as session:
        session.add(rows.provisioned(webex_id="place3", user_id="+12405551212", number=""))

    found = registry.find(user_id="+12405551212", number="+12405551212")

    assert [each.webex_id for each in found] == ["place", "place3"]


def test_an_id_that_is_longer_than_any_of_today_is_kept_and_found(database: Database, registry: StoredRegistry) -> None:
    with database.transaction() as session:
        session.add(rows.provisioned(webex_id="i" * 1024))

    assert len(registry.find(webex_id="i" * 1024)) == 1


# What was removed, and what is looked for.


def removed(**changed: Any) -> Provisioned:
    return rows.provisioned(removed_at=rows.NOW, **changed)


def test_what_was_removed_is_found_only_by_who_wants_that(database: Database, registry: StoredRegistry) -> None:
    with database.transaction() as session:
        session.add(removed(webex_id="gone", user_id="gone@example.com"))

    assert registry.find(webex_id="gone") == registry.find(user_id="gone@example.com") == []
    assert [each.webex_id for each in registry.find(webex_id="gone", removed=True)] == ["gone"]


@pytest.fixture
def many(database: Database) -> StoredRegistry:
    """Four that differ in something, the last one removed."""
    with database.transaction() as session:
        session.add(rows.request())
        session.flush()
        for each in (
            rows.provisioned(webex_id="1", name="Conference Room"),
            rows.provisioned(webex_id="2", name="Room 100%", user_id="2@example.com", number=""),
            rows.provisioned(webex_id="3", name="Lobby", user_id="3@example.com", enterprise="Reseller1+other"),
            rows.provisioned(webex_id="4", kind="subscriber", name="Ann Room", user_id="4@example.com"),
            removed(webex_id="5", name="Old Room", user_id="5@example.com"),
        ):
            session.add(each)
            session.flush()
    return StoredRegistry(database)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RegistryFilter(), ["4", "3", "2", "1"]),
        (RegistryFilter(kind="workspace"), ["3", "2", "1"]),
        (RegistryFilter(name="ROOM"), ["4", "2", "1"]),
        (RegistryFilter(name="0%"), ["2"]),
        (RegistryFilter(name="_"), []),
        (RegistryFilter(user_id="3@EXAMPLE.com"), ["3"]),
        (RegistryFilter(user_id="3@example"), []),
        (RegistryFilter(number="+12405551212", kind="workspace"), ["3", "1"]),
        (RegistryFilter(enterprise="reseller1+OTHER"), ["3"]),
        (RegistryFilter(enterprise="Reseller1+other", name="room"), []),
        (RegistryFilter(removed=True), ["5"]),
        (RegistryFilter(name="nothing", removed=True), []),
    ],
)
def test_a_search_finds_what_everything_is_true_of_newest_first(
    many: StoredRegistry, wanted: RegistryFilter, found: list[str]
) -> None:
    assert [each.webex_id for each in many.search(wanted)] == found


def test_a_search_goes_on_where_it_has_ended(many: StoredRegistry) -> None:
    first = many.search(RegistryFilter(), limit=3)
    second = many.search(RegistryFilter(), before=first[-1].id, limit=3)

    assert [each.webex_id for each in (*first, *second)] == ["4", "3", "2", "1"]
    assert many.search(RegistryFilter(), before=1) == []


# What has become of something.

LATER = rows.NOW + timedelta(days=1)
ECHOED = {"user_id": "9@example.com", "name": "Room", "enterprise": "Reseller1+acme", "extension": "9"}


def amended(database: Database, *changes: Amended) -> list[Provisioned]:
    """Everything that is noted down after these changes."""
    with database.transaction() as session:
        for each in changes:
            registry_of_the_house.amend(session, each)
            session.flush()
    with database.reading() as session:
        return list(session.scalars(select(Provisioned).order_by(tables.provisioned.c.id)))


def test_an_update_changes_what_it_is_about_and_nothing_else(database: Database, registry: StoredRegistry) -> None:
    change = Amended("workspace", "place2", LATER, request=1, facts={"extension": "", "number": "+12405551213"})

    first, second = amended(database, change)

    assert first == rows.provisioned(id=1)
    assert (second.number, second.extension, second.user_id) == ("+12405551213", "", "2@example.com")
    assert (second.seen_at, second.as_of, second.made_at, second.removed_at) == (LATER, LATER, rows.NOW, None)


def test_a_removal_is_noted_and_what_was_known_is_kept(database: Database, registry: StoredRegistry) -> None:
    first, _second = amended(database, Amended("workspace", "place", LATER, removed=True))

    assert (first.removed_at, first.as_of, first.name) == (LATER, LATER, "Room")
    assert registry.find(webex_id="place") == []


def test_what_was_removed_is_not_changed_any_more(database: Database, registry: StoredRegistry) -> None:
    found = amended(
        database,
        Amended("workspace", "place", LATER, removed=True),
        Amended("workspace", "place", LATER, request=1, facts={"extension": "7"}),
    )

    assert [each.extension for each in found] == ["", "51212"]


@pytest.mark.parametrize("kind", ["workspace", "subscriber"])
def test_what_was_not_known_is_noted_down_where_the_facts_tell_enough(database: Database, kind: str) -> None:
    with database.transaction() as session:
        session.add(rows.request())

    (found,) = amended(
        database,
        Amended(kind, "new", LATER, request=1, facts=ECHOED),
        Amended(kind, "half", LATER, request=1, facts={**ECHOED, "enterprise": ""}),
        Amended(kind, "gone", LATER, request=1, facts=ECHOED, removed=True),
    )

    assert found == Provisioned(
        kind, "new", "9@example.com", "Reseller1+acme", "Room", "", "9", request=1, made_at=LATER, id=1
    )


def test_another_kind_under_the_same_id_is_something_else(database: Database, registry: StoredRegistry) -> None:
    found = amended(database, Amended("subscriber", "place", LATER, facts={"extension": "7"}))

    assert [each.extension for each in found] == ["", "51212"]


def test_what_had_no_id_is_known_by_its_user_id_and_gets_one(database: Database, registry: StoredRegistry) -> None:
    with database.transaction() as session:
        session.add(rows.provisioned(webex_id="", user_id="Closed@example.com"))

    *_others, found = amended(
        database, Amended("workspace", "place3", LATER, facts={"user_id": "closed@example.com", "extension": "7"})
    )

    assert (found.webex_id, found.user_id, found.extension) == ("place3", "closed@example.com", "7")


# What a file says.


def row(line: int, **facts: str) -> Row:
    usual = {"webex_id": f"id{line}", "user_id": f"{line}@sp.com", "enterprise": "Reseller1+acme", "name": "Hall"}
    return Row(line, {**usual, **facts})


def taken(registry: StoredRegistry, *given: Row | Fault) -> Imported:
    """What comes of a file, of which a look must have foretold it."""
    foretold = registry.look_through(given)
    found = registry.take(given, source="imported from x.csv by ops", at=LATER)
    assert foretold == found
    return found


def test_a_file_is_taken_once_and_again_changes_nothing(database: Database, registry: StoredRegistry) -> None:
    created = datetime(2026, 1, 2, tzinfo=UTC)
    given = (replace(row(2), created=created), row(3, number="+12405551213", extension="7"))

    assert taken(registry, *given) == Imported(new=2)
    assert taken(registry, *given) == Imported(same=2)

    assert registry.find(webex_id="id2") == [
        Provisioned(
            "workspace",
            "id2",
            "2@sp.com",
            "Reseller1+acme",
            "Hall",
            "",
            "",
            request=None,
            made_at=created,
            source="imported from x.csv by ops",
            seen_at=LATER,
            id=3,
        )
    ]
    assert registry.find(webex_id="id3")[0].made_at == LATER


def test_the_same_id_or_user_id_is_the_same_workspace(database: Database, registry: StoredRegistry) -> None:
    given = (
        row(2, webex_id="place", user_id="new@example.com"),
        row(3, webex_id="", user_id="2@EXAMPLE.com", extension="9"),
    )

    assert taken(registry, *given) == Imported(changed=2)

    by_id, by_user_id = registry.search(RegistryFilter())[::-1]
    assert (by_id.webex_id, by_id.user_id, by_id.request, by_id.number) == (
        "place",
        "new@example.com",
        1,
        "+12405551212",
    )
    assert (by_user_id.webex_id, by_user_id.extension, by_user_id.as_of) == ("place2", "9", LATER)


def test_the_id_of_what_was_known_without_one_is_learned(database: Database, registry: StoredRegistry) -> None:
    assert taken(registry, row(2, webex_id="")) == Imported(new=1)
    assert taken(registry, row(2)) == Imported(changed=1)

    assert [each.user_id for each in registry.find(webex_id="id2")] == ["2@sp.com"]


def test_what_was_removed_is_not_brought_back_by_an_old_file(database: Database, registry: StoredRegistry) -> None:
    amended(database, Amended("workspace", "place", LATER, removed=True))
    text = "has the id of “Room”, which was removed through this bot: take the line out."

    given = (row(2), row(3, webex_id="place"))
    assert registry.look_through(given[:1]).rows == 1
    assert registry.look_through(given) == Imported(new=1, faults=(Fault(3, text),))
    assert registry.take(given, source="x", at=LATER) == Imported(faults=(Fault(3, text),))
    assert registry.find(webex_id="id2") == []


def test_whatever_is_wrong_is_told_and_no_row_of_its_batch_is_taken(registry: StoredRegistry) -> None:
    assert registry.take([row(2), Fault(3, "no")], source="x", at=LATER) == Imported(faults=(Fault(3, "no"),))
    assert registry.find(webex_id="id2") == []


def test_a_large_file_is_taken_in_turns_up_to_the_first_fault(registry: StoredRegistry) -> None:
    given = [row(line) for line in range(2, BATCH + 4)] + [Fault(BATCH + 4, "no")]

    assert registry.look_through(given) == Imported(new=BATCH + 2, faults=(Fault(BATCH + 4, "no"),))
    assert registry.take(given, source="x", at=LATER) == Imported(new=BATCH, faults=(Fault(BATCH + 4, "no"),))
    assert [len(registry.find(webex_id=f"id{line}")) for line in (2, BATCH + 1, BATCH + 2)] == [1, 1, 0]


def test_of_a_file_of_rubbish_only_so_much_is_told(registry: StoredRegistry) -> None:
    found = registry.look_through(Fault(line, "no") for line in range(2, 10_000))

    assert len(found.faults) == MOST_FAULTS
