"""Enable directory sync: have Webex keep the directory of an enterprise in step with BroadWorks."""

from datetime import datetime

from bot.domain import switching
from bot.domain.desk import Desk
from bot.domain.enterprises import WHICH
from bot.domain.form import Form, Values
from bot.domain.operation import Operation, Risk
from bot.domain.plan import Finding, Level, Outcome, Plan, Source
from cards.enable_directory_sync import result

_MEANS = (
    "Webex then synchronises the directory once a week, for the first time within a week",
    "Say “sync directory” once it is enabled, and you need not wait for that",
)

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Plan:
    """Have Webex synchronise an enterprise's directory every week, and whenever somebody asks for it."""
    findings = tuple(Finding(Level.GOOD, words, Source.DOCUMENTED) for words in _MEANS)
    return switching.planned(OPERATION.name, values[WHICH.name], desk, on=True, findings=findings)


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write."""
    return switching.switched(plan, desk)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """Look whether it is as it was sent."""
    return switching.looked(plan, desk)


OPERATION = Operation(
    words="enable directory sync",
    aliases=("switch on directory sync", "turn on directory sync"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Enable",
    again="Ask again",
    examples=("enable directory sync Reseller1+acme", "enable directory sync"),
    ends=("is enabled", "is not enabled"),
    run=run,
    look=look,
    follow_ups=switching.follow_ups,
)
