"""The page comes at once, with a policy under which only its own files run."""

import threading
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.simulator.page import CONTENT_SECURITY_POLICY, STATIC, create_page
from bot.simulator.renderer import FILE_NAMES, Renderer, RendererFiles, RendererMissing

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

OWN_FILES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


class Shelf:
    """Where the renderer is looked for, and a fetching that ends when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failure: Exception | None = None
        self.fetched = 0
        self.may_end = threading.Event()

    def find(self) -> Path | None:
        return self.folder if (self.folder / FILE_NAMES[0]).exists() else None

    def fetch(self) -> RendererFiles:
        self.fetched += 1
        assert self.may_end.wait(10)
        if self.failure:
            raise self.failure
        for name in FILE_NAMES:
            (self.folder / name).write_text(name)
        return RendererFiles(self.folder)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def renderer(shelf: Shelf) -> Renderer:
    return Renderer(find=shelf.find, fetch=shelf.fetch)


@pytest.fixture
def client(renderer: Renderer) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(create_page(object(), renderer=renderer))
    return app.test_client()


def get(client: FlaskClient, path: str) -> "TestResponse":
    """Buffered, so that the file behind the answer is closed."""
    return client.get(path, buffered=True)


def test_the_page_does_not_wait_for_its_renderer(client: FlaskClient, shelf: Shelf, renderer: Renderer) -> None:
    assert get(client, "/").status_code == 200
    assert get(client, "/play/renderer").get_json() == {
        "ready": False,
        "command": "python -m bot.simulator.renderer",
        "reason": None,
    }
    assert get(client, "/static/vendor/adaptivecards.css").status_code == 404

    shelf.may_end.set()
    renderer.wait(10)

    assert get(client, "/play/renderer").get_json()["ready"] is True
    response = get(client, "/static/vendor/adaptivecards.css")
    assert (response.text, response.mimetype) == ("adaptivecards.css", "text/css")


def test_the_renderer_is_fetched_once_and_only_for_whoever_looks(
    client: FlaskClient, shelf: Shelf, renderer: Renderer
) -> None:
    shelf.may_end.set()
    renderer.wait(0)
    assert get(client, "/play/renderer").get_json()["ready"] is False
    assert shelf.fetched == 0

    for _ in range(3):
        get(client, "/")
    renderer.wait(10)

    assert shelf.fetched == 1


def test_a_renderer_that_is_here_is_not_fetched(client: FlaskClient, shelf: Shelf) -> None:
    (shelf.folder / FILE_NAMES[0]).touch()

    get(client, "/")

    assert get(client, "/play/renderer").get_json()["ready"] is True
    assert shelf.fetched == 0


def test_why_the_renderer_is_missing_is_told_until_it_comes(
    client: FlaskClient, shelf: Shelf, renderer: Renderer
) -> None:
    shelf.failure = RendererMissing("npm was not found.", "npm install")
    shelf.may_end.set()
    get(client, "/")
    renderer.wait(10)

    assert get(client, "/play/renderer").get_json() == {
        "ready": False,
        "command": "npm install",
        "reason": "npm was not found.",
    }
    (shelf.folder / FILE_NAMES[0]).touch()

    assert get(client, "/play/renderer").get_json() == {
        "ready": True,
        "command": "python -m bot.simulator.renderer",
        "reason": None,
    }


@pytest.mark.parametrize("name", ["secret.js", "..%2Fsecret.js", "%2E%2E/secret.js"])
def test_the_renderers_folder_shows_its_three_files_only(client: FlaskClient, shelf: Shelf, name: str) -> None:
    (shelf.folder / FILE_NAMES[0]).touch()
    (shelf.folder / "secret.js").touch()

    assert get(client, f"/static/vendor/{name}").status_code == 404


def test_nothing_outside_its_folder_is_served(client: FlaskClient) -> None:
    assert get(client, "/static/../page.py").status_code == 404
    assert get(client, "/static/..%2Fpage.py").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/split", "/play/renderer", "/static/nothing.js", *(f"/static/{name}" for name in OWN_FILES)]
)
def test_everything_carries_the_strict_policy(client: FlaskClient, shelf: Shelf, path: str) -> None:
    (shelf.folder / FILE_NAMES[0]).touch()

    headers = get(client, path).headers

    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-cache"


def test_the_policy_lets_nothing_run_but_the_pages_own_files() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; "
        "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", OWN_FILES)
def test_files_say_what_they_are(client: FlaskClient, name: str) -> None:
    media_types = {
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
    }

    response = get(client, f"/static/{name}")

    assert response.status_code == 200
    assert response.mimetype == media_types[Path(name).suffix]


class Tags(HTMLParser):
    """Collects what a strict policy would refuse, and the files that a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.files: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        self.refused += [f"{tag} {name}" for name, _ in attrs if name == "style" or name.startswith("on")]
        # A link is followed by a person, not by the page.
        self.files += [value or "" for name, value in attrs if name in {"src", "href"} and tag != "a"]

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"} and data.strip():
            self.refused.append(data)


@pytest.mark.parametrize("page", [name for name in OWN_FILES if name.endswith(".html")])
def test_no_page_has_inline_script_or_style_or_asks_anybody_else(page: str) -> None:
    tags = Tags()
    tags.feed((STATIC / page).read_text("utf-8"))

    assert tags.refused == []
    assert {file.removeprefix("/static/") for file in tags.files} <= set(OWN_FILES)


@pytest.mark.parametrize("name", OWN_FILES)
def test_no_file_of_the_page_is_long(name: str) -> None:
    assert len((STATIC / name).read_text("utf-8").splitlines()) < 300
