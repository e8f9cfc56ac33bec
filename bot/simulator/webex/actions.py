"""/attachment/actions: what people send from cards. There is no list of them, here as on the platform."""

from typing import Any

from bot.simulator import ids
from bot.simulator.clock import stamp
from bot.simulator.entities import Action, Message
from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex import changes
from bot.simulator.webex.call import WebexCall

NO_ACTION = "Unable to get attachment action."
OWN_CARD = "Author of a card cannot submit a cardAction on that card"
NO_CARD = "MessageId should point to an activity with cards"

api: Api[WebexCall] = Api("actions")


@api.post("/attachment/actions")
def create(call: WebexCall) -> Any:
    """Nothing in the inputs is checked: isRequired, regex and the like are left to the clients."""
    if call.text("type") != "submit":
        raise Problem(400, _refused("type must be submit"))
    inputs = call.body.get("inputs", {})
    if not isinstance(inputs, dict):
        raise Problem(400, _refused("inputs must be an object"))
    message = _card_message(call)
    action = Action(
        id=ids.fresh("ATTACHMENT_ACTION"),
        message=message,
        person=call.person,
        inputs=inputs,
        created=call.world.clock.now(),
    )
    call.world.actions[action.id] = action
    call.world.publish(changes.of_action(action))
    return shown(action)


@api.get("/attachment/actions/<action_id>")
def one(call: WebexCall, action_id: str) -> Any:
    action = call.world.actions.get(action_id)
    if action is None or not call.world.may_see(call.person, action.message):
        raise Problem(404, NO_ACTION)
    return shown(action)


def shown(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "type": "submit",
        "messageId": action.message.id,
        "inputs": action.inputs,
        "personId": action.person.id,
        "roomId": action.message.room.id,
        "created": stamp(action.created),
    }


def _card_message(call: WebexCall) -> Message:
    message = call.world.messages.get(call.text("messageId") or "")
    if message is None or not call.world.may_see(call.person, message):
        raise Problem(404, "Unable to get message.")
    if not message.attachments:
        raise Problem(400, _refused(NO_CARD))
    if message.author == call.person:
        raise Problem(400, _refused(OWN_CARD))
    return message


def _refused(reason: str) -> str:
    return f'Unable to post attachment action: "{reason}"'
