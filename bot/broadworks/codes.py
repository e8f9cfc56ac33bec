"""What the API's codes mean: data that ships with the bot, and data of the operator's own."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from bot.domain.problem import Explanation
from bot.errors import SettingsError

NO_TEXT = "Webex gives no text for this code."

_KINDS = ("info", "error")
_NEEDED = ("code", "kind", "surface", "meaning")
_OPTIONAL = ("remedy", "who", "http_status")


class CodeBook:
    """The codes that have an explanation; implements ``desk.Codes``."""

    def __init__(self, known: Mapping[str, Explanation]) -> None:
        self._known = dict(known)

    @classmethod
    def load(cls, extra: Path | None = None) -> Self:
        """The codes of this package; ``extra`` is a file of the same shape that adds or overrides.

        Raises SettingsError with everything that is wrong with the file.
        """
        own = files("bot.broadworks").joinpath("codes.json").read_text(encoding="utf-8")
        known = _read(own, name="codes.json")
        if extra is not None:
            known |= _read(_text(extra), name=str(extra))
        return cls(known)

    def explain(self, code: str, *, words: str = "") -> Explanation:
        """What is known of a code; an unknown one keeps Webex's own words."""
        known = self._known.get(code.strip())
        return known or Explanation(code, words or NO_TEXT, known=False)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError([f"{path}: cannot be read ({exc})"]) from exc


def _read(text: str, *, name: str) -> dict[str, Explanation]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise SettingsError([f"{name}: is not JSON ({exc})"]) from exc
    if not isinstance(entries, list):
        raise SettingsError([f"{name}: must be a list of codes"])
    problems: list[str] = []
    known: dict[str, Explanation] = {}
    for position, entry in enumerate(entries, start=1):
        code = _code(entry)
        wrong = _wrong(entry) or (["the code is there twice"] if code in known else [])
        problems += [f"{name}: entry {position}{f' (code {code})' if code else ''}: {each}" for each in wrong]
        if not wrong:
            known[code] = Explanation(code, entry["meaning"], entry.get("remedy", ""), entry.get("who", ""))
    if problems:
        raise SettingsError(problems)
    return known


def _code(entry: Any) -> str:
    """The code as text, whether it was written as text or as a number; "" if there is none."""
    code = entry.get("code") if isinstance(entry, dict) else None
    return str(code).strip() if isinstance(code, str | int) and not isinstance(code, bool) else ""


def _wrong(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["must be an object"]
    problems = [f"{key} is missing" for key in _NEEDED if key not in entry]
    problems += [f"{key} is unknown" for key in entry if key not in _NEEDED + _OPTIONAL]
    texts = [key for key in ("surface", "meaning") if key in entry and not _is_text(entry[key])]
    texts += [key for key in ("remedy", "who") if not isinstance(entry.get(key, ""), str)]
    problems += [f"{key} must be text" for key in texts]
    if "code" in entry and not _code(entry):
        problems.append("code must be text or a whole number")
    if "kind" in entry and entry["kind"] not in _KINDS:
        problems.append(f"kind must be {' or '.join(_KINDS)}")
    status = entry.get("http_status", 200)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        problems.append("http_status must be a number from 100 to 599")
    return problems


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
