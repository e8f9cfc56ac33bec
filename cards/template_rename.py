"""How the outcome of renaming a template is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit, template


def result(request: Request, _form: Form) -> list[Element]:
    """Both names, and how to use the new one."""
    names = request.plan.call.body if request.plan else request.values
    new = names.get("newName", "")
    hint = f"Choose it in forms, or write pid={new} in a line. The old name means nothing any more."
    box = template.verdict(request, done="Template renamed", failed="Template not renamed", hint=hint)
    return [box, *kit.facts([("Old name", names.get("template", "")), ("New name", new)])]
