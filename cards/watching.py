"""What is drawn of work that Webex has accepted and goes on with: how far it is, and since when."""

from bot.domain.operation import Element
from bot.domain.plan import Watched
from cards import kit
from cards.shared import moment

_STATUSES = {
    "provisioning": "Webex is provisioning it",
    "updating": "Webex is updating it",
    "provisioned": "provisioned",
    "error": "ended in an error",
    "pending_email_input": "waiting for the user to give an e-mail address",
    "pending_email_validation": "waiting for the user to confirm the e-mail address",
    "pending_user_migration": "waiting for the user's consent, asked for by e-mail",
    "in_progress": "Webex is working on it",
    "completed": "completed",
    "failed": "failed",
    "not_synced": "never synchronised yet",
    "complete": "synchronised",
}


def status_words(status: str) -> str:
    """A status as people say it; one that nobody has met stays in Webex's own word."""
    return _STATUSES.get(status.casefold(), f"in Webex's word “{status}”, which this bot does not know")


def progress(watched: Watched) -> list[Element]:
    """The status now, and those that it had before."""
    drawn = [kit.text(f"Now {status_words(watched.status)}, since {moment(watched.since)}.", spacing="Small")]
    if watched.past:
        before = (f"{step.status} since {moment(step.since)}" for step in watched.past)
        drawn.append(kit.small(f"Before: {' · '.join(before)}"))
    return drawn
