"""The states of a request in the words of people."""

from bot.domain.request import Request, State

_WORDS = {
    State.APPROVED: "about to be sent",
    State.RUNNING: "being sent",
    State.DONE: "done",
    State.FAILED: "not done",
    State.UNKNOWN: "not known yet whether it was done",
    State.WATCHING: "accepted, Webex is working on it",
    State.STUCK: "accepted, but it takes long",
    State.UNWATCHED: "accepted, and not watched any more",
    State.WITHDRAWN: "cancelled",
    State.EXPIRED: "expired",
}
_SAVING = {State.APPROVED: "about to be saved", State.RUNNING: "being saved"}


def state_words(request: Request) -> str:
    """The state of a request as people say it."""
    if request.state is State.ASKED:
        return "waiting for your go-ahead" if request.plan else "being checked"
    if request.state is State.APPROVED and request.locked_out:
        return "waiting, Webex does not let the bot in"
    if request.state is State.APPROVED and request.held:
        return "waiting, writes are switched off"
    if request.state is State.APPROVED and request.try_at:
        return "waiting to try again"
    return _SAVING.get(request.state, _WORDS[request.state]) if request.local else _WORDS[request.state]
