"""A list of subscribers stays a card, whatever Webex calls them."""

from hypothesis import given

from tests.cards.scenes_find_subscribers import NEXT, found, item
from tests.cards.test_anything import MANY, TEXT, TEXTS, assert_sound


@given(TEXTS, TEXT)
@MANY
def test_a_list_takes_any_text(texts: list[str], text: str) -> None:
    names = ("id", "firstName", "lastName", "userId", "email", "package", "status")
    rows = [item(number, **dict.fromkeys(names, words)) for number, words in enumerate(texts[:7])]

    assert_sound(found(item(8, **dict(zip(names, texts[7:], strict=True))), *rows, values={"email": text}, next=NEXT))
