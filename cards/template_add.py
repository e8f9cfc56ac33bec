"""How the outcome of adding a template is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import template


def result(request: Request, _form: Form) -> list[Element]:
    """The template as it is kept, and how to use it."""
    fields = request.plan.call.body if request.plan else request.values
    hint = f"Choose it in forms, or write pid={fields.get('name', '')} in a line."
    box = template.verdict(request, done="Template saved", failed="Template not saved", hint=hint)
    return [box, *template.facts(fields)]
