"""Puts together what renews the bot's own token, where the settings name a client for it."""

from contextlib import suppress
from datetime import timedelta

from bot import tracking
from bot.broadworks.renewal import RenewingTokens
from bot.broadworks.sign_in import SignIn, Transport
from bot.broadworks.wire import trusts_proxies
from bot.domain.desk import Clock
from bot.errors import NoToken
from bot.services import alarms
from bot.services.context import Context
from bot.settings import Settings
from bot.store.session import Database
from bot.store.tokens import StoredTokens

LOOK_EVERY = timedelta(seconds=2)
"""Somebody may have logged in, in another process, and whoever waits for that wants to go on."""


def renewing_tokens(
    settings: Settings, database: Database, *, clock: Clock, transport: Transport | None
) -> RenewingTokens | None:
    """The tokens that renew themselves; None where the operator renews one by hand.

    Raises SettingsError where there is nothing to begin with.
    """
    if settings.broadworks_client_secret is None:
        return None
    store = stored_tokens(settings, database, clock=clock)
    store.begin()
    return RenewingTokens(sign_in(settings, clock=clock, transport=transport), store, now=clock)


def stored_tokens(settings: Settings, database: Database, *, clock: Clock) -> StoredTokens:
    """Where the tokens are kept."""
    first = settings.broadworks_refresh_token
    keys = [key.reveal() for key in settings.secret_keys]
    return StoredTokens(database, keys, setting=first.reveal() if first else "", now=clock)


def sign_in(settings: Settings, *, clock: Clock, transport: Transport | None = None) -> SignIn:
    """The token endpoint of the API that the bot calls."""
    secret = settings.broadworks_client_secret
    return SignIn(
        base_url=settings.broadworks_base_url,
        client_id=settings.broadworks_client_id,
        client_secret=secret.reveal() if secret else "",
        tracking=lambda: tracking.current() or tracking.new(),
        transport=transport,
        trust_env=trusts_proxies(settings.broadworks_base_url),
        now=clock,
    )


class TokenWatch:
    """Keeps the token fresh though nobody calls, and tells people when it dies and when it works again."""

    def __init__(self, tokens: RenewingTokens, database: Database, context: Context) -> None:
        self._tokens = tokens
        self._database = database
        self._context = context

    def look(self) -> None:
        """Renew what is about to expire, then tell admins what they were not told yet, and let go on what waited."""
        # The call is in the log; if Webex has refused, that is told now.
        with suppress(NoToken):
            self._tokens.access()
        with self._database.reading() as session:
            if not alarms.is_due(session):
                return
        with self._database.transaction() as session:
            alarms.tell(session, self._context)

    def problem(self) -> str:
        """What is wrong with the token, for whoever watches over the bot; "" if nothing is."""
        with self._database.reading() as session:
            return alarms.problem(session)

    def close(self) -> None:
        """Close the connections."""
        self._tokens.close()
