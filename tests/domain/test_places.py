"""No id leads a path anywhere else."""

from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.places import CONSENT, SUBSCRIBER, consent_path, could_be_id, id_in, subscriber_path

NO_IDS = [
    "",
    ".",
    "..",
    "a/b",
    "../people/x",
    "a\\b",
    "%2e%2e",
    "a%2fb",
    "a b",
    " ",
    "a\n",
    "a\0",
    "\ud800",
    "x" * 1025,
]


@pytest.mark.parametrize("text", NO_IDS)
def test_what_could_lead_a_path_elsewhere_is_no_id(text: str) -> None:
    assert not could_be_id(text)
    with pytest.raises(ValueError, match="no id"):
        subscriber_path(text)
    with pytest.raises(ValueError, match="no id"):
        consent_path(text)


@pytest.mark.parametrize(
    ("subscriber_id", "quoted"),
    [
        ("Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMQ", "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMQ"),
        ("a?b#c;d&e=f+g:@{}", "a%3Fb%23c%3Bd%26e%3Df%2Bg%3A%40%7B%7D"),
        ("é…x", "%C3%A9%E2%80%A6x"),
    ],
)
def test_an_id_is_quoted(subscriber_id: str, quoted: str) -> None:
    assert subscriber_path(subscriber_id) == f"broadworks/subscribers/{quoted}"
    assert consent_path(subscriber_id) == f"subscribers/{quoted}/emails/consentMove"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_an_id_is_one_segment_of_the_path_or_refused(text: str) -> None:
    if not could_be_id(text):
        return

    path = subscriber_path(text)

    sent = httpx.URL(f"https://webexapis.com/v1/{path}").raw_path.decode()
    assert sent == f"/v1/{path}"
    assert unquote(sent.rpartition("/")[2]) == text
    assert id_in(path, patterns=SUBSCRIBER) == text
    assert [id_in(consent_path(text, pattern=each), patterns=CONSENT) for each in CONSENT] == [text, text]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "broadworks/subscribers",
        "broadworks/subscribers/",
        "broadworks/subscribers/..",
        "broadworks/subscribers/a/b",
        "broadworks/subscribers/a%2Fb",
        "broadworks/subscribers/a?b",
        "broadworks/subscribers/%61",
        "broadworks/workspaces/a",
        "subscribers/a/emails/consentMove",
        "https://elsewhere.example/broadworks/subscribers/a",
    ],
)
def test_any_other_path_names_no_subscriber(path: str) -> None:
    assert id_in(path, patterns=SUBSCRIBER) is None
