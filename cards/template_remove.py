"""How the outcome of removing a template is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import template


def result(request: Request, _form: Form) -> list[Element]:
    """What it was, so that it can be made again."""
    fields = request.plan.call.body if request.plan else {"name": request.values.get("template", "")}
    box = template.verdict(request, done="Template removed", failed="Template not removed")
    return [box, *template.facts(fields)]
