"""Gather what a message is drawn from, when it is drawn."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery, Notice, NoticeKind, Shows
from bot.domain.form import Kind, Values
from bot.domain.places import SHORTEST_ID
from bot.domain.press import Sign
from bot.domain.request import Request, State
from bot.domain.template import Template, last_used, meant_by
from bot.domain.view import FormView, Frame, NoticeView, RequestView, View
from bot.services import people
from bot.services.context import Context
from bot.services.requests import LATEST
from bot.store import queries

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def view_of(session: Session, context: Context, delivery: Delivery, *, sign: Sign) -> View:
    """Everything that the card of a delivery shows, as it is now."""
    frame = Frame(environment=context.rules.environment, now=context.now(), sign=sign, person_id=delivery.person_id)
    if delivery.shows is Shows.REQUEST:
        request = session.get_one(Request, delivery.request)
        operation = context.by_name[request.operation]
        names = _names(request.values, queries.templates(session))
        return RequestView(frame, request, operation, writes=context.rules.writes, names=names)
    if delivery.shows is Shows.CONVERSATION:
        return _form(session, context, frame, session.get_one(Conversation, delivery.conversation))
    if delivery.shows is Shows.FILE:
        return NoticeView(frame, _file(session.get_one(Request, delivery.request)))
    notice = delivery.notice or Notice(NoticeKind.HELP, {"words": ""})
    listed = notice.kind is NoticeKind.REQUESTS
    latest = queries.latest_requests(session, asked_by=delivery.person_id, limit=LATEST) if listed else []
    asker = people.known(session, context, delivery.person_id)
    offered = tuple(each for each in context.operations if each.is_for(asker))
    return NoticeView(frame, notice, offered, tuple((each, context.by_name[each.operation]) for each in latest))


def _form(session: Session, context: Context, frame: Frame, conversation: Conversation) -> FormView:
    operation = context.by_name[conversation.operation]
    kinds = {each.kind for each in operation.form.inputs}
    templates = queries.templates(session) if kinds & {Kind.TEMPLATE, Kind.TEMPLATE_NAME} else []
    known = context.enterprises.names() if Kind.ENTERPRISE in kinds else ()
    if not templates and Kind.ENTERPRISE not in kinds:
        return FormView(frame, conversation, operation)
    latest = queries.latest_requests(session, asked_by=conversation.person_id, limit=LATEST)
    usual = last_used((each.values for each in latest), templates)
    offered = _enterprises(context, latest, known) if Kind.ENTERPRISE in kinds else ()
    return FormView(frame, conversation, operation, templates=tuple(templates), usual=usual, enterprises=offered)


def _enterprises(context: Context, latest: Iterable[Request], known: Sequence[str]) -> tuple[str, ...]:
    """Those that are known, the ones that this person has asked for before them."""
    used = (name for each in latest for name in _asked_for(context, each) if name in known or each.state is State.DONE)
    return tuple(dict.fromkeys((*used, *known)))


def _asked_for(context: Context, request: Request) -> list[str]:
    """The enterprises that a request names; an id of Webex is no name."""
    inputs = context.by_name[request.operation].form.inputs
    said = [request.values.get(each.name, "") for each in inputs if each.kind is Kind.ENTERPRISE]
    return [name for name in said if name and len(name) < SHORTEST_ID]


def _file(request: Request) -> Notice:
    name = request.outcome.file if request.outcome else ""
    return Notice(NoticeKind.FILE, {"request": request.number, "file": name})


def _names(values: Values, templates: list[Template]) -> dict[str, str]:
    """What people call the provisioning ID of a request."""
    template = meant_by(values, templates)
    return {template.provisioning_id: template.name} if template else {}
