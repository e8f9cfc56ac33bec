"""Disable directory sync: have Webex keep the directory of an enterprise in step no longer."""

from datetime import datetime

from bot.domain import switching
from bot.domain.desk import Desk
from bot.domain.enterprises import WHICH
from bot.domain.form import Form, Values
from bot.domain.operation import Operation, Risk
from bot.domain.plan import Finding, Level, Outcome, Plan, Source
from cards.disable_directory_sync import result

_MEANS = (
    "Webex then synchronises this directory no more: not every week, and not when somebody asks for it",
    "What becomes of the BroadWorks users and phone lists that it has put into the directory is not documented",
    "The customer's organisation can only be deleted while it is disabled",
)

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Plan:
    """Have Webex synchronise an enterprise's directory no more; you see what that means first."""
    findings = tuple(Finding(Level.WARNING, words, Source.DOCUMENTED) for words in _MEANS)
    return switching.planned(OPERATION.name, values[WHICH.name], desk, on=False, findings=findings)


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write."""
    return switching.switched(plan, desk)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """Look whether it is as it was sent."""
    return switching.looked(plan, desk)


OPERATION = Operation(
    words="disable directory sync",
    aliases=("switch off directory sync", "turn off directory sync"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Disable",
    again="Ask again",
    examples=("disable directory sync Reseller1+acme", "disable directory sync"),
    ends=("is disabled", "is not disabled"),
    run=run,
    look=look,
    follow_ups=switching.follow_ups,
)
