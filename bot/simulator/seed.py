"""The people and spaces that every simulated world begins with."""

from bot.simulator.entities import Person, Room
from bot.simulator.world import World

PEOPLE = (("Ann Archer", "agent"), ("Bob Baker", "approver"), ("Cleo Carter", "admin"))
SUPPORT = "BroadWorks support"


def seed(world: World) -> tuple[Person, dict[str, Room]]:
    """The bot, and the spaces by name: the support space, and one 1:1 space with the bot for each person."""
    bot = world.add_person("Provisioning", email="provisioning@webex.bot", kind="bot", key="bot")
    people = [world.add_person(name, role=role) for name, role in PEOPLE]
    spaces = {"support": world.add_room(SUPPORT, members=[*people, bot], key="support")}
    for person in people:
        spaces[person.key] = world.add_room("", members=[person, bot], key=person.key, kind="direct")
    return bot, spaces
