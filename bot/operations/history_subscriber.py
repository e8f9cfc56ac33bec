"""History subscriber: everything that this bot did about one subscriber, as far as the asker may know."""

from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.history import ON_A_CARD, Wanted, beyond, page
from bot.domain.operation import Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request, may_see_history
from bot.domain.subscribers import WHO, one
from cards.history_subscriber import result

MOST = 200
"""Requests about one subscriber whose events are looked through."""

FORM = Form(inputs=(WHO,))


def plan(values: Values, desk: Desk) -> Answer:
    """Tell what was done about a subscriber through this bot, the newest first."""
    about = _about(values["subscriber"], desk)
    seen = [each for each in about if may_see_history(each, actor=desk.actor, room_id=desk.room_id)]
    wanted = Wanted(requests=[each.number for each in seen if each.number is not None], newest_first=True)
    found = desk.history.events(wanted, beyond=beyond(values), limit=ON_A_CARD + 1)
    names = desk.history.names({each.actor for each in found})
    return Answer(Outcome(ok=True, data={**page(found, names), "hidden": len(about) - len(seen)}))


def _about(who: str, desk: Desk) -> list[Request]:
    """What was asked about whoever goes by that user ID or id, whether Webex still knows them or not."""
    found = desk.requests.about(user_id=who, webex_id=who, limit=MOST)
    if found:
        return found
    subscriber = one(who, desk)
    return desk.requests.about(user_id=subscriber.user_id, webex_id=subscriber.id, limit=MOST)


OPERATION = Operation(
    words="history subscriber",
    aliases=("subscriber history",),
    form=FORM,
    plan=plan,
    result=result,
    verb="Show",
    again="Show another",
    looks_back=True,
    examples=("history subscriber 95547321@example.com", "history subscriber"),
)
