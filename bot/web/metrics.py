"""Counts what happens and shows the counts in the text form that Prometheus reads."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping

from flask import Blueprint, Response

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "broadworks_bot_"

Gauges = Callable[[], Mapping[str, float]]
"""Returns what is measured at the moment of asking, by name."""


class Counters:
    """Counts from many threads; a name and its labels are one count."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()

    def count(self, name: str, *, by: int = 1, **labels: str) -> None:
        """Count something once more."""
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += by

    def read(self, name: str, **labels: str) -> int:
        """How often it was counted."""
        with self._lock:
            return self._counts[name, tuple(sorted(labels.items()))]

    def lines(self) -> list[str]:
        """All counts, one line each, below a line that says what they are."""
        with self._lock:
            counts = sorted(self._counts.items())
        lines: list[str] = []
        for (name, labels), count in counts:
            declaration = f"# TYPE {_PREFIX}{name} counter"
            if declaration not in lines:
                lines.append(declaration)
            lines.append(f"{_PREFIX}{name}{_labelled(labels)} {count}")
        return lines


def create_metrics(counters: Counters, *, gauges: Gauges = dict) -> Blueprint:
    """GET /metrics."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        lines = counters.lines()
        for name, value in sorted(gauges().items()):
            lines += [f"# TYPE {_PREFIX}{name} gauge", f"{_PREFIX}{name} {value:g}"]
        return Response("".join(f"{line}\n" for line in lines), content_type=CONTENT_TYPE)

    return blueprint


def _labelled(labels: tuple[tuple[str, str], ...]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
