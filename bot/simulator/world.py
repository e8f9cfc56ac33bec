"""The state of the simulated Webex: who and what exists, and telling others when it changes."""

from collections.abc import Callable, Iterable
from threading import Condition, RLock

from bot.simulator import ids
from bot.simulator.clock import Clock, stamp
from bot.simulator.entities import (
    Action,
    Change,
    Content,
    Kind,
    Membership,
    Message,
    Person,
    Room,
    RoomType,
    Webhook,
)
from bot.simulator.talk import Talk
from bot.simulator.webex import changes

DOMAIN = "example.com"


class World:
    """Everything is read and written while holding `lock`; `changed` is told of each change.

    Seeded people and spaces have the same ids in every run; what is made later has ids never used before.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = RLock()
        self.changed = Condition(self.lock)
        self.version = 0
        self.people: dict[str, Person] = {}
        self.rooms: dict[str, Room] = {}
        self.memberships: dict[str, Membership] = {}
        self.messages = Talk()
        self.actions: dict[str, Action] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.contents: dict[str, tuple[Message, Content]] = {}
        self.warnings: list[str] = []
        self._listeners: list[Callable[[Change], None]] = []
        self._numbered = 0

    # Change and who hears of it.

    def touch(self) -> None:
        """Wakes whoever waits for a change, even one that no client of the API could see."""
        with self.lock:
            self.version += 1
            self.changed.notify_all()

    def wait_beyond(self, version: int, seconds: float) -> bool:
        """False when nothing has changed since that version, nor does in so many seconds."""
        with self.lock:
            return self.changed.wait_for(lambda: self.version != version, max(seconds, 0))

    def listen(self, listener: Callable[[Change], None]) -> None:
        """The listener is called with the lock held: it may only take note."""
        self._listeners.append(listener)

    def publish(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)
        self.touch()

    def stamp(self) -> str:
        return stamp(self.clock.now())

    def next_number(self) -> int:
        self._numbered += 1
        return self._numbered

    # People.

    def add_person(
        self,
        name: str,
        *,
        email: str | None = None,
        kind: Kind = "person",
        role: str | None = None,
        key: str | None = None,
    ) -> Person:
        """`name` is how people are called ("Dave Drew"); `key`, if none is given, its first word in lower case."""
        key = key or name.split(maxsplit=1)[0].lower()
        address = email or (f"{key}@webex.bot" if kind == "bot" else f"{key}@{DOMAIN}")
        # A bot belongs to the organisation it was made in; anybody else to that of the address.
        home = DOMAIN if kind == "bot" else address.rpartition("@")[2].lower()
        person = Person(
            key=key,
            id=ids.steady("PEOPLE", address.lower()),
            email=address,
            display_name=name if name != key else key.capitalize(),
            token=f"play-{key}-token",
            kind=kind,
            org_id=ids.steady("ORGANIZATION", home),
            created=self.clock.now(),
            role=role,
        )
        with self.lock:
            if person.id in self.people or self.person_called(key):
                raise ValueError(f"There is somebody called {key} or with the address {address} already.")
            self.people[person.id] = person
            self.touch()
        return person

    def person_called(self, key: str) -> Person | None:
        return next((person for person in self.people.values() if person.key == key), None)

    def person_with(self, *, token: str | None = None, email: str | None = None) -> Person | None:
        with self.lock:
            for person in self.people.values():
                if person.token == token or (email and person.email.lower() == email.lower()):
                    return person
        return None

    # Spaces and who is in them.

    def add_room(
        self,
        title: str,
        *,
        members: Iterable[Person] = (),
        creator: Person | None = None,
        key: str | None = None,
        kind: RoomType = "group",
    ) -> Room:
        """A room with a key has the same id in every run. The creator, the first member unless named, joins."""
        everyone = list(dict.fromkeys([*([creator] if creator else []), *members]))
        moment = self.clock.now()
        room = Room(
            id=ids.steady("ROOM", key) if key else ids.fresh("ROOM"),
            title=title,
            kind=kind,
            creator=everyone[0],
            created=moment,
            last_activity=moment,
            key=key,
        )
        with self.lock:
            self.rooms[room.id] = room
            for person in everyone:
                self.add_member(room, person, by=room.creator)
            self.publish(changes.of_room(self, room, "created", by=room.creator))
        return room

    def add_member(
        self, room: Room | str, person: Person, *, by: Person | None = None, moderator: bool = False
    ) -> Membership:
        with self.lock:
            space = self.rooms[room] if isinstance(room, str) else room
            membership = Membership(
                id=ids.fresh("MEMBERSHIP"),
                room=space,
                person=person,
                created=self.clock.now(),
                is_moderator=moderator,
            )
            self.memberships[membership.id] = membership
            self.publish(changes.of_membership(self, membership, "created", by=by or space.creator))
        return membership

    def remove_member(self, membership: Membership, *, by: Person) -> None:
        """Nobody is told of a 1:1 space that ends."""
        with self.lock:
            change = changes.of_membership(self, membership, "deleted", by=by)
            del self.memberships[membership.id]
            if membership.room.kind == "group":
                self.publish(change)

    def remove_room(self, room: Room, *, by: Person) -> None:
        with self.lock:
            for membership in self.memberships_of(room):
                self.remove_member(membership, by=by)
            del self.rooms[room.id]
            self.messages.forget(room)
            self.touch()

    def memberships_of(self, room: Room) -> list[Membership]:
        return [membership for membership in self.memberships.values() if membership.room is room]

    def membership(self, room: Room, person: Person) -> Membership | None:
        return next((found for found in self.memberships_of(room) if found.person == person), None)

    def members(self, room: Room) -> list[Person]:
        return [membership.person for membership in self.memberships_of(room)]

    def room_for(self, person: Person, room_id: str | None) -> Room | None:
        """The room, if this person is in it."""
        room = self.rooms.get(room_id or "")
        return room if room and self.membership(room, person) else None

    def direct_room(self, one: Person, other: Person) -> Room | None:
        for room in self.rooms.values():
            if room.kind == "direct" and set(self.members(room)) == {one, other}:
                return room
        return None

    def may_see(self, person: Person, message: Message) -> bool:
        """A bot in a group space sees what mentions it and what it wrote."""
        if not self.membership(message.room, person):
            return False
        if not person.is_bot or message.room.kind == "direct":
            return True
        return person == message.author or person.id in message.mentioned_people
