"""Lets an admin log in to Webex for the bot, once, in a browser; what Webex grants is kept in the bot's database."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.app import prepare, utc_now
from bot.domain.tokens import Granted
from bot.errors import BotError, NoToken, SettingsError, TokenDead
from bot.renewing import sign_in, stored_tokens
from bot.settings import Settings
from bot.store.session import Database

PORT = 8910
"""Fixed, because an integration names its redirect URIs beforehand."""

PATIENCE = 300.0
_PATH = "/callback"
_HOST = "127.0.0.1"
_PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>The bot has heard from Webex</title>
<p>The bot has heard from Webex. What came of it stands in the terminal; this page can be closed.</p></html>
"""
_UNCHANGED = "Nothing was changed."

Say = Callable[[str], object]
Came = Mapping[str, str]


class LoginFailed(BotError):
    """Nobody has logged in; the text says why, and what to do."""


def log_in(settings: Settings, *, port: int, browse: Say, say: Say, patience: float = PATIENCE) -> None:
    """Wait for somebody to log in, at most ``patience`` seconds, and keep what Webex grants; raises BotError.

    ``browse`` is given the address to open, ``say`` each line that people are to read. Port 0 is any free one.
    """
    if settings.broadworks_client_secret is None:
        missing = "BROADWORKS_CLIENT_ID and BROADWORKS_CLIENT_SECRET are missing: one logs in through an integration."
        raise SettingsError([missing])
    prepare(settings)
    try:
        granted = _granted(settings, port=port, browse=browse, say=say, patience=patience)
    except KeyboardInterrupt:
        raise LoginFailed(f"Stopped. {_UNCHANGED}") from None
    with closing(Database(settings.database_url)) as database:
        stored_tokens(settings, database, clock=utc_now).adopt(granted)
    until = f", unless it is not used until {granted.refresh_expires_at:%Y-%m-%d}" if granted.refresh_expires_at else ""
    say(f"The bot is logged in, and renews its access by itself{until}. A bot that runs goes on within seconds.")


def _granted(settings: Settings, *, port: int, browse: Say, say: Say, patience: float) -> Granted:
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    with _listening(port) as (redirect_uri, heard):
        address = _address(settings, state=state, verifier=verifier, redirect_uri=redirect_uri)
        say(f"Log in to Webex as the provisioning administrator:\n\n{address}\n")
        say(f"The integration must have the redirect URI {redirect_uri}. Waiting for {patience / 60:.0f} minutes.")
        browse(address)
        try:
            came = heard.get(timeout=patience)
        except Empty:
            raise LoginFailed(f"Nobody came back from Webex in time. {_UNCHANGED} Run it again.") from None
    code = _code(came, state=state)
    with closing(sign_in(settings, clock=utc_now)) as endpoint:
        try:
            return endpoint.first(code, verifier=verifier, redirect_uri=redirect_uri)
        except TokenDead as exc:
            check = "Check BROADWORKS_CLIENT_ID and BROADWORKS_CLIENT_SECRET, then run it again."
            raise LoginFailed(f"{exc}. {_UNCHANGED} {check}") from exc
        except NoToken as exc:
            raise LoginFailed(f"{exc}. {_UNCHANGED} Run it again in a minute.") from exc


def _address(settings: Settings, *, state: str, verifier: str, redirect_uri: str) -> str:
    """Where somebody logs in; only who knows the verifier gets anything for the code that comes back."""
    asked = {
        "client_id": settings.broadworks_client_id,
        "response_type": "code",
        "redirect_uri": redirect_uri,
        "scope": settings.broadworks_scopes,
        "state": state,
        "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{settings.broadworks_base_url}authorize?{urlencode(asked)}"


def _code(came: Came, *, state: str) -> str:
    """The code that came back, if it came for this very login."""
    if not hmac.compare_digest(came.get("state", "").encode(), state.encode()):
        why = "What came back belongs to another login, so it was not used."
        raise LoginFailed(f"{why} {_UNCHANGED} Close the pages of earlier ones, and run it again.")
    error = came.get("error", "")
    if error == "access_denied":
        raise LoginFailed(f"The login was denied in the browser. {_UNCHANGED} Run it again, and accept.")
    if error == "invalid_scope":
        advice = "Give the integration all scopes of BROADWORKS_OAUTH_SCOPES, or ask for fewer."
        raise LoginFailed(f"The integration does not have all scopes that were asked for. {_UNCHANGED} {advice}")
    if error or not came.get("code"):
        named = f" ({error})" if error.replace("_", "").isalnum() and len(error) <= 40 else ""
        raise LoginFailed(f"Webex sent back no code{named}. {_UNCHANGED} Check the integration, and run it again.")
    return came["code"]


@contextmanager
def _listening(port: int) -> Iterator[tuple[str, "SimpleQueue[Came]"]]:
    """Its own address, and what comes back to it."""
    heard: SimpleQueue[Came] = SimpleQueue()
    try:
        server = ThreadingHTTPServer((_HOST, port), lambda *args: _Callback(heard, *args))
    except (OSError, OverflowError) as exc:
        why = exc.strerror if isinstance(exc, OSError) else exc
        raise LoginFailed(
            f"Port {port} of this machine cannot be had ({why}). Take another with --port, whose redirect URI the "
            f"integration must have. {_UNCHANGED}"
        ) from exc
    server.daemon_threads, server.block_on_close = True, False
    thread = Thread(target=server.serve_forever, args=(0.05,), name="callback", daemon=True)
    thread.start()
    try:
        yield f"http://{_HOST}:{server.server_port}{_PATH}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Callback(BaseHTTPRequestHandler):
    """Takes what the browser brings back, and says nothing of it anywhere."""

    timeout = 10

    def __init__(self, heard: "SimpleQueue[Came]", *args: Any) -> None:
        self._heard = heard
        super().__init__(*args)

    def do_GET(self) -> None:
        """The way back from Webex; browsers ask for other things, too."""
        asked = urlsplit(self.path)
        if asked.path != _PATH:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE)))
        self.send_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        # The address of this page holds the code.
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(_PAGE)
        self._heard.put(dict(parse_qsl(asked.query)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the inherited name.
        """The line would hold the code."""
