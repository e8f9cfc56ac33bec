"""Reads a message that somebody wants to post or edit, and refuses what Webex would refuse in it."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from bot.simulator import ids
from bot.simulator.entities import Content
from bot.simulator.problems import Problem
from bot.simulator.webex import cards
from bot.simulator.webex.call import WebexCall

MAX_BYTES = 7439
MAX_FILE_BYTES = 100 * 1024 * 1024
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")


@dataclass(frozen=True)
class Draft:
    """`attachments` is None where the sender did not speak of any."""

    room_id: str | None = None
    person_id: str | None = None
    person_email: str | None = None
    parent_id: str | None = None
    text: str | None = None
    markdown: str | None = None
    attachments: list[dict[str, Any]] | None = None
    content: Content | None = None
    warnings: list[str] = field(default_factory=list)


def new(call: WebexCall) -> Draft:
    draft = _of_form() if request.mimetype == "multipart/form-data" else _of_json(call)
    _check_destination(draft)
    _check_words(draft)
    if not (draft.text or draft.markdown or draft.content):
        raise Problem(400, _nothing_said(draft))
    return draft


def edit(call: WebexCall) -> Draft:
    draft = _of_json(call)
    if not draft.room_id:
        raise Problem(400, "Required String parameter 'roomId' is not present")
    if not (draft.text or draft.markdown):
        raise Problem(400, _nothing_said(draft))
    _check_words(draft)
    return draft


def _of_json(call: WebexCall) -> Draft:
    if call.body.get("files"):
        raise Problem(400, "Files are taken as multipart/form-data here, not by their address.")
    attachments = call.body.get("attachments")
    warnings = [] if attachments is None else cards.check(attachments)
    return Draft(
        room_id=call.text("roomId"),
        person_id=call.text("toPersonId"),
        person_email=call.text("toPersonEmail"),
        parent_id=call.text("parentId"),
        text=call.text("text"),
        markdown=call.text("markdown"),
        attachments=attachments,
        warnings=warnings,
    )


def _of_form() -> Draft:
    files = request.files.getlist("files")
    if len(files) > 1:
        raise Problem(400, "Only one file can be sent with a message.")
    if "attachments" in request.form:
        raise Problem(400, "Attachments cannot be sent as multipart/form-data.")
    form = request.form
    return Draft(
        room_id=form.get("roomId"),
        person_id=form.get("toPersonId"),
        person_email=form.get("toPersonEmail"),
        parent_id=form.get("parentId"),
        text=_lines(form.get("text")),
        markdown=_lines(form.get("markdown")),
        content=_content(files[0]) if files else None,
    )


def _lines(words: str | None) -> str | None:
    """A browser ends the lines of a form as the mail of old did, whatever was typed."""
    return words.replace("\r\n", "\n") if words else words


def _content(file: FileStorage) -> Content:
    data = file.read()
    # A large one lies on the disk.
    file.close()
    if len(data) > MAX_FILE_BYTES:
        raise Problem(413, "File size is limited to 100 MB.")
    return Content(
        id=f"{ids.fresh('CONTENT')}",
        name=file.filename or "file",
        # It becomes a header of the answer, which cannot say everything.
        media_type=file.mimetype if _MEDIA_TYPE.fullmatch(file.mimetype) else "application/octet-stream",
        data=data,
    )


def _check_destination(draft: Draft) -> None:
    named = [place for place in (draft.room_id, draft.person_id, draft.person_email) if place]
    if len(named) != 1:
        raise Problem(400, "Exactly one of roomId, toPersonId and toPersonEmail must be specified.")


def _check_words(draft: Draft) -> None:
    for words in (draft.text, draft.markdown):
        # Bytes, not characters: three of them for each Chinese one.
        if words and len(words.encode()) > MAX_BYTES:
            raise Problem(400, f"Message length is limited to {MAX_BYTES} bytes after encoding.")


def _nothing_said(draft: Draft) -> str:
    if draft.attachments:
        return "Text or markdown is required with an attachment, for clients that cannot show it."
    return "Both text and file cannot be empty."
