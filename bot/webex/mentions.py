"""Finds what a person said to the bot: the words without the mention of it."""

import base64
import binascii
import re
from html.parser import HTMLParser

from bot.domain.actor import Person

_BREAKING = frozenset({"p", "br", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3"})
_AFTER_A_NAME = re.compile(r"^[\s,:]+")

MAX_HTML = 10_000
"""Characters; the parser's time grows with the square of what is broken in it."""


def spoken(text: str, html: str, *, bot: Person, direct: bool = False) -> str:
    """The words of a message without the bot's mention, one line for each line that was written.

    ``html`` is the message's, or "": Webex makes one for every message with a mention. Without it the bot's name is
    taken off the front of ``text``, except that in a ``direct`` space, where nobody needs to mention it, only the
    whole name is taken for a mention: "Provision Bot" must not lose the first word of "provision workspace".
    """
    words = _of_page(html, bot=bot) if html else None
    if words is None:
        words = _without_name(text, bot.name, whole_only=direct)
    return _AFTER_A_NAME.sub("", _tidied(words))


def _of_page(html: str, *, bot: Person) -> str | None:
    """The words of a page; None when it is longer than a message can be, or no page that can be read."""
    page = _Page(bot)
    try:
        page.feed(html[:MAX_HTML])
        page.close()
    except AssertionError:
        # The parser's own way to say that a declaration is broken.
        return None
    return "".join(page.words) if len(html) <= MAX_HTML else None


class _Page(HTMLParser):
    """Collects the words of a message; those inside a mention of the bot are passed over."""

    def __init__(self, bot: Person) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._bot = _uuid(bot.id)
        self._mention: bool | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "spark-mention":
            self._mention = _uuid(dict(attrs).get("data-object-id") or "") == self._bot
            self.words.append(" " if self._mention else "")
        elif tag in _BREAKING:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "spark-mention":
            self._mention = None
        elif tag in _BREAKING:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._mention:
            self.words.append(data)


def _uuid(person_id: str) -> str:
    """The innermost form of an id: clients write the API's base64 id, or only the uuid that is inside of it."""
    padded = person_id.rstrip("=") + "=" * (-len(person_id.rstrip("=")) % 4)
    try:
        uri = base64.urlsafe_b64decode(padded).decode()
    except (binascii.Error, ValueError):
        return person_id.casefold()
    return uri.rpartition("/")[2].casefold() if uri.startswith("ciscospark://") else person_id.casefold()


def _without_name(text: str, name: str, *, whole_only: bool) -> str:
    candidates = [name] if whole_only else [name, *name.split()[:1]]
    for candidate in filter(None, candidates):
        found = re.match(rf"\s*@?{re.escape(candidate)}(?!\w)", text, re.IGNORECASE)
        if found:
            return text[found.end() :]
    return text


def _tidied(words: str) -> str:
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)
