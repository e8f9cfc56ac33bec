"""/contents: the files of messages, for those who may see the message."""

from io import BytesIO
from typing import Any

from flask import send_file

from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex.call import WebexCall

api: Api[WebexCall] = Api("contents")


@api.get("/contents/<content_id>")
def one(call: WebexCall, content_id: str) -> Any:
    message, content = call.world.contents.get(content_id, (None, None))
    known = message is not None and message.id in call.world.messages
    if message is None or content is None or not known or not call.world.may_see(call.person, message):
        raise Problem(404, "Unable to get content.")
    return send_file(BytesIO(content.data), mimetype=content.media_type, as_attachment=True, download_name=content.name)
