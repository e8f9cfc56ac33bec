"""The bot hears what was said to it, without its own name, from whatever client."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actor import Person, PersonType
from bot.webex.mentions import spoken

UUID = "6f1ad1c5-3f0a-4c0e-9d2e-0b5f7a1c2d3e"


def person_id(uuid: str) -> str:
    return base64.urlsafe_b64encode(f"ciscospark://us/PEOPLE/{uuid}".encode()).decode().rstrip("=")


BOT = Person(person_id(UUID), "provisioning@webex.bot", "Provision Bot", PersonType.BOT)
ANN = person_id("00000000-0000-4000-8000-000000000001")


def mention(identifier: str = BOT.id, name: str = "Provision") -> str:
    return f'<spark-mention data-object-type="person" data-object-id="{identifier}">{name}</spark-mention>'


@pytest.mark.parametrize(
    "html",
    [
        f"{mention()} precheck subscriber",
        f"<p>{mention()} precheck subscriber</p>",
        f"<p>{mention(name='Provision Bot')}   precheck&nbsp;subscriber</p>\n",
        f'<spark-mention data-object-id="{BOT.id}" data-object-type="person">Bot</spark-mention> precheck subscriber',
        f"<p>{mention(UUID)} precheck subscriber</p>",
        f"<p>{mention(UUID.upper())} precheck subscriber</p>",
        f"<p>{mention(BOT.id + '=')} precheck subscriber</p>",
        f"<P><SPARK-MENTION DATA-OBJECT-ID='{BOT.id}'><b>Bot</b></SPARK-MENTION>: precheck subscriber</P>",
        f"<p>{mention()}, precheck <strong>sub</strong>scriber</p>",
        f"precheck {mention()} subscriber",
        f"<p>precheck subscriber {mention()}</p>",
        f"<p>{mention()}</p><p>precheck subscriber {mention()}</p>",
        f"{mention()}precheck subscriber",
    ],
)
def test_the_mention_of_the_bot_is_taken_out_wherever_it_stands(html: str) -> None:
    assert spoken("Provision precheck subscriber", html, bot=BOT) == "precheck subscriber"


def test_other_mentions_keep_their_words() -> None:
    html = f"<p>{mention()} show requests of {mention(ANN, 'Ann Archer')} &amp; {mention('', 'all')}</p>"

    assert spoken("", html, bot=BOT) == "show requests of Ann Archer & all"


def test_each_line_that_was_written_stays_a_line() -> None:
    html = f"<p>{mention()} precheck subscriber<br>first name: Ann<br/>last name:  “Archer”</p><ul><li>x</li></ul>"

    assert spoken("", html, bot=BOT) == "precheck subscriber\nfirst name: Ann\nlast name: “Archer”\nx"


def test_what_looks_like_a_tag_in_the_words_stays() -> None:
    assert spoken("", f"<p>{mention()} a &lt;b&gt; &#39;c&#39;</p>", bot=BOT) == "a <b> 'c'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Provision Bot precheck subscriber", "precheck subscriber"),
        ("  @Provision Bot: precheck\tsubscriber ", "precheck subscriber"),
        ("provision precheck subscriber", "precheck subscriber"),
        ("provisioning help", "provisioning help"),
        ("help me Provision Bot", "help me Provision Bot"),
        ("Provision Bot", ""),
        ("", ""),
    ],
)
def test_without_html_the_name_is_taken_off_the_front(text: str, said: str) -> None:
    assert spoken(text, "", bot=BOT) == said


def test_in_a_direct_space_the_first_word_of_a_command_is_not_taken_for_the_bot() -> None:
    assert spoken("provision workspace", "", bot=BOT, direct=True) == "provision workspace"
    assert spoken("Provision Bot, help", "", bot=BOT, direct=True) == "help"


def test_a_bot_without_a_name_is_no_prefix() -> None:
    assert spoken("help", "", bot=Person("b", "", "")) == "help"


@given(st.text(), st.text() | st.text(alphabet="<>&;!-[]/=\"' spark-mention"))
def test_no_text_makes_it_stumble(text: str, html: str) -> None:
    assert isinstance(spoken(text, html, bot=BOT), str)


@pytest.mark.parametrize("html", ["<![CDATA[x", "<![if x]>help", "<!", "<!-", "</", "<spark-mention", "&#99999999;"])
def test_broken_html_makes_no_trouble(html: str) -> None:
    assert isinstance(spoken("", html, bot=BOT), str)


@pytest.mark.parametrize("html", ["<![x hi", "<a " * 20_000])
def test_a_page_that_cannot_be_read_leaves_the_plain_text(html: str) -> None:
    assert spoken("help", html, bot=BOT, direct=True) == "help"
