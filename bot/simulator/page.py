"""Serves the playground's chat page, which speaks to the simulated Webex over HTTP alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, jsonify, send_from_directory

if TYPE_CHECKING:
    from bot.simulator.renderer import Renderer

STATIC = Path(__file__).parent / "static"
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob: https:",
        "connect-src 'self'",
        # Only the page for two people holds chat pages in frames.
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)

# Named here because some machines' own tables call a script text/plain, which browsers then refuse to run.
_MEDIA_TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}


def create_page(_simulator: object, *, renderer: "Renderer | None" = None) -> Blueprint:
    """The page and its files. It needs nothing of the simulator beside it but the same origin."""
    # Only here, or `python -m bot.simulator.renderer` would find itself imported already, and warn of it.
    from bot.simulator.renderer import FILE_NAMES, Renderer  # noqa: PLC0415 - see above.

    the_renderer = renderer or Renderer()
    page = Blueprint("page", __name__)

    @page.get("/")
    def index() -> Response:
        the_renderer.start()
        return _file(STATIC, "index.html")

    @page.get("/gallery")
    def gallery() -> Response:
        the_renderer.start()
        return _file(STATIC, "gallery.html")

    @page.get("/split")
    def split() -> Response:
        the_renderer.start()
        return _file(STATIC, "split.html")

    @page.get("/static/<path:name>")
    def own_file(name: str) -> Response:
        return _file(STATIC, name)

    @page.get("/static/vendor/<name>")
    def vendor_file(name: str) -> Response:
        folder = the_renderer.folder()
        if folder is None or name not in FILE_NAMES:
            abort(404)
        return _file(folder, name)

    @page.get("/play/renderer")
    def renderer_state() -> Response:
        return jsonify(the_renderer.report())

    page.after_request(_guarded)
    return page


def _file(folder: Path, name: str) -> Response:
    return send_from_directory(folder, name, mimetype=_MEDIA_TYPES.get(Path(name).suffix))


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    # A newer version of the page must never meet an older module from the browser's cache.
    response.headers["Cache-Control"] = "no-cache"
    return response
