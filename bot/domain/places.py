"""Where the things of the provisioning API are, as planned calls name it."""

from urllib.parse import quote, unquote

SUBSCRIBERS = "broadworks/subscribers"
SUBSCRIBER = (f"{SUBSCRIBERS}/{{}}",)
"""The pattern, or the patterns, of a path that names one of them."""

WORKSPACES = "broadworks/workspaces"
WORKSPACE = (f"{WORKSPACES}/{{}}",)
PLACE = ("workspaces/{}",)
"""The same workspace as Webex's general API has it, which knows nothing of BroadWorks."""

ENTERPRISES = "broadworks/enterprises"
DIRECTORY = (f"{ENTERPRISES}/{{}}/broadworksDirectorySync",)
EXTERNAL_USER = (f"{ENTERPRISES}/{{}}/broadworksDirectorySync/externalUser",)

REPORTS = "broadworks/billing/reports"
REPORT = (f"{REPORTS}/{{}}",)

CONSENT = ("subscribers/{}/emails/consentMove", "broadworks/subscribers/{}/emails/consentMove")
"""The two addresses under which the consent e-mail is sent again: as documented, and as all the others are written."""

SHORTEST_ID = 40
"""What is as long and has no @ is an id of Webex, which can be meant where a user ID is asked for."""

_LONGEST = 1024


def could_be_id(text: str) -> bool:
    """Whether it could be an id of Webex: opaque, but nothing that could lead a path elsewhere.

    Some servers decode a path before they resolve it, so quoting alone would not hold dots and slashes.
    """
    if not text or len(text) > _LONGEST or text in {".", ".."}:
        return False
    return all(c.isprintable() and not c.isspace() and c not in "/\\%" for c in text)


def subscriber_path(subscriber_id: str) -> str:
    """The path of one subscriber; raises ValueError for what can be no id."""
    return path_of(subscriber_id, *SUBSCRIBER)


def workspace_path(workspace_id: str) -> str:
    """The path of one workspace; raises ValueError for what can be no id."""
    return path_of(workspace_id, *WORKSPACE)


def directory_path(enterprise_id: str) -> str:
    """The path of the directory of one enterprise; raises ValueError for what can be no id."""
    return path_of(enterprise_id, *DIRECTORY)


def external_user_path(enterprise_id: str) -> str:
    """The path that synchronises one user of it who has no Webex; raises ValueError for what can be no id."""
    return path_of(enterprise_id, *EXTERNAL_USER)


def consent_path(subscriber_id: str, *, pattern: str = CONSENT[0]) -> str:
    """The path that sends the consent e-mail again; raises ValueError for what can be no id."""
    return path_of(subscriber_id, pattern)


def path_of(identity: str, pattern: str) -> str:
    """The path of such a pattern that names this id; raises ValueError for what can be no id."""
    if not could_be_id(identity):
        raise ValueError("This can be no id of Webex.")
    return pattern.format(quote(identity, safe=""))


def id_in(path: str, *, patterns: tuple[str, ...]) -> str | None:
    """The id that a path of such a pattern names; None for any other path."""
    plain = path.strip("/")
    for pattern in patterns:
        before, after = pattern.split("{}")
        found = unquote(plain.removeprefix(before).removesuffix(after))
        if could_be_id(found) and pattern.format(quote(found, safe="")) == plain:
            return found
    return None
