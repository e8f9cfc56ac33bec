"""A button is read back as it was signed, and only if this bot has signed it."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from bot.domain.press import Press, Purpose
from bot.errors import Declined
from bot.signing import MAX_CHARS, Signer

OLD, NEW = "old-key-" * 4, "new-key-" * 4
PRESS = Press(Purpose.CONFIRM, "ann", request=17, version=3, plan_hash="ab" * 32)

presses = st.builds(
    Press,
    purpose=st.sampled_from(Purpose),
    person_id=st.text(max_size=80),
    request=st.none() | st.integers(),
    conversation=st.none() | st.integers(),
    version=st.none() | st.integers(),
    plan_hash=st.none() | st.text(max_size=64),
    words=st.none() | st.text(max_size=80),
)


@given(presses)
def test_whatever_is_signed_is_read_back(press: Press) -> None:
    signer = Signer([NEW])

    assert signer.read(signer.sign(press)) == press


@given(
    st.none() | st.integers() | st.text() | st.binary() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())
)
def test_whatever_else_is_declined(text: Any) -> None:
    with pytest.raises(Declined):
        Signer([NEW]).read(text)


@given(st.data())
def test_a_changed_character_is_declined(data: st.DataObject) -> None:
    signed = Signer([NEW]).sign(PRESS)
    # The last character of a base64 text may hold bits that mean nothing.
    place = data.draw(st.integers(0, len(signed) - 2))
    other = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda char: char != signed[place]))

    with pytest.raises(Declined):
        Signer([NEW]).read(signed[:place] + other + signed[place + 1 :])


def test_the_newest_key_signs_and_the_older_still_read() -> None:
    both = Signer([NEW, OLD])

    assert both.read(Signer([OLD]).sign(PRESS)) == PRESS
    assert Signer([NEW]).read(both.sign(PRESS)) == PRESS
    with pytest.raises(Declined, match="I cannot read this button: the card is not one of mine"):
        Signer([OLD]).read(both.sign(PRESS))


@pytest.mark.parametrize(
    "facts",
    [
        [],
        "confirm",
        {},
        {"purpose": "confirm"},
        {"person_id": "ann"},
        {"purpose": "dance", "person_id": "ann"},
        {"purpose": "confirm", "person_id": 7},
        {"purpose": "confirm", "person_id": "ann", "request": "17"},
        {"purpose": "confirm", "person_id": "ann", "request": True},
        {"purpose": "confirm", "person_id": "ann", "words": 5},
        {"purpose": "confirm", "person_id": "ann", "role": "admin"},
    ],
)
def test_well_signed_facts_of_another_form_are_declined(facts: Any) -> None:
    signer = Signer([NEW])
    # The same library with the same key: as an older or newer release might have signed.
    signed = signer._serializer.dumps(facts)  # noqa: SLF001 - nothing public signs nonsense.

    with pytest.raises(Declined):
        signer.read(signed)


def test_a_signature_for_another_use_is_declined() -> None:
    elsewhere = URLSafeSerializer(NEW, salt="session").dumps(asdict(PRESS))

    with pytest.raises(Declined):
        Signer([NEW]).read(elsewhere)


def test_a_text_longer_than_any_button_is_not_even_looked_at() -> None:
    signer = Signer([NEW])
    long = signer.sign(Press(Purpose.SAY, "ann", words="".join(chr(33 + n * 7 % 9_000) for n in range(9_000))))

    assert len(long) > MAX_CHARS
    with pytest.raises(Declined):
        signer.read(long)


def test_a_signer_needs_a_key_and_does_not_show_it() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        Signer([])
    assert repr(Signer([NEW])) == "Signer(keys=••••)"
