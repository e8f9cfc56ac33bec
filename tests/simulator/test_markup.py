"""Markdown becomes html and text as Webex makes them."""

from datetime import UTC, datetime

import pytest

from bot.simulator.entities import Person
from bot.simulator.webex.markup import Rendered, render

ZOE = Person(
    key="zoe",
    id="ZOE",
    email="zoe@example.com",
    display_name="Zoé <O'Neill>",
    token="",
    kind="person",
    org_id="ORG",
    created=datetime(2026, 7, 9, tzinfo=UTC),
)


def find(by: str, whom: str) -> Person | None:
    return ZOE if whom in {ZOE.id, ZOE.email} and by in {"personId", "personEmail"} else None


def mention(label: str) -> str:
    return f'<spark-mention data-object-type="person" data-object-id="ZOE">{label}</spark-mention>'


@pytest.mark.parametrize(
    ("markdown", "html", "text"),
    [
        ("plain", "<p>plain</p>", "plain"),
        ("**b** *i* `c`", "<p><strong>b</strong> <em>i</em> <code>c</code></p>", "b i c"),
        ("one\ntwo", "<p>one\ntwo</p>", "one\ntwo"),
        ("one  \ntwo", "<p>one<br />\ntwo</p>", "one\n\ntwo"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("# Title\n- a\n- b", "<h1>Title</h1>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "Title\n\na\n\nb"),
        (
            "[x](https://example.com)",
            '<p><a href="https://example.com" rel="nofollow">x</a></p>',
            "x",
        ),
        ("<b>not</b> & <", "<p>&lt;b&gt;not&lt;/b&gt; &amp; &lt;</p>", "<b>not</b> & <"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>", "[x](javascript:alert(1))"),
        ("---", "<hr />", ""),
    ],
)
def test_markdown_is_rendered_without_html_of_its_own(markdown: str, html: str, text: str) -> None:
    assert render(markdown, find) == Rendered(html=html, text=text)


@pytest.mark.parametrize(
    ("markdown", "html", "text"),
    [
        ("<@personId:ZOE|Zoé> hi", f"<p>{mention('Zoé')} hi</p>", "Zoé hi"),
        (
            "hi <@personEmail:zoe@example.com>",
            f"<p>hi {mention('Zoé &lt;O&#x27;Neill&gt;')}</p>",
            "hi Zoé <O'Neill>",
        ),
        ("[<@personId:ZOE|Z>](", f"<p>[{mention('Z')}](</p>", "[Z]("),
        ("**<@personId:ZOE|Z>**", f"<p><strong>{mention('Z')}</strong></p>", "Z"),
    ],
)
def test_a_mention_keeps_its_words(markdown: str, html: str, text: str) -> None:
    assert render(markdown, find) == Rendered(html=html, text=text, people=["ZOE"])


def test_everybody_is_mentioned_as_a_group() -> None:
    html = '<p><spark-mention data-object-type="groupMention" data-group-type="all">All</spark-mention></p>'

    assert render("<@all>", find) == Rendered(html=html, text="All", groups=["all"])


def test_a_person_mentioned_twice_is_listed_once() -> None:
    assert render("<@personId:ZOE|a> <@personId:ZOE|b>", find).people == ["ZOE"]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<@personId:NOBODY|Nobody> hi", "<p>Nobody hi</p>"),
        ("<@personEmail:no@example.com>", "<p>no@example.com</p>"),
        ("`<@personId:ZOE|Zoé>`", "<p><code>&lt;@personId:ZOE|Zoé&gt;</code></p>"),
        ("<@nonsense>", "<p>&lt;@nonsense&gt;</p>"),
    ],
)
def test_what_names_nobody_mentions_nobody(markdown: str, html: str) -> None:
    rendered = render(markdown, find)

    assert (rendered.html, rendered.people) == (html, [])
