"""The recorder writes down what people do and what the bot shows thereupon, so that it can be replayed."""

import httpx

from bot.simulator import Simulator
from bot.simulator.dialogues.dialogue import dump, load
from bot.simulator.dialogues.recorder import KEPT, Recorder
from bot.simulator.dialogues.steps import Gone, Presses, Says, Shows
from tests.simulator.kit import Space, card
from tests.simulator.recordings import FORM, SHOWN, edit, press, steps


def test_what_is_said_in_a_direct_chat_is_where_that_person_is(sim: Simulator, ann: httpx.Client) -> None:
    ann.post("/messages", json={"toPersonId": sim.bot.id, "text": "help"}).raise_for_status()

    assert steps(sim) == [Says("ann", "help", "ann", 1)]


def test_a_mention_is_written_by_its_key_and_the_words_as_they_were_typed(
    sim: Simulator, ann_in_support: Space
) -> None:
    bot, bob = sim.bot.id, sim.people["bob"]
    markdown = f"<@personId:{bot}|Provisioning> show \\*1\\* to <@personEmail:{bob.email}> and <@all>"

    ann_in_support.http.post("/messages", json={"roomId": ann_in_support.room, "markdown": markdown}).raise_for_status()

    assert steps(sim) == [Says("ann", "@bot show *1* to @bob and @all", "support", 1)]


def test_of_many_edits_between_two_acts_the_last_is_recorded(
    sim: Simulator, bot: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    ann_in_support.say("one")
    answer = bot_in_support.say("working")["id"]
    other = bot_in_support.say("also")["id"]
    edit(bot, sim, answer, "done")
    ann_in_support.say("two")
    edit(bot, sim, other, "also done")

    assert steps(sim) == [
        Says("ann", "one", "support", 1),
        Shows(2, "support", "done"),
        Shows(3, "support", "also"),
        Says("ann", "two", "support", 4),
        Shows(3, "support", "also done"),
    ]


def test_an_edit_that_changes_nothing_to_be_read_is_to_be_waited_for(
    sim: Simulator, bot: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    answer = bot_in_support.say("not known yet")["id"]
    ann_in_support.say("look again")
    edit(bot, sim, answer, "not known yet")

    shown = Shows(1, "support", "not known yet")
    assert steps(sim) == [shown, Says("ann", "look again", "support", 2), shown]


def test_what_differs_from_run_to_run_is_not_in_the_recording(sim: Simulator, bot_in_support: Space) -> None:
    bot_in_support.say("Request 12 was asked at 14:12:03 UTC: BOT_0192f3c1-7a55")

    assert steps(sim) == [Shows(1, "support", "Request 12 was asked at <time>: <tracking id>")]


def test_replies_name_the_first_message_of_their_thread(
    sim: Simulator, ann_in_support: Space, bot_in_support: Space
) -> None:
    root = ann_in_support.say("one")["id"]
    bot_in_support.say("answer", parentId=root)
    ann_in_support.say("thanks", parentId=root)

    assert steps(sim) == [
        Says("ann", "one", "support", 1),
        Shows(2, "support", "answer", thread=1),
        Says("ann", "thanks", "support", 3, thread=1),
    ]


def test_a_press_has_the_title_of_its_button_and_what_was_typed_alone(
    sim: Simulator, bob: httpx.Client, bot_in_support: Space
) -> None:
    message = bot_in_support.show_card(FORM)["id"]

    press(bob, message, action="book", name="Ann", remark="by the window")
    press(bob, message)
    press(bob, message, data="closing", name="", remark="", why="")

    assert steps(sim) == [
        SHOWN,
        Presses("bob", "Book", 1, {"remark": "by the window"}),
        Presses("bob", "Cancel", 1),
        Presses("bob", "Close", 1, {"name": ""}),
    ]


def test_a_button_that_an_edit_has_taken_away_can_still_be_pressed(
    sim: Simulator, bot: httpx.Client, bob: httpx.Client, bot_in_support: Space
) -> None:
    message = bot_in_support.show_card(FORM)["id"]
    without = {**FORM, "actions": FORM["actions"][1:2]}
    body = {"roomId": sim.spaces["support"], "text": "A card", "attachments": card(without)}
    bot.put(f"/messages/{message}", json=body).raise_for_status()

    press(bob, message, action="book")

    assert steps(sim)[-1] == Presses("bob", "Book", 1)


def test_what_the_bot_deletes_is_gone_if_anybody_could_have_acted_on_it(
    sim: Simulator, bot: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    early = bot_in_support.say("early")["id"]
    ann_in_support.say("one")
    passing = bot_in_support.say("passing")["id"]
    for message_id in (early, passing):
        bot.delete(f"/messages/{message_id}").raise_for_status()

    assert steps(sim) == [Shows(1, "support", "early"), Says("ann", "one", "support", 2), Gone(1)]


def test_messages_from_before_the_beginning_are_no_part_of_it(
    sim: Simulator, bot: httpx.Client, bob: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    message = bot_in_support.show_card(FORM)["id"]
    sim.recorder.begin_anew()

    press(bob, message)
    edit_with = {"roomId": sim.spaces["support"], "text": "A card", "attachments": card()}
    bot.put(f"/messages/{message}", json=edit_with).raise_for_status()
    ann_in_support.say("what is that?", parentId=message)

    assert steps(sim) == [Says("ann", "what is that?", "support", 1)]
    assert sim.recorder.warnings == [
        "Bob Baker has pressed a button of a message that is not in this recording: that is left out.",
        "A message answers one that is not in this recording: it is replayed outside of the thread.",
    ]


def test_what_cannot_be_replayed_is_told(sim: Simulator, ann: httpx.Client, ann_in_support: Space) -> None:
    zoe = sim.world.add_person("Zoe Zimmer", email="zoe@elsewhere.example")
    sim.world.add_member(sim.spaces["support"], zoe)
    room = ann.post("/rooms", json={"title": "Elsewhere"}).json()["id"]
    with httpx.Client(transport=httpx.WSGITransport(sim.app), base_url="http://localhost/v1") as stranger:
        stranger.headers["Authorization"] = f"Bearer {zoe.token}"
        stranger.post("/messages", json={"roomId": sim.spaces["support"], "text": "hello"}).raise_for_status()
    ann.post("/messages", json={"roomId": room, "text": "hello"}).raise_for_status()
    said = ann_in_support.say("@bot hello")["id"]
    ann.put(f"/messages/{said}", json={"roomId": ann_in_support.room, "text": "hi"}).raise_for_status()
    ann_in_support.show_card()

    assert steps(sim) == [Says("ann", "@bot hello", "support", 1), Says("ann", "A card", "support", 2)]
    assert sim.recorder.warnings == [
        "Zoe Zimmer is not of this playground: what they do is left out.",
        "The space “Elsewhere” is not of this playground: what happens there is left out.",
        "An @ was written that mentioned nobody: replayed, it is a mention.",
        "Ann Archer has edited a message: that cannot be replayed.",
        "Ann Archer has sent a file or a card: only the words can be replayed.",
    ]


def test_what_the_bot_shows_in_a_space_made_later_is_left_out(sim: Simulator, bot: httpx.Client) -> None:
    room = sim.world.add_room("Elsewhere", members=[sim.bot])

    bot.post("/messages", json={"roomId": room.id, "text": "hello"}).raise_for_status()

    assert steps(sim) == []
    assert sim.recorder.warnings == ["The space “Elsewhere” is not of this playground: what happens there is left out."]


def test_a_file_without_words_is_left_out(sim: Simulator, ann: httpx.Client) -> None:
    file = {"files": ("list.csv", b"name", "text/csv")}
    ann.post("/messages", data={"roomId": sim.spaces["support"]}, files=file).raise_for_status()
    ann.post("/messages", data={"roomId": sim.spaces["support"], "text": "my list"}, files=file).raise_for_status()

    assert steps(sim) == [Says("ann", "my list", "support", 1)]
    assert sim.recorder.warnings == ["Ann Archer has sent a file or a card: only the words can be replayed."]


def test_what_no_button_sends_is_left_out(sim: Simulator, bob: httpx.Client, bot_in_support: Space) -> None:
    press(bob, bot_in_support.show_card(FORM)["id"], data="forged")

    assert steps(sim) == [SHOWN]
    assert sim.recorder.warnings == ["Bob Baker has sent what no button of the card sends: that is left out."]


def test_a_recording_has_an_end_and_says_so(sim: Simulator, ann_in_support: Space) -> None:
    recorder = Recorder(sim, kept=2)

    for words in ("one", "two", "three"):
        ann_in_support.say(words)

    dialogue = recorder.dialogue("Two")
    assert dialogue.steps == (Says("ann", "one", "support", 1), Says("ann", "two", "support", 2))
    assert recorder.warnings == [
        f"The recording is full: only its first {KEPT:,} steps are kept. Begin anew to record what comes now."
    ]


def test_what_the_bot_says_without_end_is_not_kept_without_end(sim: Simulator, bot_in_support: Space) -> None:
    recorder = Recorder(sim, kept=2)

    for words in ("one", "two", "three"):
        bot_in_support.say(words)

    assert recorder.unsettled == [Shows(1, "support", "one"), Shows(2, "support", "two")]


def test_a_recording_can_be_written_and_read(sim: Simulator, bob: httpx.Client, bot_in_support: Space) -> None:
    press(bob, bot_in_support.show_card(FORM)["id"], action="book", remark="line\nand line")

    dialogue = sim.recorder.dialogue("A session")

    assert load(dump(dialogue)) == dialogue
