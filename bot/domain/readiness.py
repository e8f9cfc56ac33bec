"""What this bot itself can check before something is provisioned, as findings that stop nobody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from bot.domain.desk import Desk, Provisioned
from bot.domain.form import Values
from bot.domain.plan import Finding, Level
from bot.domain.provisioning import SubscriberFilter
from bot.domain.workspaces import may_not_look, origin
from bot.errors import BroadWorksError, Refused

Check = tuple[str, Callable[[], Finding | None]]
"""What is looked for, as in "whether …", and the look itself."""


def looked(checks: Sequence[Check]) -> Iterator[Finding]:
    """Each check in turn; where Webex does not answer one, the others would only keep the person waiting."""
    away = False
    for what, check in checks:
        try:
            found = _unasked(what) if away else check()
        except BroadWorksError as exc:
            away = not isinstance(exc, Refused)
            found = _unasked(what, may_not=may_not_look(exc))
        if found is not None:
            yield found


def enterprise(values: Values, desk: Desk) -> Check:
    """Whether the customer exists, and was made with the same template."""

    def check() -> Finding:
        return _of_enterprise(values, desk, absent="A workspace needs one that exists: provision a subscriber first.")

    return "whether the enterprise exists", check


def new_enterprise(values: Values, desk: Desk) -> Check:
    """Whether the customer will have to be made first, or has another template; nothing is said of what is usual."""

    def check() -> Finding | None:
        absent = "This would be its first subscriber: Webex makes the customer too, which can take several minutes."
        found = _of_enterprise(values, desk, absent=absent)
        return None if found.level is Level.GOOD else found

    return "whether the enterprise exists", check


def no_subscriber(user_id: str, desk: Desk) -> Check:
    """Whether nobody else has the user ID."""

    def check() -> Finding:
        # A page may be empty and lead on to more, so it is the list that is asked.
        found = next(islice(desk.broadworks.subscribers(SubscriberFilter(user_id=user_id, max=1)), 1), None)
        if found is None:
            return Finding(Level.GOOD, "No subscriber has this user ID.")
        name = " ".join(filter(None, (found.first_name, found.last_name))) or found.email or found.id
        return Finding(Level.BAD, f"A subscriber has this user ID already: {name}, {found.enterprise}.")

    return "whether a subscriber has this user ID", check


def clashes(desk: Desk, *, user_id: str = "", number: str = "", but: str = "") -> list[Finding]:
    """What this bot remembers under the user ID or the number; ``but`` is the id of what may have them."""
    known = desk.registry.find(user_id=user_id, number=number)
    return [_clash(each, user_id=user_id) for each in known if not but or each.webex_id != but]


def _unasked(what: str, *, may_not: bool = False) -> Finding:
    why = ": its token may not" if may_not else ""
    return Finding(Level.WARNING, f"The bot could not look {what}{why}.")


def _of_enterprise(values: Values, desk: Desk, *, absent: str) -> Finding:
    name, wanted = values["spEnterpriseId"], values["provisioningId"]
    found = desk.broadworks.find_enterprise(name)
    if found is None:
        return Finding(Level.WARNING, f"Webex lists no enterprise “{name}”. {absent}")
    if not found.provisioning_id:
        return Finding(Level.GOOD, f"The enterprise “{name}” exists; Webex does not say with which provisioning ID.")
    if found.provisioning_id != wanted:
        names = {each.provisioning_id: each.name for each in desk.templates.all()}
        theirs = _called(found.provisioning_id, names)
        words = f"The enterprise “{name}” exists with another provisioning ID: {theirs}. Webex keeps to the first one."
        return Finding(Level.BAD, words)
    return Finding(Level.GOOD, f"The enterprise “{name}” exists, with this provisioning ID.")


def _called(provisioning_id: str, names: Mapping[str, str]) -> str:
    name = names.get(provisioning_id)
    return f"that of the template {name}" if name else provisioning_id


def _clash(found: Provisioned, *, user_id: str) -> Finding:
    what = "user ID" if found.user_id.casefold() == user_id.casefold() else "number"
    if found.source:
        words = f"This bot knows that {what} already: {found.kind} “{found.name}”, {origin(found)}"
        return Finding(Level.WARNING, f"{words}, as of {found.as_of:%d %b %Y}.")
    words = f"This bot has already provisioned that {what}: {found.kind} “{found.name}”"
    return Finding(Level.WARNING, f"{words} in request {found.request} on {found.made_at:%d %b %Y}.")
