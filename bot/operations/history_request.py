"""History request: everything that happened to one request, from its first word to its end."""

from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.history import ON_A_CARD, Wanted, beyond, page
from bot.domain.operation import Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import may_see_history
from bot.errors import Declined
from cards.history_request import result

_MOST_DIGITS = 9

FORM = Form(
    inputs=(
        Input("request", "Number of the request", Kind.NAME, required=True, short=("number",), bare=True, hint="12"),
    )
)


def plan(values: Values, desk: Desk) -> Answer:
    """Tell what happened to a request: who did what, when, by which rule, and how it ended."""
    number = values["request"]
    counts = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    request = desk.requests.numbered(int(number)) if counts else None
    if request is None or not may_see_history(request, actor=desk.actor, room_id=desk.room_id):
        # The same answer for both: a number must not tell what exists.
        raise Declined(f"There is no request {number} that you can see here.")
    wanted = Wanted(requests=[int(number)])
    found = desk.history.events(wanted, beyond=beyond(values), limit=ON_A_CARD + 1)
    names = desk.history.names({each.actor for each in found})
    return Answer(Outcome(ok=True, data={**page(found, names), "about": request.operation.replace("_", " ")}))


OPERATION = Operation(
    words="history request",
    form=FORM,
    plan=plan,
    result=result,
    verb="Show",
    again="Show another",
    looks_back=True,
    examples=("history request 12", "history request"),
)
