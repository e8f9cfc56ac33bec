"""Everything that can go wrong in the playground, in words that a person understands: as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Target = Literal["faults", "switches", "webhooks"]

COUNTS = (1, 3, 10)
SPANS = (10, 60)

_PLAYED = "The provisioning waits until its user does so."


@dataclass(frozen=True)
class Scenario:
    """One thing that can go wrong, and for how long.

    `body` is what its target takes: the fields of a fault, or the values of switches. `counts` are offered as "the next
    3", `spans` as "for 10 s"; `open` says that it may stay until it is taken back. `count` names the field that the
    count goes into: `times`, or a switch that is a number of coming calls by itself.
    """

    key: str
    group: str
    words: str
    hint: str
    target: Target
    body: Mapping[str, Any]
    counts: tuple[int, ...] = COUNTS
    spans: tuple[int, ...] = SPANS
    open: bool = True
    count: str = "times"


def _webex(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """Of the bot's calls only: whoever plays a person must be able to go on writing."""
    body = {"service": "webex", "person": "bot", **body}
    return Scenario(f"webex-{key}", "Webex", words, hint, target="faults", body=body)


def _broadworks(key: str, words: str, hint: str, **body: Any) -> Scenario:
    body = {"service": "broadworks", **body}
    return Scenario(f"broadworks-{key}", "BroadWorks", words, hint, target="faults", body=body)


def _renewal(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """Of the sign-in, which is Webex's own; nobody calls it with a token, so with none of a person."""
    body = {"service": "webex", "method": "POST", "path": "/access_token", **body}
    return Scenario(f"broadworks-renewal-{key}", "BroadWorks", words, hint, target="faults", body=body)


def _write(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """Of provisioning anything, unless another method and path are named."""
    body = {"method": "POST", "path": "/broadworks/(workspaces|subscribers)", **body}
    return _broadworks(key, words, hint, **body)


def _switch(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """On until it is taken back, or for some time: there are no calls to be counted."""
    group = "Webex" if key.startswith("webex-") else "BroadWorks"
    return Scenario(key, group, words, hint, target="switches", body=body, counts=())


def _outcome(key: str, words: str, hint: str, outcome: str) -> Scenario:
    return _switch(f"broadworks-{key}", words, hint, subscriber_outcome=outcome)


def _hooks(key: str, words: str, hint: str, *, counts: tuple[int, ...] = COUNTS, **body: Any) -> Scenario:
    return Scenario(f"webhooks-{key}", "Webhooks", words, hint, target="webhooks", body=body, counts=counts)


def _coming(group: str, key: str, words: str, hint: str, *, target: Target, counts: tuple[int, ...]) -> Scenario:
    """A switch that is the number of coming calls: it can only be counted."""
    name = key.partition("-")[2].replace("-", "_")
    return Scenario(
        key, group, words, hint, target=target, body={name: counts[0]}, counts=counts, spans=(), open=False, count=name
    )


SCENARIOS = (
    _webex("slow", "Webex answers slowly (3 s)", "Every call of the bot waits.", kind="latency", seconds=3),
    _webex(
        "silent",
        "Webex does not answer for 20 s",
        "Longer than the bot waits: it gives the call up and tries again.",
        kind="hang",
        seconds=20,
    ),
    _webex(
        "busy",
        "Webex is too busy (429, come back in 5 s)",
        "The bot must wait as long as it is told.",
        kind="status",
        status=429,
        retry_after=5,
    ),
    _webex("down", "Webex is out of order (503)", "Every call of the bot is refused.", kind="status", status=503),
    _webex("page", "Webex answers with an error page (502)", "A web page where data should be.", kind="html"),
    _webex(
        "cut", "Webex hangs up before anything is done", "The connection breaks, nothing happens.", kind="drop_before"
    ),
    _webex(
        "post-lost",
        "The bot's next message is posted, but the answer is lost",
        "The bot cannot know that its message is there.",
        kind="drop_after",
        method="POST",
        path="/messages",
    ),
    _switch(
        "webex-no-card-edits",
        "Webex refuses to edit cards",
        "As its documentation says. The bot must post a new card instead.",
        card_edits="strict",
    ),
    _switch("webex-no-edits", "Webex refuses every edit", "Text and cards stay as they are.", card_edits="refused"),
    _switch(
        "webex-no-thread-replies",
        "Webex refuses replies to a card in a thread",
        "The bot must answer in the space instead.",
        thread_reply_refused=True,
    ),
    _coming(
        "Webex",
        "webex-late-404",
        "A new message is not found at first (404)",
        "Counts every reading of a message, by the bot and by this page.",
        target="switches",
        counts=COUNTS,
    ),
    _broadworks("slow", "BroadWorks answers slowly (3 s)", "Every call waits.", kind="latency", seconds=3),
    _broadworks(
        "silent",
        "BroadWorks does not answer for 40 s",
        "Longer than the bot waits.",
        kind="hang",
        seconds=40,
    ),
    _broadworks(
        "busy",
        "BroadWorks is too busy (429, come back in 5 s)",
        "The bot waits and asks again.",
        kind="status",
        status=429,
        retry_after=5,
    ),
    _broadworks("down", "BroadWorks is out of order (503)", "Every call is refused.", kind="status", status=503),
    _broadworks(
        "token", "BroadWorks does not accept the bot's token (401)", "As if it had expired.", kind="status", status=401
    ),
    _broadworks("page", "BroadWorks answers with an error page (502)", "A web page, no data.", kind="html"),
    _broadworks("empty", "BroadWorks answers with nothing at all (502)", "Not one character.", kind="empty"),
    _broadworks("torn", "BroadWorks' answers break off in the middle", "The data cannot be read.", kind="broken_json"),
    _broadworks(
        "odd",
        "BroadWorks answers something nobody expects",
        "It looks like success, but what the bot needs is missing.",
        kind="body",
        body={"message": "Thank you for calling."},
    ),
    _broadworks("cut", "BroadWorks hangs up before anything is done", "The connection breaks.", kind="drop_before"),
    _write(
        "write-lost",
        "The next BroadWorks write is done, but its answer is lost",
        "The bot cannot know whether anything was made. It must not ask twice.",
        kind="drop_after",
    ),
    _write(
        "change-lost",
        "The next change of a subscriber is done, but its answer is lost",
        "The bot must look before it says how it ended.",
        kind="drop_after",
        method="PUT",
        path="/broadworks/subscribers/.+",
    ),
    _write(
        "removal-lost",
        "The next removal of a subscriber is done, but its answer is lost",
        "Whoever asks again is told that there is nobody.",
        kind="drop_after",
        method="DELETE",
        path="/broadworks/subscribers/.+",
    ),
    _write(
        "write-late",
        "The next BroadWorks write is done, but the answer is an error (504)",
        "A gateway lost patience; the work behind it was done.",
        kind="status",
        status=504,
        applied=True,
    ),
    _switch("broadworks-token-expires", "The access token expires now", "A renewed one works.", access_expired=True),
    _switch(
        "broadworks-token-revoked",
        "The refresh token is revoked",
        "Nothing works until an admin logs in again, or this is switched off and the bot started anew.",
        refresh_revoked=True,
    ),
    _switch(
        "broadworks-token-once",
        "A refresh token works only once",
        "If the answer to a renewal is lost, so is the next token.",
        refresh_once=True,
    ),
    _renewal("down", "Renewals answer 503", "The bot must wait and ask again.", kind="status", status=503),
    _renewal("lost", "The next renewal is done, but its answer is lost", "The bot asks again.", kind="drop_after"),
    _switch(
        "broadworks-no-looking",
        "The bot may not look for workspaces",
        "Its token has no right to list them, so a person must look.",
        workspaces_scope=False,
    ),
    _switch(
        "broadworks-info-object",
        "A precheck answers in the shape that is documented",
        "One note instead of a list of notes.",
        info_as_object=True,
    ),
    _switch(
        "broadworks-extra-info",
        "A precheck says something that no list explains (150)",
        "The bot can only show the words.",
        extra_info=True,
    ),
    _switch(
        "broadworks-long",
        "Provisioning a subscriber takes ten minutes",
        "It is accepted at once; how it ends shows much later.",
        provisioning_seconds=600.0,
    ),
    _switch(
        "broadworks-new-customer",
        "A new customer takes an hour to be made",
        "Its first subscriber waits, and so do all who come meanwhile.",
        customer_seconds=3600.0,
    ),
    _outcome("works", "Every subscriber is provisioned", "Whatever the e-mail says.", "provisioned"),
    _outcome("fails", "Every subscriber ends in an error (10022)", "New ones and updates.", "error"),
    _outcome("hangs", "No subscriber is ever finished", "New ones and updates go on for ever.", "never"),
    _outcome("asks-email", "Every new subscriber must give an e-mail first", _PLAYED, "pending_email_input"),
    _outcome("asks-proof", "Every new subscriber must validate the e-mail", _PLAYED, "pending_email_validation"),
    _outcome("asks-consent", "Every new subscriber must agree to a move", _PLAYED, "pending_user_migration"),
    _switch(
        "broadworks-consent-path",
        "Consent mails are sent at the other path",
        "Under /broadworks, where the documentation does not have it.",
        consent_path="broadworks",
    ),
    _switch(
        "broadworks-empty-pages",
        "Lists of subscribers have empty pages in between",
        "Each names a next page, and the bot must go on.",
        empty_pages=True,
    ),
    _hooks("twice", "Every webhook is delivered twice", "The bot must act on it once.", duplicate=1),
    _hooks("late", "Every webhook comes 5 s late", "The bot hears of everything later.", delay=5.0),
    _hooks(
        "old-signature",
        "Webhooks are signed in the old way only (SHA-1)",
        "As Webex still does beside the new way.",
        legacy_signature=True,
    ),
    _coming(
        "Webhooks",
        "webhooks-drop",
        "Webhooks are lost",
        "The bot never hears of what happened.",
        target="webhooks",
        counts=COUNTS,
    ),
    _coming(
        "Webhooks",
        "webhooks-reorder",
        "Webhooks come in the wrong order",
        "The last one first. They are gathered for 2 s at most.",
        target="webhooks",
        counts=(3, 10),
    ),
    _hooks("hold", "Webhooks are held back", "They all come when this is switched off.", counts=(), hold=True),
)

BY_KEY = {scenario.key: scenario for scenario in SCENARIOS}
GROUPS = tuple(dict.fromkeys(scenario.group for scenario in SCENARIOS))
