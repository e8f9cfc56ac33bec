"""/play/dialogue: the session so far, in words for the page and as a file that runs as a test."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.dialogues.dialogue import SUFFIX, dump
from bot.simulator.dialogues.recorder import HINT, Recorder
from bot.simulator.dialogues.steps import Shows, Step
from bot.simulator.dialogues.telling import Teller

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

UNTITLED = "A session in the playground"
_TITLE_LENGTH = 120
_NAME_LENGTH = 60
_HIDDEN = "<token>"


def create_recording(sim: "Simulator", recorder: Recorder) -> Blueprint:
    """What is told or saved names nobody's token, even where somebody has typed one."""
    recording = Blueprint("recording", __name__, url_prefix="/play")

    @recording.get("/dialogue")
    def in_words() -> Response:
        known = request.args.get("after", "")
        with sim.world.lock:
            settled, unsettled = recorder.settled, recorder.unsettled
            after = min(int(known), len(settled)) if known.isdecimal() and len(known) <= 15 else 0
            told = _told(_teller(sim), [*settled, *unsettled])
            answer = {
                "begun": recorder.begun,
                "after": after,
                "settled": told[after : len(settled)],
                "unsettled": told[len(settled) :],
                "warnings": list(recorder.warnings),
            }
        return jsonify(_without_tokens(sim, answer))

    @recording.get("/dialogue.yaml")
    def as_file() -> Response:
        title = _hide(sim, _title(request.args.get("title", "")))
        text = _hide(sim, dump(recorder.dialogue(title)))
        response = Response(text, content_type="application/yaml; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(title)}"'
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @recording.delete("/dialogue")
    def begin_anew() -> Response:
        recorder.begin_anew()
        sim.feed.hint(HINT)
        return Response(status=204)

    return recording


def file_name(title: str) -> str:
    """Of letters without accents, digits and hyphens alone, which every system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_NAME_LENGTH].strip("-")
    return f"{words or 'session'}{SUFFIX}"


def _title(asked: str) -> str:
    """In one line of what can be printed."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in asked).split())
    return line[:_TITLE_LENGTH].strip() or UNTITLED


def _told(teller: Teller, steps: list[Step]) -> list[dict[str, Any]]:
    seen: dict[int, Shows] = {}
    told = []
    for step in steps:
        if isinstance(step, Shows):
            told.append(teller.tell(step, before=seen.get(step.shown)))
            seen[step.shown] = step
        else:
            told.append(teller.tell(step))
    return told


def _teller(sim: "Simulator") -> Teller:
    people = {key: person.display_name for key, person in sim.people.items()}
    with sim.world.lock:
        spaces = {name: sim.world.rooms[room].title for name, room in sim.spaces.items() if room in sim.world.rooms}
    return Teller(people=people, spaces=spaces, bot=sim.bot.display_name)


def _hide(sim: "Simulator", text: str) -> str:
    tokens = [*sim.grants.secrets(), sim.bot.token, *(person.token for person in sim.people.values())]
    for token in tokens:
        text = text.replace(token, _HIDDEN)
    return text


def _without_tokens(sim: "Simulator", value: Any) -> Any:
    if isinstance(value, str):
        return _hide(sim, value)
    if isinstance(value, list):
        return [_without_tokens(sim, each) for each in value]
    if isinstance(value, dict):
        return {name: _without_tokens(sim, each) for name, each in value.items()}
    return value
