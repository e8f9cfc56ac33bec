"""What codes mean, each on the surface that gives it: data that ships with the bot, and data of the operator's own."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from bot.domain.codes import Meaning, Surface
from bot.domain.problem import Explanation
from bot.errors import SettingsError

NO_TEXT = "Webex gives no text for this code."
OPERATORS_OWN = "written down by the operator of this bot"

_KINDS = ("info", "error")
_SURFACES = tuple(surface.value for surface in Surface)
_NEEDED = ("code", "kind", "surface", "meaning")
_OPTIONAL = ("remedy", "who", "http_status", "certainty")

Known = Mapping[tuple[Surface, str], Meaning]


class CodeBook:
    """The codes that have an explanation; implements ``desk.Codes``."""

    def __init__(self, known: Known) -> None:
        self._known = dict(known)

    @classmethod
    def load(cls, extra: Path | None = None) -> Self:
        """The codes of this package; ``extra`` is a file of the same shape that adds or overrides.

        Raises SettingsError with everything that is wrong with the file.
        """
        own = files("bot.broadworks").joinpath("codes.json").read_text(encoding="utf-8")
        known = _read(own, name="codes.json", certainty="")
        if extra is not None:
            known |= _read(_text(extra), name=str(extra), certainty=OPERATORS_OWN)
        return cls(known)

    def explain(self, code: str, *, words: str = "") -> Explanation:
        """What is known of a code in an answer of the API; an unknown one keeps Webex's own words.

        What the same number means in a portal or for another product is no explanation of it.
        """
        known = self._known.get((Surface.API, _folded(code)))
        if known is None:
            return Explanation(code, words or NO_TEXT, known=False)
        return Explanation(known.code, known.meaning, known.remedy, known.who)

    def everywhere(self, code: str) -> tuple[Meaning, ...]:
        """What a code means on every surface that has it, the API's own first."""
        found = (self._known.get((surface, _folded(code))) for surface in Surface)
        return tuple(each for each in found if each is not None)

    def __len__(self) -> int:
        return len(self._known)


def _folded(code: str) -> str:
    return code.strip().upper()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError([f"{path}: cannot be read ({exc})"]) from exc


def _read(text: str, *, name: str, certainty: str) -> dict[tuple[Surface, str], Meaning]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise SettingsError([f"{name}: is not JSON ({exc})"]) from exc
    if not isinstance(entries, list):
        raise SettingsError([f"{name}: must be a list of codes"])
    problems: list[str] = []
    known: dict[tuple[Surface, str], Meaning] = {}
    for position, entry in enumerate(entries, start=1):
        code = _code(entry)
        wrong = _wrong(entry) or _twice(entry, known)
        problems += [f"{name}: entry {position}{f' (code {code})' if code else ''}: {each}" for each in wrong]
        if not wrong:
            meant = _meaning(entry, certainty=certainty)
            known[meant.surface, _folded(code)] = meant
    if problems:
        raise SettingsError(problems)
    return known


def _meaning(entry: Mapping[str, Any], *, certainty: str) -> Meaning:
    texts = {key: entry.get(key, "") for key in ("meaning", "remedy", "who")}
    said = entry.get("certainty", "") or certainty
    return Meaning(_code(entry), Surface(entry["surface"]), **texts, certainty=said)


def _twice(entry: Mapping[str, Any], known: Known) -> list[str]:
    return ["the code is there twice"] if (Surface(entry["surface"]), _folded(_code(entry))) in known else []


def _code(entry: Any) -> str:
    """The code as text, whether it was written as text or as a number; "" if there is none."""
    code = entry.get("code") if isinstance(entry, dict) else None
    return str(code).strip() if isinstance(code, str | int) and not isinstance(code, bool) else ""


def _wrong(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["must be an object"]
    problems = [f"{key} is missing" for key in _NEEDED if key not in entry]
    problems += [f"{key} is unknown" for key in entry if key not in _NEEDED + _OPTIONAL]
    texts = ["meaning"] if "meaning" in entry and not _is_text(entry["meaning"]) else []
    texts += [key for key in ("remedy", "who", "certainty") if not isinstance(entry.get(key, ""), str)]
    problems += [f"{key} must be text" for key in texts]
    if "code" in entry and not _code(entry):
        problems.append("code must be text or a whole number")
    if "kind" in entry and entry["kind"] not in _KINDS:
        problems.append(f"kind must be {' or '.join(_KINDS)}")
    if "surface" in entry and entry["surface"] not in _SURFACES:
        problems.append(f"surface must be {', '.join(_SURFACES[:-1])} or {_SURFACES[-1]}")
    status = entry.get("http_status", 200)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        problems.append("http_status must be a number from 100 to 599")
    return problems


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
