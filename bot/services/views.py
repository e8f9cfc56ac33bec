"""Gather what a message is drawn from, when it is drawn."""

from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery, Notice, NoticeKind, Shows
from bot.domain.form import Kind, Values
from bot.domain.press import Sign
from bot.domain.request import Request
from bot.domain.template import Template, last_used, meant_by
from bot.domain.view import FormView, Frame, NoticeView, RequestView, View
from bot.services import people
from bot.services.context import Context
from bot.services.requests import LATEST
from bot.store import queries


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
    notice = delivery.notice or Notice(NoticeKind.HELP, {"words": ""})
    listed = notice.kind is NoticeKind.REQUESTS
    latest = queries.latest_requests(session, asked_by=delivery.person_id, limit=LATEST) if listed else []
    asker = people.known(session, context, delivery.person_id)
    offered = tuple(each for each in context.operations if each.is_for(asker))
    return NoticeView(frame, notice, offered, tuple((each, context.by_name[each.operation]) for each in latest))


def _form(session: Session, context: Context, frame: Frame, conversation: Conversation) -> FormView:
    operation = context.by_name[conversation.operation]
    templates = queries.templates(session)
    if not templates or all(each.kind not in {Kind.TEMPLATE, Kind.TEMPLATE_NAME} for each in operation.form.inputs):
        return FormView(frame, conversation, operation)
    latest = queries.latest_requests(session, asked_by=conversation.person_id, limit=LATEST)
    usual = last_used((each.values for each in latest), templates)
    return FormView(frame, conversation, operation, templates=tuple(templates), usual=usual)


def _names(values: Values, templates: list[Template]) -> dict[str, str]:
    """What people call the provisioning ID of a request."""
    template = meant_by(values, templates)
    return {template.provisioning_id: template.name} if template else {}
