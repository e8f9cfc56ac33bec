"""Every exception that use cases meet, as one tree; what only ends a command stands beside what raises it.

BotError
├── SettingsError          a variable is missing or malformed: the bot does not start
├── WebhookError           what arrived is not a genuine Webex event
│   ├── Unsigned           no signature, or a wrong one (401)
│   ├── Malformed          signed, but not an event (400)
│   └── TooLarge           more than an event can be (413)
├── StoreUnavailable       a row cannot be kept or read now: disk full, locked, database away (503)
├── Declined               the product says no, with a reason for the person
│   ├── NotAllowed         this person may not do this
│   └── WrongState         the request has moved on
├── WebexError             posting to or reading from the chat went wrong
│   ├── WebexBusy          rate limited: try again after ``retry_after`` seconds
│   ├── WebexUnreachable   no answer, or a server error: nobody knows
│   └── WebexRefused       Webex answered no
│       └── WebexNotFound  not there, or not visible to the bot
└── BroadWorksError        a call of the provisioning API went wrong
    ├── Refused            answered no: nothing was changed
    │   └── Busy           429 or 423: nothing was changed, try again after ``retry_after``
    ├── NeverSent          the request did not leave: connection refused, name unknown, connect timeout
    │   ├── TooLate        the moment until which it might be done had passed
    │   └── NoToken        there is no access token to send it with, and no new one to be had now
    │       └── TokenDead  there will be none until somebody logs in again
    └── Unconfirmed        anything else: nobody knows whether it was done
"""

from dataclasses import dataclass


class BotError(Exception):
    """The root of what the product raises."""


class SettingsError(BotError):
    """Settings are missing or malformed; ``problems`` names all of them at once."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The bot cannot start:\n" + "\n".join(f"  - {problem}" for problem in problems))


class WebhookError(BotError):
    """What arrived at the webhook is not a genuine event of Webex."""

    status = 400


class Unsigned(WebhookError):
    """The signature is absent or wrong."""

    status = 401


class Malformed(WebhookError):
    """The signature is right but the body is not an event."""


class TooLarge(WebhookError):
    """The body is larger than any event."""

    status = 413


class StoreUnavailable(BotError):
    """A row cannot be kept or read now."""


class Declined(BotError):
    """The product says no; the text is written for the person who asked."""


class NotAllowed(Declined):
    """This person may not do this."""


class WrongState(Declined):
    """The request has moved on since the button was drawn."""


class WebexError(BotError):
    """The chat could not be read or written."""


class WebexBusy(WebexError):
    """Webex limits the rate; ``retry_after`` is in seconds, already bounded."""

    def __init__(self, retry_after: float) -> None:
        self.retry_after = retry_after
        super().__init__(f"Webex asks to wait {retry_after:.0f} s")


class WebexUnreachable(WebexError):
    """No answer, an unreadable one, or a server error."""


class WebexRefused(WebexError):
    """Webex answered no."""

    def __init__(self, status: int, message: str = "", *, tracking_id: str | None = None) -> None:
        self.status = status
        self.message = message
        self.tracking_id = tracking_id
        super().__init__(f"Webex answered {status}: {message}")


class WebexNotFound(WebexRefused):
    """The thing does not exist, or the bot may not see it."""


@dataclass(frozen=True)
class ApiComplaint:
    """One entry of an error answer; every part may be absent."""

    code: str | None = None
    description: str = ""
    field: str | None = None


class BroadWorksError(BotError):
    """A call of the provisioning API went wrong.

    ``status`` is the HTTP status if there was an answer; ``tracking_id`` is Webex's.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        complaints: tuple[ApiComplaint, ...] = (),
        tracking_id: str | None = None,
    ) -> None:
        self.message = message
        self.status = status
        self.complaints = complaints
        self.tracking_id = tracking_id
        self.tries = 1
        super().__init__(message)


class Refused(BroadWorksError):
    """They answered no; nothing was changed."""

    @property
    def gone(self) -> bool:
        """There is nothing at the address that was asked."""
        return self.status == 404


class Busy(Refused):
    """They answered 429 or 423; ``retry_after`` in seconds is None when they did not say."""

    retry_after: float | None = None


class NeverSent(BroadWorksError):
    """The request did not leave this machine or did not reach theirs."""


class TooLate(NeverSent):
    """The moment until which it might be done had passed, so it was not begun."""


class NoToken(NeverSent):
    """There is no access token to send it with; one that was refused let nobody in, so nothing was done by then."""


class TokenDead(NoToken):
    """Webex gives the bot no access token any more: a person must log in again."""


class Unconfirmed(BroadWorksError):
    """Nobody knows whether it was done: no answer, a server error, or an answer that cannot be read."""
