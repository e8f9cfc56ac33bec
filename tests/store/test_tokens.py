"""The tokens are kept encrypted, for all processes; what is kept wins over a setting that has not changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from bot.domain.tokens import Granted, Kept
from bot.errors import NoToken, SettingsError
from bot.store import tables, tokens
from bot.store.sealing import Seal, Unsealable
from bot.store.session import Database
from bot.store.tokens import Health, StoredTokens

NOW = datetime(2026, 11, 21, 18, 36, 20, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
OLD, NEW = "o" * 32, "n" * 32
FIRST = "hush-first"
GRANTED = Granted("hush-access", "hush-refresh", NOW, NOW + timedelta(days=14), NOW + timedelta(days=90))


def stored(database: Database, *keys: str, setting: str = FIRST) -> StoredTokens:
    return StoredTokens(database, keys or (NEW,), setting=setting, now=lambda: NOW)


@pytest.fixture
def store(database: Database) -> StoredTokens:
    found = stored(database)
    found.begin()
    return found


def renew(store: StoredTokens, granted: Granted = GRANTED) -> None:
    """As whoever renews does it."""
    assert store.claim("lease", version=store.look().version, now=NOW, until=SOON)
    assert store.keep("lease", granted)


def row_of(database: Database) -> Any:
    with database.reading() as session:
        return session.execute(select(tables.tokens)).one()


def health_of(database: Database) -> Health | None:
    with database.reading() as session:
        return tokens.health(session)


# What is kept.


def test_it_begins_with_the_setting_and_without_an_access_token(store: StoredTokens, database: Database) -> None:
    assert store.look() == Kept(version=1, granted_at=NOW, access="", refresh=FIRST)
    assert health_of(database) == Health(version=1, dead=False, proven=False, alarmed=False, why="")


def test_what_was_granted_is_kept_with_its_times(store: StoredTokens, database: Database) -> None:
    renew(store)

    assert store.look() == Kept(
        version=2,
        granted_at=NOW,
        access="hush-access",
        refresh="hush-refresh",
        expires_at=NOW + timedelta(days=14),
        refresh_expires_at=NOW + timedelta(days=90),
    )
    assert health_of(database) == Health(version=2, dead=False, proven=True, alarmed=False, why="")


def test_nothing_secret_can_be_read_from_the_row(store: StoredTokens, database: Database) -> None:
    renew(store)

    shown = repr((row_of(database), store, store.look(), Seal([NEW]), GRANTED))
    assert "hush" not in shown
    assert NEW not in shown


def test_without_a_row_and_without_a_setting_there_is_no_start(database: Database) -> None:
    with pytest.raises(SettingsError, match="BROADWORKS_REFRESH_TOKEN is missing, and nobody has logged in"):
        stored(database, setting="").begin()
    with pytest.raises(NoToken):
        stored(database, setting="").look()
    assert health_of(database) is None


# Which wins.


def test_what_is_kept_wins_over_the_setting_that_it_began_with(store: StoredTokens, database: Database) -> None:
    renew(store)

    for setting in (FIRST, ""):
        again = stored(database, setting=setting)
        again.begin()
        assert again.look() == store.look()


def test_a_setting_that_has_changed_begins_anew(store: StoredTokens, database: Database) -> None:
    renew(store)

    changed = stored(database, setting="hush-second")
    changed.begin()
    assert changed.look() == Kept(version=3, granted_at=NOW, access="", refresh="hush-second")
    renew(changed)
    changed.begin()

    assert changed.look().refresh == "hush-refresh"


def test_who_logs_in_wins_until_the_setting_changes(store: StoredTokens, database: Database) -> None:
    store.adopt(GRANTED)
    store.begin()
    assert (store.look().version, store.look().refresh) == (2, "hush-refresh")

    changed = stored(database, setting="hush-second")
    changed.begin()

    assert changed.look().refresh == "hush-second"


def test_who_logs_in_needs_no_setting(database: Database) -> None:
    store = stored(database, setting="")
    store.adopt(GRANTED)
    store.begin()

    assert store.look().access == "hush-access"
    late = stored(database)
    late.begin()
    assert late.look().refresh == FIRST


# Keys.


def test_a_new_key_reads_what_the_old_one_has_written_and_writes_it_anew(database: Database) -> None:
    before = stored(database, OLD)
    before.begin()
    renew(before)

    assert stored(database, NEW, OLD).look() == before.look()
    stored(database, NEW, OLD).begin()

    # From then on the old key is not needed any more, and the setting is still known to be the same.
    alone = stored(database, NEW)
    alone.begin()
    assert (alone.look().version, alone.look().refresh) == (2, "hush-refresh")


def test_what_no_key_reads_gives_way_to_the_setting(database: Database) -> None:
    before = stored(database, OLD)
    before.begin()
    renew(before)

    with pytest.raises(NoToken, match="put the former key back"):
        stored(database, NEW).look()
    with pytest.raises(SettingsError, match="put the former key back"):
        stored(database, NEW, setting="").begin()
    anew = stored(database, NEW)
    anew.begin()

    assert anew.look().refresh == FIRST


def test_a_seal_tells_texts_apart_under_every_key_that_it_has() -> None:
    old, both, new = Seal([OLD]), Seal([NEW, OLD]), Seal([NEW])

    assert both.is_digest(old.digest("hush"), "hush")
    assert not both.is_digest(old.digest("hush"), "other")
    assert not new.is_digest(old.digest("hush"), "hush")
    assert new.is_digest("", "")
    assert not new.is_digest("", "hush")
    assert new.digest("") == ""
    assert both.opened(old.sealed("hush")) == "hush"
    with pytest.raises(Unsealable):
        new.opened(old.sealed("hush"))
    with pytest.raises(ValueError, match="at least one key"):
        Seal([])


# One at a time.


def test_one_lease_at_a_time(store: StoredTokens) -> None:
    assert store.claim("a", version=1, now=NOW, until=SOON)

    assert not store.claim("b", version=1, now=NOW, until=SOON)
    assert store.look().leased_until == SOON
    assert store.claim("b", version=1, now=SOON, until=SOON + timedelta(minutes=1))
    assert not store.keep("a", GRANTED)
    assert store.keep("b", GRANTED)
    assert store.look().leased_until is None


def test_nobody_renews_a_set_that_has_moved_on(store: StoredTokens) -> None:
    renew(store)

    assert not store.claim("b", version=1, now=NOW, until=SOON)


def test_after_a_failure_nobody_asks_for_a_while(store: StoredTokens) -> None:
    assert store.claim("a", version=1, now=NOW, until=SOON)
    store.put_off("b", until=SOON)
    assert store.look().failures == 0
    store.put_off("a", until=SOON)

    kept = store.look()
    assert (kept.failures, kept.try_at, kept.leased_until) == (1, SOON, None)
    assert not store.claim("b", version=1, now=NOW, until=SOON)
    assert store.claim("b", version=1, now=SOON, until=SOON)
    store.keep("b", GRANTED)
    assert (store.look().failures, store.look().try_at) == (0, None)


def test_what_webex_has_refused_is_dead_until_a_new_set_or_a_start(store: StoredTokens, database: Database) -> None:
    renew(store)
    assert store.claim("a", version=2, now=NOW, until=SOON)
    store.bury("b", at=NOW, why="no")
    assert store.look().dead_at is None
    store.bury("a", at=NOW, why="w" * 300)

    kept = store.look()
    assert (kept.dead_at, kept.why, kept.good(NOW)) == (NOW, "w" * 200, False)
    assert not store.claim("b", version=2, now=NOW, until=SOON)
    with database.transaction() as session:
        tokens.alarmed(session, so=True)
    assert health_of(database) == Health(version=2, dead=True, proven=True, alarmed=True, why="w" * 200)

    # A start tries again, and whoever was told hears nothing new until that is known to work.
    store.begin()
    assert (store.look().dead_at, store.look().access, store.look().refresh) == (None, "", "hush-refresh")
    assert health_of(database) == Health(version=2, dead=False, proven=False, alarmed=True, why="")


def test_what_was_granted_is_held_on_to_while_the_database_is_locked(
    store: StoredTokens, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.claim("a", version=1, now=NOW, until=SOON)
    locked, transaction = [OperationalError("", None, Exception()) for _ in range(2)], database.transaction

    def sometimes() -> Any:
        if locked:
            raise locked.pop()
        return transaction()

    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    monkeypatch.setattr(database, "transaction", sometimes)

    assert store.keep("a", GRANTED)
    assert (locked, store.look().access) == ([], "hush-access")


def test_a_database_that_is_away_is_a_token_that_is_not_to_be_had(
    store: StoredTokens, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise OperationalError("hush", None, Exception("hush"))

    monkeypatch.setattr(database, "transaction", away)
    monkeypatch.setattr(database, "reading", away)

    calls: list[Callable[[], object]] = [
        store.look,
        lambda: store.claim("b", version=1, now=NOW, until=SOON),
        lambda: store.put_off("a", until=SOON),
        lambda: store.bury("a", at=NOW, why="no"),
    ]
    for call in calls:
        with pytest.raises(NoToken) as caught:
            call()
        assert str(caught.value) == "The database did not answer (OperationalError)"


def test_a_row_that_somebody_has_taken_away_takes_nothing(store: StoredTokens, database: Database) -> None:
    assert store.claim("a", version=1, now=NOW, until=SOON)
    with database.transaction() as session:
        session.execute(text("DELETE FROM tokens"))

    calls: list[Callable[[], object]] = [
        lambda: store.keep("a", GRANTED),
        lambda: store.claim("b", version=1, now=NOW, until=SOON),
        lambda: store.put_off("a", until=SOON),
        lambda: store.bury("a", at=NOW, why="no"),
    ]
    assert [bool(call()) for call in calls] == [False] * 4
