"""Keeps web pages of others away from the simulator."""

from urllib.parse import urlsplit

from werkzeug import Request

from bot.simulator.problems import Problem

LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}
_OTHERS = {"cross-site", "same-site"}


def guard(request: Request) -> None:
    """A name that points here from elsewhere, or a page from elsewhere, could otherwise steer a browser into it."""
    if _host(request.host) not in LOCAL_NAMES:
        raise Problem(403, "The simulator is controlled from this machine only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        raise Problem(403, "The simulator is not controlled from other pages.")
    # What a page merely loads, such as an image, names no origin; browsers say of it whether it is their own.
    if request.headers.get("Sec-Fetch-Site") in _OTHERS and not _is_link(request):
        raise Problem(403, "The simulator is not controlled from other pages.")


def _host(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_link(request: Request) -> bool:
    """Somebody came here from another page, and looks at nothing but this one now."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "document"
