"""How the provisioning of a subscriber ends: rules that a person can use on purpose.

The local part of the e-mail decides, wherever in it one of these words stands:

    (no e-mail), untrusted   pending_email_input: the user must give an e-mail first, which then must be validated
    verify                   pending_email_validation: the user must validate the e-mail
    consent                  pending_user_migration: the user has an account and must agree to its move
    fail                     error 10022, the one that is documented: the user ID belongs to somebody
    elsewhere                error without a number: the e-mail belongs to another organization
    stuck                    goes on for ever
    rigid                    provisioned, but every update ends in an error
    anything else            provisioned

Pauses come first, in the order above; once the user has done what they wait for, the other words count. A precheck
sees none of this: these things show only when somebody is provisioned. A switch can decide for all instead.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from bot.simulator.control.switches import Outcome
from bot.simulator.provisioning.subscriber import End, Status

EMAIL_INPUT: Status = "pending_email_input"
EMAIL_VALIDATION: Status = "pending_email_validation"
USER_MIGRATION: Status = "pending_user_migration"
DONE = End("provisioned")
PAUSES: tuple[Status, ...] = (EMAIL_INPUT, EMAIL_VALIDATION, USER_MIGRATION)

# The words of the documentation's own example.
USER_TAKEN: dict[str, Any] = {
    "errorCode": 10022,
    "description": "The BroadWorks UserID is already associated with an existing user",
}
# For these no number is known.
ELSEWHERE: dict[str, Any] = {"description": "The email is already in use in another organization"}
UNCHANGED: dict[str, Any] = {"description": "The subscriber could not be updated on Webex"}

_PAUSING: tuple[tuple[str, Status], ...] = (
    ("untrusted", EMAIL_INPUT),
    ("verify", EMAIL_VALIDATION),
    ("consent", USER_MIGRATION),
)
_FAILING = (("fail", USER_TAKEN), ("elsewhere", ELSEWHERE))
_STUCK = "stuck"
_RIGID = "rigid"


def end_of_provisioning(email: str, *, wanted: Outcome, passed: AbstractSet[str]) -> End | None:
    """None where it never ends; `passed` are the pauses that are over."""
    if wanted == "by_rule":
        return _by_rule(email, passed)
    if wanted == "never":
        return None
    if wanted == "error":
        return End("error", (USER_TAKEN,))
    if wanted != "provisioned" and wanted not in passed:
        return End(wanted)
    # Nobody can be provisioned without an e-mail, whatever the switch says.
    return DONE if email else End(EMAIL_INPUT)


def end_of_update(email: str, *, wanted: Outcome) -> End | None:
    """An update waits for nobody: of the switch, only an error and `never` concern it."""
    if wanted == "never":
        return None
    if wanted == "error":
        return End("error", (USER_TAKEN,))
    if wanted == "by_rule" and _RIGID in _local(email):
        return End("error", (UNCHANGED,))
    return DONE


def _by_rule(email: str, passed: AbstractSet[str]) -> End | None:
    local = _local(email)
    if not email:
        return End(EMAIL_INPUT)
    for word, pause in _PAUSING:
        if word in local and pause not in passed:
            return End(pause)
    for word, error in _FAILING:
        if word in local:
            return End("error", (error,))
    return None if _STUCK in local else DONE


def _local(email: str) -> str:
    return email.rpartition("@")[0].lower()
