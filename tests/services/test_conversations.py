"""What a form opens with, and what stands in it after it came back."""

from collections.abc import Iterator

import pytest

from bot.domain.conversation import Conversation
from bot.domain.form import Complaint, Draft
from bot.domain.template import Template
from bot.services import conversations
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.store import queries
from bot.store.templates import StoredTemplates
from tests.services.kit import ANN, NOW, PLACE, World

WHY = "it stood in what was pasted"


@pytest.fixture
def templated(world: World) -> Iterator[World]:
    """There is one template."""
    templates = StoredTemplates(world.database)
    templates.keep(Template("acme", PROVISIONING_ID, "sp+acme", "", "", "US", made_by="Ann", made_at=NOW))
    yield world
    templates.drop("acme")


def opened(world: World, *complaints: Complaint, guessed: bool = False, **values: str) -> int:
    """Ann has a form for a workspace before her, in a message of its own; returns the number of the form."""
    operation = world.context.by_name["provision_workspace"]
    draft = Draft(values, complaints, dict.fromkeys(values, WHY) if guessed else {})
    with world.database.transaction() as session:
        form = conversations.open_form(session, world.context, operation=operation, actor=ANN, place=PLACE, draft=draft)
        return form.id or 0


def submit(world: World, number: int, **inputs: str) -> None:
    with world.database.transaction() as session:
        conversation = session.get_one(Conversation, number)
        [delivery] = queries.deliveries_of(session, conversation=number)
        conversations.submit(
            session, world.context, conversation=conversation, actor=ANN, inputs=inputs, delivery=delivery
        )


def form(world: World, number: int) -> Conversation:
    with world.database.transaction() as session:
        return session.get_one(Conversation, number)


def test_a_form_opens_with_the_name_and_no_guess_of_what_the_template_brings(templated: World) -> None:
    number = opened(
        templated, guessed=True, displayName="Lobby", provisioningId=PROVISIONING_ID, spEnterpriseId="sp+acme"
    )

    found = form(templated, number)
    assert found.values == {"displayName": "Lobby", "provisioningId": "acme"}
    assert found.guesses == {"displayName": WHY, "provisioningId": WHY}


def test_a_guess_that_was_put_right_is_marked_no_more_and_the_others_are(world: World) -> None:
    number = opened(world, guessed=True, displayName="Lobby", userId="1@sp.com", extension="5")

    submit(world, number, displayName="Lobby", userId="2@sp.com", extension="")

    found = form(world, number)
    assert found.values == {"displayName": "Lobby", "userId": "2@sp.com"}
    assert found.guesses == {"displayName": WHY}
    assert [each.input for each in found.complaints] == ["spEnterpriseId", "primaryPhoneNumber"]


def test_what_the_client_sends_besides_the_inputs_is_not_taken(world: World) -> None:
    number = opened(world)

    submit(world, number, displayName="Lobby", page="10", colour="red")

    assert form(world, number).values == {"displayName": "Lobby"}


def test_opened_without_values_the_same_form_keeps_its_own_and_with_values_it_does_not(world: World) -> None:
    opened(world, displayName="Lobby", extension="51212")
    kept = form(world, opened(world)).values
    new = form(world, opened(world, displayName="Kitchen")).values

    assert (kept, new) == ({"displayName": "Lobby", "extension": "51212"}, {"displayName": "Kitchen"})
