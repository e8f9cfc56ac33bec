"""The token is renewed before it expires and once after a 401, never more; where it cannot be, that is told."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from structlog.testing import capture_logs

from bot.broadworks.auth import OneToken
from bot.broadworks.client import BroadWorksClient
from bot.broadworks.renewal import LEASE, TURNS, RenewingTokens
from bot.broadworks.sign_in import SignIn
from bot.broadworks.wire import Wire
from bot.domain.tokens import Granted
from bot.errors import BroadWorksError, NeverSent, NoToken, Refused, SettingsError, TokenDead, TooLate, Unconfirmed
from bot.store.session import Database
from bot.store.tokens import StoredTokens
from tests.broadworks.calls import FULL, KNOWN, READS, WRITES
from tests.broadworks.conftest import BASE_URL, NOW, Time
from tests.store.conftest import migrated

KEYS = ["k" * 32]
FIRST = "hush-refresh-0"
FORTNIGHT = 14 * 86_400


class Webex:
    """A token endpoint and an API behind it, which takes the newest token only; ``renewals`` and ``calls`` count."""

    def __init__(self, clock: "Moved") -> None:
        self.clock = clock
        self.good: set[str] = set()
        self.renewals: list[str] = []
        self.calls: list[tuple[str, int]] = []
        self.refuses: list[httpx.Response] = []
        self.takes_none = False
        self.life: float | None = FORTNIGHT
        self.rotates = False
        self.during: Callable[[], None] = lambda: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/access_token"):
            return self._renew(parse_qs(request.content.decode())["refresh_token"][0])
        token = request.headers["Authorization"].removeprefix("Bearer ")
        status = 200 if token in self.good and not self.takes_none else 401
        self.calls.append((token, status))
        return httpx.Response(status, json=FULL if status == 200 else {"message": "no"})

    def _renew(self, refresh: str) -> httpx.Response:
        self.renewals.append(refresh)
        self.during()
        if self.refuses:
            return self.refuses.pop(0)
        token = f"hush-access-{len(self.renewals)}"
        self.good = {token}
        said: dict[str, Any] = {"access_token": token}
        said |= {"expires_in": self.life} if self.life is not None else {}
        said |= {"refresh_token": f"hush-refresh-{len(self.renewals)}"} if self.rotates else {}
        return httpx.Response(200, json=said)


class Moved:
    """A date that a test moves."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> Moved:
    return Moved()


@pytest.fixture
def webex(clock: Moved) -> Webex:
    return Webex(clock)


@pytest.fixture
def database(tmp_path: Any) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/bot.sqlite"
    migrated(url)
    found = Database(url)
    yield found
    found.close()


@pytest.fixture
def store(database: Database, clock: Moved) -> StoredTokens:
    found = StoredTokens(database, KEYS, setting=FIRST, now=clock)
    found.begin()
    return found


@pytest.fixture
def tokens(webex: Webex, store: StoredTokens, clock: Moved) -> Iterator[RenewingTokens]:
    transport = httpx.MockTransport(webex)
    sign_in = SignIn(
        base_url=BASE_URL,
        client_id="C123",
        client_secret="hush-client",
        tracking=lambda: "BOT_1",
        transport=transport,
        now=clock,
    )
    found = RenewingTokens(sign_in, store, now=clock, sleep=lambda _seconds: None)
    yield found
    found.close()


@pytest.fixture
def client(webex: Webex, tokens: RenewingTokens, clock: Moved, passing: Time) -> Iterator[BroadWorksClient]:
    wire = Wire(
        base_url=BASE_URL,
        token=tokens,
        tracking=lambda: "BOT_1",
        transport=httpx.MockTransport(webex),
        clock=passing,
        now=clock,
    )
    found = BroadWorksClient(wire)
    yield found
    found.close()


def ask(client: BroadWorksClient, name: str = "subscriber") -> Any:
    return KNOWN[name].make(client)


# Before it expires.


def test_the_first_call_gets_a_token_and_the_next_ones_use_it(webex: Webex, client: BroadWorksClient) -> None:
    ask(client)
    ask(client)

    assert webex.renewals == [FIRST]
    assert webex.calls == [("hush-access-1", 200)] * 2


@pytest.mark.parametrize(
    ("life", "margin"), [(FORTNIGHT, 300), (3600, 300), (60, 6)], ids=["a fortnight", "an hour", "a minute"]
)
def test_a_token_is_renewed_shortly_before_it_expires(
    webex: Webex, client: BroadWorksClient, clock: Moved, life: int, margin: int
) -> None:
    webex.life = life
    ask(client)

    clock.forward(seconds=life - margin - 1)
    ask(client)
    clock.forward(seconds=1)
    ask(client)

    assert webex.calls == [("hush-access-1", 200), ("hush-access-1", 200), ("hush-access-2", 200)]


def test_a_token_of_an_unknown_life_is_renewed_when_it_is_refused(
    webex: Webex, client: BroadWorksClient, clock: Moved
) -> None:
    webex.life = None
    ask(client)
    clock.forward(days=400)
    webex.good = set()

    ask(client)

    assert webex.calls == [("hush-access-1", 200), ("hush-access-1", 401), ("hush-access-2", 200)]


def test_where_webex_names_another_refresh_token_the_next_renewal_uses_it(
    webex: Webex, client: BroadWorksClient, clock: Moved
) -> None:
    webex.rotates = True
    ask(client)
    clock.forward(days=14)
    ask(client)

    assert webex.renewals == [FIRST, "hush-refresh-1"]


# After a 401.


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_answered_401_is_sent_once_more_with_a_new_token(
    webex: Webex, client: BroadWorksClient, name: str
) -> None:
    ask(client, "subscriber")
    webex.good, webex.calls = set(), []

    ask(client, name)

    assert webex.calls[:2] == [("hush-access-1", 401), ("hush-access-2", 200)]
    assert len(webex.renewals) == 2


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_answered_401_again_is_refused_and_nothing_loops(
    webex: Webex, client: BroadWorksClient, name: str
) -> None:
    ask(client, "subscriber")
    webex.takes_none, webex.calls = True, []

    with pytest.raises(Refused) as caught:
        ask(client, name)
    assert (caught.value.status, webex.calls) == (401, [("hush-access-1", 401), ("hush-access-2", 401)])
    with pytest.raises(Refused):
        ask(client, name)

    # What was granted a moment ago and refused is not made better by yet another.
    assert webex.calls[2:] == [("hush-access-2", 401)]
    assert len(webex.renewals) == 2


def test_after_a_while_a_new_token_is_asked_for_all_the_same(
    webex: Webex, client: BroadWorksClient, clock: Moved
) -> None:
    webex.takes_none = True
    with pytest.raises(Refused):
        ask(client)

    clock.forward(minutes=1)
    webex.takes_none, webex.good = False, set()
    ask(client)

    assert [status for _, status in webex.calls] == [401, 401, 401, 200]


def test_who_comes_second_takes_the_token_that_somebody_else_has_renewed(
    webex: Webex, client: BroadWorksClient, tokens: RenewingTokens
) -> None:
    ask(client)
    webex.good = set()
    assert tokens.instead_of("hush-access-1") == "hush-access-2"

    assert tokens.instead_of("hush-access-1") == "hush-access-2"

    assert len(webex.renewals) == 2


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_was_not_let_in_is_not_sent_again_from_its_last_moment_on(
    webex: Webex, client: BroadWorksClient, clock: Moved, name: str
) -> None:
    ask(client, "subscriber")
    webex.good, webex.calls = set(), []
    # The renewal takes longer than there is time.
    webex.during = lambda: clock.forward(seconds=11)

    with pytest.raises(TooLate):
        ask(client.until(NOW + timedelta(seconds=10)), name)

    assert webex.calls == [("hush-access-1", 401)]


@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_sent_again_after_a_401_alone(webex: Webex, client: BroadWorksClient, name: str) -> None:
    ask(client, "subscriber")

    def answer(request: httpx.Request) -> httpx.Response:
        webex.calls.append(("", 0))
        raise httpx.ReadTimeout("")

    client._wire._http._transport = httpx.MockTransport(answer)  # noqa: SLF001 - the other end changes meanwhile.
    webex.calls = []
    with pytest.raises(Unconfirmed):
        ask(client, name)

    assert webex.calls == [("", 0)]
    assert len(webex.renewals) == 1


# Where there is none to be had.


@pytest.mark.parametrize("name", KNOWN)
def test_a_refused_renewal_ends_every_call_before_it_is_sent(webex: Webex, client: BroadWorksClient, name: str) -> None:
    webex.refuses = [httpx.Response(400, json={"error": "invalid_grant"})]

    with pytest.raises(TokenDead) as first:
        ask(client, name)
    with pytest.raises(TokenDead) as second:
        ask(client, name)

    assert (webex.calls, len(webex.renewals)) == ([], 1)
    assert str(first.value) == str(second.value) == "Webex refused a new token with status 400 (invalid_grant)"
    assert isinstance(first.value, NeverSent)


@pytest.mark.parametrize("name", WRITES)
def test_a_write_whose_token_dies_was_not_done(webex: Webex, client: BroadWorksClient, name: str) -> None:
    ask(client, "subscriber")
    webex.good, webex.calls = set(), []
    webex.refuses = [httpx.Response(401, json={"message": "revoked"})]

    with pytest.raises(TokenDead) as caught:
        ask(client, name)

    assert isinstance(caught.value, NeverSent)
    assert webex.calls == [("hush-access-1", 401)]


def test_an_endpoint_that_is_away_is_asked_again_with_longer_and_longer_pauses(
    webex: Webex, tokens: RenewingTokens, clock: Moved
) -> None:
    asked_at: list[float] = []
    webex.refuses = [httpx.Response(503) for _ in range(9)]
    for _ in range(600):
        before = len(webex.renewals)
        with pytest.raises(NoToken):
            tokens.access()
        if len(webex.renewals) > before:
            asked_at.append((clock.moment - NOW).total_seconds())
        clock.forward(seconds=0.5)
        if len(asked_at) == 9:
            break

    pauses = [after - before for before, after in pairwise(asked_at)]
    assert pauses == [1, 2, 4, 8, 15, 30, 60, 60]
    clock.forward(seconds=60)
    assert tokens.access() == "hush-access-10"


@pytest.mark.parametrize("name", READS)
def test_a_read_waits_for_an_endpoint_that_is_away_and_is_then_told(
    webex: Webex, client: BroadWorksClient, passing: Time, name: str
) -> None:
    webex.refuses = [httpx.Response(503) for _ in range(9)]

    with pytest.raises(NoToken) as caught:
        ask(client, name)

    assert (caught.value.tries, len(passing.sleeps), webex.calls) == (4, 3, [])


def test_an_answer_that_was_lost_is_no_death_and_the_same_refresh_token_is_used_again(
    webex: Webex, tokens: RenewingTokens, clock: Moved
) -> None:
    def lose() -> None:
        webex.during = lambda: None
        raise httpx.ReadTimeout("")

    webex.during = lose
    with pytest.raises(NoToken):
        tokens.access()
    clock.forward(seconds=1)

    assert tokens.access() == "hush-access-2"
    assert webex.renewals == [FIRST, FIRST]


# One at a time.


def test_who_died_in_the_middle_of_a_renewal_holds_nobody_up_for_long(
    webex: Webex, store: StoredTokens, tokens: RenewingTokens, clock: Moved
) -> None:
    assert store.claim("a dead process", version=1, now=clock(), until=clock() + LEASE)

    with pytest.raises(NoToken, match="takes too long"):
        tokens.access()
    clock.forward(seconds=LEASE.total_seconds())

    assert tokens.access() == "hush-access-1"


def test_who_waits_takes_what_another_has_renewed(
    webex: Webex, store: StoredTokens, tokens: RenewingTokens, clock: Moved
) -> None:
    turns: list[float] = []

    def other_ends(seconds: float) -> None:
        turns.append(seconds)
        if len(turns) == 3:
            store.keep("another", Granted("hush-of-another", "hush-refresh-9", clock(), clock() + timedelta(days=1)))

    assert store.claim("another", version=1, now=clock(), until=clock() + LEASE)
    tokens._sleep = other_ends  # noqa: SLF001 - the other process ends while this one waits.

    assert tokens.access() == "hush-of-another"
    assert (len(turns), webex.renewals) == (3, [])
    assert TURNS > 3


def test_who_was_frozen_for_too_long_throws_away_what_he_got(
    webex: Webex, store: StoredTokens, tokens: RenewingTokens, clock: Moved
) -> None:
    def frozen() -> None:
        webex.during = lambda: None
        clock.forward(seconds=LEASE.total_seconds())
        assert store.claim("another", version=1, now=clock(), until=clock() + LEASE)
        store.keep("another", Granted("hush-of-another", "hush-refresh-9", clock(), clock() + timedelta(days=1)))

    webex.during = frozen

    assert tokens.access() == "hush-of-another"
    assert store.look().refresh == "hush-refresh-9"


# Nothing is shown.


def test_no_token_is_in_what_is_logged_or_raised_or_shown(
    webex: Webex, client: BroadWorksClient, tokens: RenewingTokens, store: StoredTokens
) -> None:
    with capture_logs() as logs:
        ask(client)
        webex.good = set()
        ask(client)
        webex.takes_none = True
        with pytest.raises(BroadWorksError) as refused:
            ask(client, "provision_workspace")

    shown = repr((logs, refused.value, tokens, store, store.look(), client))
    assert "hush" not in shown
    assert [line["event"] for line in logs].count("asked for tokens") == 3


def test_the_source_of_one_token_has_no_other() -> None:
    wire = Wire(
        base_url=BASE_URL,
        token="hush-only",
        tracking=lambda: "BOT_1",
        transport=httpx.MockTransport(lambda _request: httpx.Response(401)),
    )
    with pytest.raises(Refused):
        wire.send("GET", "subscribers")
    wire.close()

    only = OneToken("hush-only")
    only.give_up("hush-only")
    assert (only.instead_of("hush-only"), repr(only)) == (None, "OneToken(token hidden)")
    with pytest.raises(SettingsError):
        Wire(base_url=BASE_URL, token="", tracking=lambda: "BOT_1")
