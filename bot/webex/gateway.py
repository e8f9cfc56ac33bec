"""The one way to the Webex API, through Webex's own SDK; no object of the SDK leaves this module."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

import requests
from requests_toolbelt import MultipartEncoder
from webexteamssdk import WebexTeamsAPI
from webexteamssdk.exceptions import webexteamssdkException

from bot import tracking
from bot.domain.actor import Person
from bot.domain.delivery import Attachment
from bot.errors import WebexUnreachable
from bot.webex import answers
from bot.webex.answers import IncomingAction, IncomingMessage, Registration

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

T = TypeVar("T")


class Gateway:
    """Reads from and posts to Webex as the bot.

    Every method may raise WebexBusy, WebexRefused (of which WebexNotFound) or WebexUnreachable. Reads are sent again
    once if the connection broke; nothing else is, because a message must not be posted twice.
    """

    def __init__(self, *, token: str, base_url: str, timeout: int = 15) -> None:
        self._token = token
        self._base_url = base_url.rstrip("/") + "/"
        self._timeout = timeout
        self._local = threading.local()
        self._lock = threading.Lock()
        self._sessions: list[requests.Session] = []
        self._me: Person | None = None

    def __repr__(self) -> str:
        return f"Gateway(base_url={self._base_url!r})"

    def me(self) -> Person:
        """The bot itself; asked for once."""
        if self._me is None:
            self._me = answers.person(self._read(lambda api: api.people.me()))
        return self._me

    def known_id(self) -> str | None:
        """The bot's own id, if Webex has been asked before; never asks."""
        return self._me.id if self._me is not None else None

    def person(self, person_id: str) -> Person:
        """A person by id."""
        return answers.person(self._read(lambda api: api.people.get(_segment(person_id))))

    def message(self, message_id: str) -> IncomingMessage:
        """A message that the bot may see."""
        found = answers.message(self._read(lambda api: api.messages.get(_segment(message_id))))
        return replace(found, tracking_id=self._local.heard)

    def action(self, action_id: str) -> IncomingAction:
        """A press on one of the bot's cards."""
        found = answers.action(self._read(lambda api: api.attachment_actions.get(_segment(action_id))))
        return replace(found, tracking_id=self._local.heard)

    def post(
        self, room_id: str, *, markdown: str, card: Mapping[str, Any] | None = None, parent_id: str | None = None
    ) -> str:
        """Post a message, with a card or not, as a reply to the root of a thread or not; returns its id."""
        content = {"roomId": room_id, "markdown": markdown, "attachments": _attachments(card), "parentId": parent_id}
        with self._translated() as api:
            return answers.text(api.messages.create(**content).to_dict(), "id")

    def post_to(
        self, *, person_id: str = "", email: str = "", markdown: str, card: Mapping[str, Any] | None = None
    ) -> tuple[str, str]:
        """Post a message to a person, in their direct space, made if need be; returns its id and the space's."""
        whom = {"toPersonEmail": email} if email else {"toPersonId": person_id}
        with self._translated() as api:
            sent = api.messages.create(**whom, markdown=markdown, attachments=_attachments(card)).to_dict()
            return answers.text(sent, "id"), answers.text(sent, "roomId")

    def post_file(self, person_id: str, *, markdown: str, file: Attachment) -> tuple[str, str]:
        """Post a message with a file to a person, read while it is sent; returns its id and the space's.

        The SDK itself takes files by their path only; one that has no path is never left behind by a process that dies.
        """
        file.content.seek(0)
        fields = {"toPersonId": person_id, "markdown": markdown, "files": (file.name, file.content, file.media_type)}
        encoder = MultipartEncoder(fields)
        with self._translated() as api:
            sent = _session(api).post("messages", data=encoder, headers={"Content-Type": encoder.content_type})
            return answers.text(sent, "id"), answers.text(sent, "roomId")

    def edit(self, message_id: str, *, room_id: str, markdown: str, card: Mapping[str, Any] | None = None) -> None:
        """Replace what a message of the bot says and shows."""
        content = {"roomId": room_id, "markdown": markdown, "attachments": _attachments(card)}
        with self._translated() as api:
            # The SDK's own edit cannot carry a card.
            _session(api).put(
                f"messages/{_segment(message_id)}",
                json={name: value for name, value in content.items() if value is not None},
            )

    def delete(self, message_id: str) -> None:
        """Take a message of the bot away."""
        with self._translated() as api:
            api.messages.delete(_segment(message_id))

    def webhooks(self) -> list[Registration]:
        """All webhooks of the bot, whoever made them."""
        return self._reading(lambda api: [answers.registration(each.to_dict()) for each in api.webhooks.list()])

    def create_webhook(self, *, name: str, target_url: str, resource: str, event: str, secret: str) -> Registration:
        """Have events delivered."""
        with self._translated() as api:
            made = api.webhooks.create(name=name, targetUrl=target_url, resource=resource, event=event, secret=secret)
            return answers.registration(made.to_dict())

    def update_webhook(self, webhook_id: str, *, name: str, target_url: str, secret: str) -> Registration:
        """Set everything of a webhook that can be changed, and activate it."""
        with self._translated() as api:
            changed = api.webhooks.update(
                _segment(webhook_id), name=name, targetUrl=target_url, secret=secret, status="active"
            )
            return answers.registration(changed.to_dict())

    def delete_webhook(self, webhook_id: str) -> None:
        """Have events delivered no more."""
        with self._translated() as api:
            api.webhooks.delete(_segment(webhook_id))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for session in self._sessions:
                session.close()

    def _read(self, call: Callable[[WebexTeamsAPI], Any]) -> dict[str, Any]:
        return self._reading(lambda api: dict(call(api).to_dict()))

    def _reading(self, call: Callable[[WebexTeamsAPI], T]) -> T:
        with self._translated() as api:
            try:
                return call(api)
            except requests.Timeout:
                raise
            except requests.ConnectionError:
                # Most often a kept connection that the other side had closed meanwhile.
                return call(api)

    @contextmanager
    def _translated(self) -> Iterator[WebexTeamsAPI]:
        try:
            yield self._api()
        except (requests.RequestException, webexteamssdkException) as exc:
            # What Webex answered with an error was raised by the hook, as one of ours, before the SDK looked at it.
            raise WebexUnreachable(f"Webex did not answer as it should: {type(exc).__name__}") from exc

    def _api(self) -> WebexTeamsAPI:
        """This thread's own SDK object, with the tracking id of what the thread is working on."""
        if not hasattr(self._local, "api"):
            self._local.api = self._connect()
        api: WebexTeamsAPI = self._local.api
        _session(api).update_headers({tracking.HEADER: tracking.current() or tracking.new()})
        return api

    def _connect(self) -> WebexTeamsAPI:
        api = WebexTeamsAPI(
            access_token=self._token,
            base_url=self._base_url,
            single_request_timeout=self._timeout,
            # It would sleep for as long as Webex says, in a thread that others wait for.
            wait_on_rate_limit=False,
        )
        session = _requests(api)
        session.hooks["response"] += [self._hear, answers.judge]
        if urlsplit(self._base_url).hostname in _LOOPBACK:
            # A proxy that the environment names cannot reach this machine's own addresses.
            session.trust_env = False
        with self._lock:
            self._sessions.append(session)
        return api

    def _hear(self, response: requests.Response, *_: Any, **__: Any) -> None:
        """Remember for this thread how Webex called the call that it has just answered."""
        self._local.heard = response.headers.get(tracking.HEADER, "")


def _session(api: WebexTeamsAPI) -> Any:
    return api._session  # noqa: SLF001 - the SDK has no public way to set a header or to edit a card.


def _requests(api: WebexTeamsAPI) -> requests.Session:
    session: requests.Session = _session(api)._req_session  # noqa: SLF001 - nor to hook into or close a connection.
    return session


def _attachments(card: Mapping[str, Any] | None) -> list[dict[str, Any]] | None:
    return None if card is None else [{"contentType": CARD_TYPE, "content": dict(card)}]


def _segment(identifier: str) -> str:
    """Ids are opaque: none may become another path."""
    return quote(identifier, safe="")
