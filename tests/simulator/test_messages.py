"""/messages: posting, threads, lists, and what bots may see."""

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Space, StillClock, items, refusal

CREATED = "2026-07-09T14:12:03.123Z"


def texts(response: httpx.Response) -> list[str]:
    return [message["text"] for message in items(response)]


def test_a_plain_message_is_shown_with_what_it_has(sim: Simulator, ann: httpx.Client) -> None:
    response = ann.post("/messages", json={"roomId": sim.spaces["support"], "text": "hello"})
    message = response.json()

    assert response.status_code == 200
    assert message == {
        "id": message["id"],
        "roomId": sim.spaces["support"],
        "roomType": "group",
        "text": "hello",
        "personId": sim.people["ann"].id,
        "personEmail": "ann@example.com",
        "created": CREATED,
    }
    assert ann.get(f"/messages/{message['id']}").json() == message


def test_markdown_is_rendered_and_mentions_are_listed(sim: Simulator, bot: httpx.Client) -> None:
    ann = sim.people["ann"].id
    markdown = f"**Done**, <@personId:{ann}|Ann> & <@all>"
    message = bot.post("/messages", json={"roomId": sim.spaces["support"], "markdown": markdown}).json()

    assert message == {
        "id": message["id"],
        "roomId": sim.spaces["support"],
        "roomType": "group",
        "text": "Done, Ann & All",
        "markdown": markdown,
        "html": (
            f'<p><strong>Done</strong>, <spark-mention data-object-type="person" data-object-id="{ann}">Ann'
            '</spark-mention> &amp; <spark-mention data-object-type="groupMention" data-group-type="all">All'
            "</spark-mention></p>"
        ),
        "personId": sim.bot.id,
        "personEmail": "provisioning@webex.bot",
        "mentionedPeople": [ann],
        "mentionedGroups": ["all"],
        "created": CREATED,
    }


def test_a_message_to_a_person_goes_to_the_direct_room(sim: Simulator, bot: httpx.Client) -> None:
    ann = sim.people["ann"]

    by_id = bot.post("/messages", json={"toPersonId": ann.id, "text": "one"}).json()
    by_email = bot.post("/messages", json={"toPersonEmail": "Ann@example.com", "text": "two"}).json()

    assert (by_id["roomId"], by_id["toPersonId"]) == (sim.spaces["ann"], ann.id)
    assert (by_email["roomId"], by_email["toPersonEmail"]) == (sim.spaces["ann"], "Ann@example.com")
    assert texts(bot.get("/messages", params={"roomId": sim.spaces["ann"]})) == ["two", "one"]


def test_the_first_message_to_a_person_makes_the_direct_room(sim: Simulator, ann: httpx.Client) -> None:
    first = ann.post("/messages", json={"toPersonEmail": "bob@example.com", "text": "hi"}).json()
    second = ann.post("/messages", json={"toPersonEmail": "bob@example.com", "text": "hi"}).json()

    assert first["roomType"] == "direct"
    assert first["roomId"] == second["roomId"]
    assert first["roomId"] not in sim.spaces.values()


@pytest.mark.parametrize("email", ["nobody@example.com", "ann@example.com"])
def test_a_message_to_nobody_or_oneself_goes_nowhere(ann: httpx.Client, email: str) -> None:
    assert refusal(ann.post("/messages", json={"toPersonEmail": email, "text": "hi"}))[0] == 404


def test_exactly_one_destination_is_needed(sim: Simulator, ann: httpx.Client) -> None:
    two = {"roomId": sim.spaces["support"], "toPersonEmail": "bob@example.com", "text": "hi"}
    expected = (400, "Exactly one of roomId, toPersonId and toPersonEmail must be specified.")

    assert refusal(ann.post("/messages", json=two)) == expected
    assert refusal(ann.post("/messages", json={"text": "hi"})) == expected


def test_nobody_posts_where_they_are_not(sim: Simulator, bob: httpx.Client) -> None:
    body = {"roomId": sim.spaces["ann"], "text": "hi"}

    assert refusal(bob.post("/messages", json=body)) == (404, "Could not find a room with provided ID.")


def test_a_message_says_something(ann_in_support: Space) -> None:
    body = {"roomId": ann_in_support.room, "text": ""}

    assert refusal(ann_in_support.http.post("/messages", json=body)) == (
        400,
        "Both text and file cannot be empty.",
    )


@pytest.mark.parametrize("field", ["text", "markdown"])
def test_words_are_limited_in_bytes_not_in_characters(ann_in_support: Space, field: str) -> None:
    fits = {"roomId": ann_in_support.room, field: "é" * 3719 + "e"}
    long = {"roomId": ann_in_support.room, field: "é" * 3720}

    assert ann_in_support.http.post("/messages", json=fits).status_code == 200
    assert refusal(ann_in_support.http.post("/messages", json=long)) == (
        400,
        "Message length is limited to 7439 bytes after encoding.",
    )


def test_an_answer_to_an_answer_belongs_to_the_root(ann_in_support: Space) -> None:
    root = ann_in_support.say("root")
    answer = ann_in_support.say("answer", parentId=root["id"])
    second = ann_in_support.say("second", parentId=answer["id"])

    assert [answer["parentId"], second["parentId"]] == [root["id"], root["id"]]
    query = {"roomId": ann_in_support.room, "parentId": root["id"]}
    assert texts(ann_in_support.http.get("/messages", params=query)) == ["second", "answer"]


def test_a_parent_is_a_message_of_the_same_room(sim: Simulator, ann: httpx.Client, ann_in_support: Space) -> None:
    elsewhere = ann.post("/messages", json={"roomId": sim.spaces["ann"], "text": "hi"}).json()["id"]

    for parent in (elsewhere, "unknown"):
        body = {"roomId": ann_in_support.room, "text": "hi", "parentId": parent}
        assert refusal(ann.post("/messages", json=body))[0] == 404


def test_a_reply_to_a_card_inside_a_thread_can_be_refused(
    sim: Simulator, ann_in_support: Space, bot_in_support: Space
) -> None:
    root = ann_in_support.say("root")
    card = bot_in_support.show_card(parentId=root["id"])
    body = {"roomId": ann_in_support.room, "text": "hi", "parentId": card["id"]}

    assert ann_in_support.http.post("/messages", json=body).json()["parentId"] == root["id"]
    sim.switches.thread_reply_refused = True
    assert refusal(ann_in_support.http.post("/messages", json=body))[0] == 400
    assert ann_in_support.say("to the root", parentId=root["id"])["parentId"] == root["id"]


def test_a_bot_reads_in_a_group_what_mentions_it_and_what_it_wrote(
    sim: Simulator, bot: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    unheard = ann_in_support.say("among us")
    heard = ann_in_support.mention("Provisioning", sim.bot.id)
    own = bot_in_support.say("mine")

    assert refusal(bot.get(f"/messages/{unheard['id']}")) == (404, "Unable to get message.")
    assert bot.get(f"/messages/{heard['id']}").json()["text"] == "Provisioning help"
    assert bot.get(f"/messages/{own['id']}").json()["text"] == "mine"


def test_a_bot_lists_in_a_group_only_its_mentions(sim: Simulator, bot: httpx.Client, ann_in_support: Space) -> None:
    ann_in_support.say("among us")
    ann_in_support.mention("Provisioning", sim.bot.id)
    room = ann_in_support.room

    assert refusal(bot.get("/messages", params={"roomId": room}))[0] == 403
    other = {"roomId": room, "mentionedPeople": sim.people["ann"].id}
    assert refusal(bot.get("/messages", params=other))[0] == 403
    for me in ("me", sim.bot.id):
        assert texts(bot.get("/messages", params={"roomId": room, "mentionedPeople": me})) == ["Provisioning help"]
    assert texts(ann_in_support.http.get("/messages", params={"roomId": room})) == [
        "Provisioning help",
        "among us",
    ]


def test_a_list_is_newest_first_in_pages(ann_in_support: Space) -> None:
    for number in range(5):
        ann_in_support.say(str(number))
    query: dict[str, str | int] = {"roomId": ann_in_support.room, "max": 2}

    pages = [ann_in_support.http.get("/messages", params=query)]
    while "next" in pages[-1].links:
        pages.append(ann_in_support.http.get(pages[-1].links["next"]["url"]))

    assert [texts(page) for page in pages] == [["4", "3"], ["2", "1"], ["0"]]


def test_a_list_of_mentions_is_clamped_to_a_hundred(sim: Simulator, ann_in_support: Space) -> None:
    for _ in range(101):
        ann_in_support.mention("Provisioning", sim.bot.id)
    query = {"roomId": ann_in_support.room, "max": "500"}

    assert len(items(ann_in_support.http.get("/messages", params=query))) == 101
    assert len(items(ann_in_support.http.get("/messages", params=query | {"mentionedPeople": sim.bot.id}))) == 100


def test_a_list_ends_before_a_moment_or_a_message(ann_in_support: Space, clock: StillClock) -> None:
    ann_in_support.say("first")
    clock.forward(1)
    second = ann_in_support.say("second")
    clock.forward(1)
    ann_in_support.say("third")

    def before(**query: str) -> list[str]:
        return texts(ann_in_support.http.get("/messages", params={"roomId": ann_in_support.room, **query}))

    assert before(beforeMessage=second["id"]) == ["first"]
    assert before(before="2026-07-09T14:12:04.000Z") == ["first"]
    assert before(before="2026-07-09T14:12:05") == ["second", "first"]


@pytest.mark.parametrize(
    ("query", "status"), [({"before": "yesterday"}, 400), ({"beforeMessage": "unknown"}, 404), ({"max": "-1"}, 400)]
)
def test_a_list_cannot_end_before_nothing(ann_in_support: Space, query: dict[str, str], status: int) -> None:
    response = ann_in_support.http.get("/messages", params={"roomId": ann_in_support.room, **query})

    assert refusal(response)[0] == status


def test_a_list_is_of_a_room(ann: httpx.Client) -> None:
    assert refusal(ann.get("/messages")) == (400, "Required String parameter 'roomId' is not present")


def test_the_direct_messages_with_a_person_can_be_listed(sim: Simulator, ann: httpx.Client, bot: httpx.Client) -> None:
    ann.post("/messages", json={"toPersonId": sim.bot.id, "text": "help"})

    assert texts(bot.get("/messages/direct", params={"personEmail": "ann@example.com"})) == ["help"]
    assert texts(bot.get("/messages/direct", params={"personId": sim.people["ann"].id})) == ["help"]
    assert refusal(bot.get("/messages/direct"))[0] == 400
    assert refusal(bot.get("/messages/direct", params={"personEmail": "x@example.com"}))[0] == 404


def test_a_deleted_message_is_gone(ann_in_support: Space, bob: httpx.Client) -> None:
    message = ann_in_support.say()["id"]

    assert ann_in_support.http.delete(f"/messages/{message}").status_code == 204
    assert refusal(bob.get(f"/messages/{message}"))[0] == 404
    assert refusal(ann_in_support.http.delete(f"/messages/{message}"))[0] == 404


def test_only_authors_and_moderators_delete(sim: Simulator, ann_in_support: Space, bob: httpx.Client) -> None:
    message = ann_in_support.say()["id"]
    membership = sim.world.membership(sim.world.rooms[ann_in_support.room], sim.people["bob"])
    assert membership is not None

    assert refusal(bob.delete(f"/messages/{message}"))[0] == 403
    membership.is_moderator = True
    assert bob.delete(f"/messages/{message}").status_code == 204


def test_a_fresh_message_can_be_late(sim: Simulator, ann_in_support: Space) -> None:
    message = ann_in_support.say()["id"]
    sim.switches.late_404 = 2

    statuses = [ann_in_support.http.get(f"/messages/{message}").status_code for _ in range(3)]

    assert statuses == [404, 404, 200]
