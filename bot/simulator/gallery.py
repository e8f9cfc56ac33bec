"""Says what a page should know of cards: of one that it shows, and of every golden card of a checkout."""

import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.problems import Problem
from bot.simulator.webex.cards import MAX_BYTES, look


def create_gallery(goldens: Path | None) -> Blueprint:
    """`goldens` holds a NAME.json for each card and a NAME.md with the words for those who cannot see it."""
    gallery = Blueprint("gallery", __name__)

    @gallery.get("/play/gallery")
    def cards() -> Response:
        files = sorted(goldens.glob("*.json")) if goldens else []
        names = [file.stem for file in files]
        shown = [{"name": file.stem, "group": _group(file.stem, names), **_read(file)} for file in files]
        return jsonify({"available": goldens is not None, "cards": shown})

    @gallery.post("/play/cards/check")
    def check() -> Response:
        body = request.get_json(silent=True)
        if not isinstance(body, dict) or "card" not in body:
            raise Problem(400, "A card is checked as the JSON object {card: ...}.")
        return jsonify(_seen(body["card"]))

    return gallery


def _read(file: Path) -> dict[str, Any]:
    """Read at each request: whoever changes a card sees it by loading the page again."""
    words = file.with_suffix(".md")
    said = words.read_text("utf-8").strip() if words.is_file() else ""
    text = file.read_text("utf-8")
    try:
        card = json.loads(text)
    except ValueError as exc:
        flags = [f"This file is not JSON: {exc}."]
        return {"card": None, "words": said, "bytes": len(text.encode()), "limit": MAX_BYTES, "flags": flags}
    return {"card": card, "words": said, **_seen(card)}


def _seen(card: Any) -> dict[str, Any]:
    seen = look(card)
    return {"bytes": seen.bytes, "limit": MAX_BYTES, "flags": seen.flags}


def _group(name: str, names: list[str]) -> str:
    """The words with which all names begin that share the first word with this one."""
    words = name.split("_")
    kin = [other.split("_") for other in names if other.split("_")[0] == words[0]]
    count = 1
    while count < min(map(len, kin)) and all(other[count] == words[count] for other in kin):
        count += 1
    return " ".join(words[:count])
