"""Turns answers of 2xx into domain values, or says that they cannot be read."""

from typing import Any, TypeVar

from bot.broadworks import enterprise as enterprise_reader
from bot.broadworks import envelope
from bot.broadworks import report as report_reader
from bot.broadworks import subscriber as reader
from bot.broadworks.answer import Answer
from bot.broadworks.errors import unreadable
from bot.broadworks.text import storable
from bot.domain.enterprise import DirectorySync, Enterprise, ExternalUser
from bot.domain.provisioning import Info, Precheck, Subscriber, Workspace
from bot.domain.report import Report

T = TypeVar("T")

_NO_CONTENT = 204


def precheck(answer: Answer) -> Precheck:
    """Passed only if Webex said success and complained about nothing; raises Unconfirmed."""
    data = _object(answer)
    complaints = envelope.errors(data)
    said = envelope.message(data)
    entries = (*envelope.entries(data.get("info")), *complaints)
    return Precheck(
        passed=said.casefold() == "success" and not complaints,
        message=said,
        infos=tuple(Info(each.code or "", reader.with_field(each)) for each in entries),
        tracking_id=answer.tracking_id,
    )


def subscriber(answer: Answer) -> Subscriber:
    """The subscriber that was asked for, made or changed; raises Unconfirmed."""
    found = reader.subscriber(_object(answer), tracking_id=answer.tracking_id)
    return _there(found, answer, without="the id of a subscriber")


def subscribers(answer: Answer) -> tuple[Subscriber, ...]:
    """The subscribers on one page; raises Unconfirmed, for half a list would pass for a whole one."""
    found = tuple(reader.subscriber(each, tracking_id=answer.tracking_id) for each in _items(answer))
    return _every(found, answer, what="a subscriber")


def enterprises(answer: Answer) -> tuple[Enterprise, ...]:
    """The enterprises on one page; raises Unconfirmed, for half a list would pass for a whole one.

    The published schema forgets the list around them: what has no items, but an id, is taken for the only one.
    """
    data = _object(answer)
    items = [data] if "items" not in data and "id" in data else _items(answer)
    found = tuple(enterprise_reader.enterprise(each, tracking_id=answer.tracking_id) for each in items)
    return _every(found, answer, what="an enterprise")


def directory(answer: Answer) -> DirectorySync:
    """How a directory is kept in step, as it was asked for or changed; raises Unconfirmed."""
    found = enterprise_reader.directory(_object(answer), tracking_id=answer.tracking_id)
    return _there(found, answer, without="the state of a directory")


def external_user(answer: Answer) -> ExternalUser:
    """What became of one user; raises Unconfirmed."""
    found = enterprise_reader.external_user(_object(answer), tracking_id=answer.tracking_id)
    return _there(found, answer, without="what became of the user")


def workspace(answer: Answer) -> Workspace:
    """What was made, with all that was echoed; raises Unconfirmed."""
    data = _object(answer)
    found = _there(reader.identity(data), answer, without="the id of a workspace")
    return Workspace(found, storable(data), answer.tracking_id)


def report(answer: Answer) -> Report:
    """The report that was asked for or requested; raises Unconfirmed."""
    found = report_reader.report(_object(answer), tracking_id=answer.tracking_id)
    return _there(found, answer, without="the id of a report")


def reports(answer: Answer) -> tuple[Report, ...]:
    """The reports of a list; raises Unconfirmed, for half a list would pass for a whole one."""
    found = tuple(report_reader.report(each, tracking_id=answer.tracking_id) for each in _items(answer))
    return _every(found, answer, what="a report")


def page(answer: Answer) -> list[dict[str, Any]]:
    """The items of one page of a list; raises Unconfirmed, for half a list would pass for a whole one."""
    return [storable(each) for each in _items(answer)]


def nothing(answer: Answer) -> None:
    """A yes that needs no words; raises Unconfirmed for one that says something else than yes."""
    if answer.status == _NO_CONTENT or (answer.whole and not answer.body.strip()):
        return
    if envelope.errors(_object(answer)):
        raise unreadable(answer, "with a complaint")


def _there(found: T | None, answer: Answer, *, without: str) -> T:
    if found is None:
        raise unreadable(answer, f"without {without}")
    return found


def _every(found: tuple[T | None, ...], answer: Answer, *, what: str) -> tuple[T, ...]:
    known = tuple(each for each in found if each is not None)
    if len(known) < len(found):
        raise unreadable(answer, f"with {what} that has no id")
    return known


def _items(answer: Answer) -> list[dict[str, Any]]:
    items = _object(answer).get("items")
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise unreadable(answer, "without a list of items")
    return items


def _object(answer: Answer) -> dict[str, Any]:
    if not answer.whole:
        raise unreadable(answer, "its body broke off or is too long")
    if not answer.body.strip():
        raise unreadable(answer, "without a body")
    if answer.data is None:
        raise unreadable(answer, "its body cannot be read")
    return answer.data
