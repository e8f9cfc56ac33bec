"""What each status of the provisioning API means to a person, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One row of the table; ``again`` when the same request can succeed later, unchanged."""

    happened: str
    why: str
    advice: str
    who: str
    again: bool = False


AGENT = "agent"
OPERATOR = "operator"
PARTNER = "partner administrator"
CISCO = "Cisco support"

STATUSES = {
    400: Words(
        "Webex did not accept what was asked.",
        "At least one value is missing or wrong.",
        "Correct what Webex complains about, then ask again.",
        AGENT,
    ),
    401: Words(
        "Webex did not accept the bot's administrator token.",
        "The token has expired or was revoked.",
        "Ask the operator to renew it (BROADWORKS_ACCESS_TOKEN, or python -m bot login), then try again.",
        OPERATOR,
        again=True,
    ),
    403: Words(
        "Webex does not let the bot do this.",
        "The bot's administrator lacks the role Partner full administrator, or the token lacks the scope for it.",
        "Ask the operator to check the role and the scopes behind the bot's token, then try again.",
        OPERATOR,
        again=True,
    ),
    404: Words(
        "Webex did not find what was asked for.",
        "Something that you named does not exist, or the bot's administrator cannot see it.",
        "Check the IDs that you gave, the provisioning ID above all, then ask again.",
        AGENT,
    ),
    405: Words(
        "Webex does not offer this action at the address that the bot uses.",
        "The bot and the API do not fit together; what you typed is not the cause.",
        "Tell the operator: the bot needs an update, or its API address is wrong.",
        OPERATOR,
    ),
    409: Words(
        "Webex refused because it clashes with something that exists already.",
        "An e-mail address, user ID, number or enterprise is probably taken by somebody else.",
        "Find out who has it, or use another value, then ask again.",
        AGENT,
    ),
    410: Words(
        "Webex no longer has what was asked for.",
        "It was removed, or Cisco has switched off this part of the API.",
        "Check that it still exists; if it does, tell the operator that the bot needs an update.",
        OPERATOR,
    ),
    415: Words(
        "Webex did not accept the form in which the bot sent this.",
        "This is a mistake of the bot, or of a proxy on the way; what you typed is not the cause.",
        "Tell the operator.",
        OPERATOR,
    ),
    423: Words(
        "Webex has this locked for the moment.",
        "Something else is being done with it right now.",
        "Try again {when}.",
        AGENT,
        again=True,
    ),
    428: Words(
        "Webex demands that something else is done first.",
        "A condition of Webex is not met; its own words, if it gave any, say which.",
        "Ask your partner administrator, with Webex's tracking ID.",
        PARTNER,
    ),
    429: Words(
        "Webex has too many requests at the moment.",
        "The limit for requests in a period of time is used up.",
        "Try again {when}.",
        AGENT,
        again=True,
    ),
    500: Words(
        "Something went wrong inside Webex.",
        "Webex answered with an internal error.",
        "Try again in a few minutes. If it stays so, report it to Cisco with Webex's tracking ID.",
        CISCO,
        again=True,
    ),
    502: Words(
        "Webex could not get an answer from one of its own servers.",
        "A server behind Webex's gateway failed.",
        "Try again in a few minutes.",
        AGENT,
        again=True,
    ),
    503: Words(
        "Webex is overloaded or down at the moment.",
        "Its servers cannot take more requests.",
        "Try again in a few minutes.",
        AGENT,
        again=True,
    ),
    504: Words(
        "Webex took too long.",
        "A server behind Webex's gateway did not answer in time.",
        "Try again in a few minutes.",
        AGENT,
        again=True,
    ),
}
