"""History person: everything that somebody did with this bot, for auditors."""

from bot.domain.actor import Role
from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.history import ON_A_CARD, Wanted, beyond, page
from bot.domain.operation import Operation
from bot.domain.plan import Answer, Outcome
from bot.errors import Declined, NotAllowed
from cards.history_person import result

FORM = Form(
    inputs=(
        Input(
            "person",
            "E-mail or id of Webex",
            Kind.USER_ID,
            required=True,
            short=("email", "mail", "who"),
            bare=True,
            hint="ann@example.com",
        ),
    )
)


def plan(values: Values, desk: Desk) -> Answer:
    """Tell what somebody did with this bot and what became of it, the newest first; for auditors and admins."""
    # Roles may have changed since the gate has let this in.
    if not OPERATION.is_for(desk.actor):
        raise NotAllowed("What a person did is told to auditors and admins only.")
    person = desk.history.person(values["person"])
    if person is None:
        raise Declined(f"This bot has met nobody called “{values['person']}”. Give the e-mail address they write from.")
    wanted = Wanted(person=person.id, newest_first=True)
    found = desk.history.events(wanted, beyond=beyond(values), limit=ON_A_CARD + 1)
    names = desk.history.names({each.actor for each in found})
    return Answer(Outcome(ok=True, data={**page(found, names), "person": person.name or person.email}))


OPERATION = Operation(
    words="history person",
    aliases=("person history",),
    form=FORM,
    plan=plan,
    result=result,
    role=Role.AUDITOR,
    verb="Show",
    again="Show another",
    looks_back=True,
    examples=("history person ann@example.com", "history person"),
)
