"""Keeps web pages of others away from the control of the simulator."""

from urllib.parse import urlsplit

from flask import request

from bot.simulator.problems import Problem

LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}


def guard() -> None:
    """A name that points here from elsewhere, or a page from elsewhere, could otherwise steer a browser into it."""
    if urlsplit(f"//{request.host}").hostname not in LOCAL_NAMES:
        raise Problem(403, "The simulator is controlled from this machine only.")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Problem(403, "The simulator is not controlled from other pages.")
