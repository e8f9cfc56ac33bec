"""/people: who the caller and others are."""

from typing import Any

from bot.simulator.clock import stamp
from bot.simulator.entities import Person
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex.call import WebexCall

MOST_IDS = 85

api: Api[WebexCall] = Api("people")


@api.get("/people/me")
def me(call: WebexCall) -> Any:
    return shown(call.person, to=call.person)


@api.get("/people/<person_id>")
def one(call: WebexCall, person_id: str) -> Any:
    person = call.world.people.get(person_id)
    if person is None:
        raise Problem(404, "Could not find the person with provided ID.")
    return shown(person, to=call.person)


@api.get("/people")
def some(call: WebexCall) -> Any:
    found = _found(call)
    return page(found, show=lambda person: shown(person, to=call.person))


def shown(person: Person, *, to: Person) -> dict[str, Any]:
    """People of another organisation are shown with less."""
    first, _, last = person.display_name.partition(" ")
    facts: dict[str, Any] = {
        "id": person.id,
        "emails": [person.email],
        "displayName": person.display_name,
        "nickName": first,
        "orgId": person.org_id,
        "created": stamp(person.created),
        "type": person.kind,
    }
    if person.org_id == to.org_id:
        facts |= {"phoneNumbers": [], "firstName": first, "lastName": last, "status": "unknown"}
    return facts


def _found(call: WebexCall) -> list[Person]:
    listed = call.query("id")
    if listed:
        wanted = listed.split(",")
        if len(wanted) > MOST_IDS:
            raise Problem(400, f"At most {MOST_IDS} ids can be specified.")
        return [call.world.people[key] for key in wanted if key in call.world.people]
    # The look-up of strangers by e-mail or name was closed: only one's own organisation is searched.
    own = [person for person in call.world.people.values() if person.org_id == call.person.org_id]
    email, name = call.query("email"), call.query("displayName")
    if email:
        return [person for person in own if person.email.lower() == email.lower()]
    if name:
        return [person for person in own if person.display_name.lower().startswith(name.lower())]
    raise Problem(400, "Email, displayName, or id list should be specified.")
