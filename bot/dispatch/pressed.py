"""What a press of a button means."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot.dispatch.front import Front
from bot.dispatch.line import Line
from bot.domain.actor import Actor
from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery
from bot.domain.form import Draft
from bot.domain.press import CARD_KEY, Press, Purpose
from bot.domain.request import Request
from bot.errors import Declined
from bot.services import conversations, repeating, requests, watching
from bot.store import queries

_COMMENT_CHARS = 500
_SIMPLE = {
    Purpose.WITHDRAW: requests.withdraw,
    Purpose.CHECK: requests.check,
    Purpose.SEND_AGAIN: requests.send_again,
    Purpose.PUT_OFF: watching.put_off,
    Purpose.STOP_WATCHING: watching.stop,
}


class Pressed:
    """One press of an actor on one message of the bot."""

    def __init__(self, session: Session, front: Front, *, actor: Actor, delivery: Delivery) -> None:
        self.session = session
        self.front = front
        self.context = front.context
        self.actor = actor
        self.delivery = delivery

    def press(self, inputs: Mapping[str, Any]) -> None:
        """Do what the button means; raises Declined."""
        press = self.front.signer.read(inputs.get(CARD_KEY))
        match press.purpose:
            case Purpose.SAY:
                self._say(press)
            case Purpose.SUBMIT | Purpose.CLOSE_FORM:
                self._form(press, inputs)
            case _:
                self._steer(press, inputs)

    def _say(self, press: Press) -> None:
        if press.person_id != self.actor.person_id:
            raise Declined("That button was drawn for somebody else. Say it yourself, and you get your own.")
        place = self.delivery.place
        Line(self.session, self.front, actor=self.actor, place=place).say(press.words or "")

    def _form(self, press: Press, inputs: Mapping[str, Any]) -> None:
        conversation = self.session.get(Conversation, press.conversation)
        if conversation is None:
            raise Declined("I do not know that form any more. Ask me again, and use the new card.")
        if press.purpose is Purpose.CLOSE_FORM:
            conversations.cancel(self.session, self.context, conversation=conversation, actor=self.actor)
            return
        conversations.submit(
            self.session,
            self.context,
            conversation=conversation,
            actor=self.actor,
            inputs=inputs,
            delivery=self.delivery,
        )

    def _steer(self, press: Press, inputs: Mapping[str, Any]) -> None:
        request = queries.request(self.session, press.request or 0)
        if request is None:
            raise Declined("I do not know that request any more.")
        request.demand_asker(self.actor.person_id)
        match press.purpose:
            case Purpose.CONFIRM:
                requests.confirm(
                    self.session,
                    self.context,
                    request=request,
                    actor=self.actor,
                    plan_hash=press.plan_hash or "",
                    typed=str(inputs.get("typed", ""))[:_COMMENT_CHARS],
                )
            case Purpose.CLOSE:
                ended, comment = str(inputs.get("ended", "")), str(inputs.get("comment", ""))[:_COMMENT_CHARS]
                requests.close(
                    self.session, self.context, request=request, actor=self.actor, ended=ended, comment=comment
                )
            case Purpose.EDIT:
                self._edit(request)
            case Purpose.NEXT_PAGE:
                repeating.next_page(
                    self.session, self.context, request=request, actor=self.actor, delivery=self.delivery
                )
            case Purpose.FOLLOW_UP:
                place, title = self.delivery.place, press.words or ""
                repeating.follow_up(
                    self.session, self.context, request=request, actor=self.actor, place=place, title=title
                )
            case _:
                _SIMPLE[press.purpose](self.session, self.context, request=request, actor=self.actor)

    def _edit(self, request: Request) -> None:
        """Open the form again with what was asked for: in place of what can still be withdrawn, beside a result."""
        waiting = not request.ended
        if waiting:
            requests.withdraw(self.session, self.context, request=request, actor=self.actor)
        conversations.open_form(
            self.session,
            self.context,
            operation=self.context.by_name[request.operation],
            actor=self.actor,
            place=self.delivery.place,
            draft=Draft(repeating.said_in(request)),
            # Only the request's own card becomes the form: a press can claim to come from any message.
            instead_of=self.delivery if waiting and self.delivery.request == request.number else None,
        )
