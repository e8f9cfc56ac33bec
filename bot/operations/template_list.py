"""Template list: the short names that there are."""

from collections.abc import Sequence
from typing import Any

from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request
from bot.domain.template import Template
from cards.template_list import result

_ON_A_PAGE = 10
_ADD = FollowUp("Add a template", "template add")

FORM = Form(inputs=(Input("filter", "With these letters in it", short=("name", "search", "with"), hint="acme"),))


def plan(values: Values, desk: Desk) -> Answer:
    """List the templates: short names for provisioning IDs, with what they bring along."""
    wanted = values.get("filter", "").casefold()
    found = [each for each in desk.templates.all() if any(wanted in text.casefold() for text in each.fields.values())]
    start = int(values.get("page", "0"))
    end = start + _ON_A_PAGE
    data = {"templates": [_told(each) for each in found[start:end]], "total": len(found), "first": start + 1}
    return Answer(Outcome(ok=True, data=data | ({"next": str(end)} if end < len(found) else {})))


def _told(template: Template) -> dict[str, str]:
    made = {"madeBy": template.made_by, "madeOn": f"on {template.made_at.day} {template.made_at:%b %Y}"}
    return {**template.fields, **made}


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """What can be done about those that are listed; about the only one without choosing it again."""
    listed: list[dict[str, Any]] = (request.outcome.data.get("templates") or []) if request.outcome else []
    if not listed:
        return (_ADD,)
    if len(listed) > 1:
        return (_ADD, FollowUp("Rename one", "template rename"), FollowUp("Remove one", "template remove"))
    name = str(listed[0]["name"])
    return (
        _ADD,
        FollowUp(f"Rename {name}", "template rename", {"template": name}),
        FollowUp(f"Remove {name}", "template remove", {"template": name}, at_once=True),
    )


OPERATION = Operation(
    words="template list",
    aliases=("templates", "list templates", "show templates"),
    form=FORM,
    plan=plan,
    result=result,
    verb="List",
    again="Filter",
    examples=("template list filter=acme", "template list"),
    at_once=True,
    follow_ups=follow_ups,
)
