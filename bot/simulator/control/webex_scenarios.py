"""What can go wrong with Webex itself and with its webhooks."""

from bot.simulator.control.scenario import COUNTS, coming, hooks, switch, webex

WEBEX = (
    webex("slow", "Webex answers slowly (3 s)", "Every call of the bot waits.", kind="latency", seconds=3),
    webex(
        "silent",
        "Webex does not answer for 20 s",
        "Longer than the bot waits: it gives the call up and tries again.",
        kind="hang",
        seconds=20,
    ),
    webex(
        "busy",
        "Webex is too busy (429, come back in 5 s)",
        "The bot must wait as long as it is told.",
        kind="status",
        status=429,
        retry_after=5,
    ),
    webex("down", "Webex is out of order (503)", "Every call of the bot is refused.", kind="status", status=503),
    webex("page", "Webex answers with an error page (502)", "A web page where data should be.", kind="html"),
    webex(
        "cut", "Webex hangs up before anything is done", "The connection breaks, nothing happens.", kind="drop_before"
    ),
    webex(
        "post-lost",
        "The bot's next message is posted, but the answer is lost",
        "The bot cannot know that its message is there.",
        kind="drop_after",
        method="POST",
        path="/messages",
    ),
    switch(
        "webex-no-card-edits",
        "Webex refuses to edit cards",
        "As its documentation says. The bot must post a new card instead.",
        card_edits="strict",
    ),
    switch("webex-no-edits", "Webex refuses every edit", "Text and cards stay as they are.", card_edits="refused"),
    switch(
        "webex-no-thread-replies",
        "Webex refuses replies to a card in a thread",
        "The bot must answer in the space instead.",
        thread_reply_refused=True,
    ),
    coming(
        "Webex",
        "webex-late-404",
        "A new message is not found at first (404)",
        "Counts every reading of a message, by the bot and by this page.",
        target="switches",
        counts=COUNTS,
    ),
)

WEBHOOKS = (
    hooks("twice", "Every webhook is delivered twice", "The bot must act on it once.", duplicate=1),
    hooks("late", "Every webhook comes 5 s late", "The bot hears of everything later.", delay=5.0),
    hooks(
        "old-signature",
        "Webhooks are signed in the old way only (SHA-1)",
        "As Webex still does beside the new way.",
        legacy_signature=True,
    ),
    coming(
        "Webhooks",
        "webhooks-drop",
        "Webhooks are lost",
        "The bot never hears of what happened.",
        target="webhooks",
        counts=COUNTS,
    ),
    coming(
        "Webhooks",
        "webhooks-reorder",
        "Webhooks come in the wrong order",
        "The last one first. They are gathered for 2 s at most.",
        target="webhooks",
        counts=(3, 10),
    ),
    hooks("hold", "Webhooks are held back", "They all come when this is switched off.", counts=(), hold=True),
)
