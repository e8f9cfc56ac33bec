"""Turns the markdown of a message into the html and the plain text that Webex makes of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from bot.simulator.entities import Person

_MENTION = re.compile(r"<@(?:(?P<all>all)|(?P<by>personId|personEmail):(?P<whom>[^|>\s]+)(?:\|(?P<label>[^>]*))?)>")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "br", "hr"})

Find = Callable[[str, str], Person | None]


@dataclass
class Rendered:
    """What a message has of its markdown, the ids of those it mentions among it."""

    html: str = ""
    text: str = ""
    people: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def render(markdown: str, find: Find) -> Rendered:
    """`find("personId" | "personEmail", value)` gives the person of a mention, or None for a name in plain text."""
    rendered = Rendered()
    html = _markdown().render(markdown, {"find": find, "rendered": rendered})
    rendered.html = html.strip()
    rendered.text = plain(html)
    return rendered


def plain(html: str) -> str:
    reader = _TextOfHtml()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    markdown.inline.ruler.before("autolink", "mention", _read_mention)
    markdown.add_render_rule("mention", _write_mention)
    markdown.add_render_rule("link_open", _write_link)
    return markdown


def _read_mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule.
    found = _MENTION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.meta = found.groupdict()
    state.pos = found.end()
    return True


def _write_mention(
    _self: RendererHTML, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: dict[str, Any]
) -> str:
    meta = tokens[idx].meta
    rendered: Rendered = env["rendered"]
    if meta["all"]:
        _once(rendered.groups, "all")
        return '<spark-mention data-object-type="groupMention" data-group-type="all">All</spark-mention>'
    person = env["find"](meta["by"], meta["whom"])
    if person is None:
        return escape(meta["label"] or meta["whom"])
    _once(rendered.people, person.id)
    return (
        f'<spark-mention data-object-type="person" data-object-id="{person.id}">'
        f"{escape(meta['label'] or person.display_name)}</spark-mention>"
    )


def _write_link(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, Any]
) -> str:
    tokens[idx].attrSet("rel", "nofollow")
    return self.renderToken(tokens, idx, options, env)


def _once(values: list[str], value: str) -> None:
    if value not in values:
        values.append(value)


class _TextOfHtml(HTMLParser):
    """Keeps the words, among them those of mentions, and a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "hr"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
