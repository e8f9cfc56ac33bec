"""Turns answers of 2xx into domain values, or says that they cannot be read."""

from typing import Any

from bot.broadworks import envelope
from bot.broadworks import report as report_reader
from bot.broadworks import subscriber as reader
from bot.broadworks.answer import Answer
from bot.broadworks.errors import unreadable
from bot.broadworks.text import storable
from bot.domain.provisioning import Info, Precheck, Subscriber, Workspace
from bot.domain.report import Report

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
    if found is None:
        raise unreadable(answer, "without the id of a subscriber")
    return found


def subscribers(answer: Answer) -> tuple[Subscriber, ...]:
    """The subscribers on one page; raises Unconfirmed, for half a list would pass for a whole one."""
    found = tuple(reader.subscriber(each, tracking_id=answer.tracking_id) for each in _items(answer))
    known = tuple(each for each in found if each is not None)
    if len(known) < len(found):
        raise unreadable(answer, "with a subscriber that has no id")
    return known


def workspace(answer: Answer) -> Workspace:
    """What was made, with all that was echoed; raises Unconfirmed."""
    data = _object(answer)
    found = reader.identity(data)
    if found is None:
        raise unreadable(answer, "without the id of a workspace")
    return Workspace(found, storable(data), answer.tracking_id)


def report(answer: Answer) -> Report:
    """The report that was asked for or requested; raises Unconfirmed."""
    found = report_reader.report(_object(answer), tracking_id=answer.tracking_id)
    if found is None:
        raise unreadable(answer, "without the id of a report")
    return found


def reports(answer: Answer) -> tuple[Report, ...]:
    """The reports of a list; raises Unconfirmed, for half a list would pass for a whole one."""
    found = tuple(report_reader.report(each, tracking_id=answer.tracking_id) for each in _items(answer))
    known = tuple(each for each in found if each is not None)
    if len(known) < len(found):
        raise unreadable(answer, "with a report that has no id")
    return known


def page(answer: Answer) -> list[dict[str, Any]]:
    """The items of one page of a list; raises Unconfirmed, for half a list would pass for a whole one."""
    return [storable(each) for each in _items(answer)]


def nothing(answer: Answer) -> None:
    """A yes that needs no words; raises Unconfirmed for one that says something else than yes."""
    if answer.status == _NO_CONTENT or (answer.whole and not answer.body.strip()):
        return
    if envelope.errors(_object(answer)):
        raise unreadable(answer, "with a complaint")


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
