"""What makes two deliveries of Webex the same event."""

from bot.domain.event import Envelope


def test_an_event_is_known_by_its_resource_its_kind_and_its_id() -> None:
    envelope = Envelope("messages", "created", "m1", "room", "ann", "ann", {"roomId": "room"})

    assert envelope.key == "messages/created/m1"
