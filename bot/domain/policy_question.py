"""What somebody asks of a policy: an operation in the words of a command, who would ask, when, for how many rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import command
from bot.domain.actor import Actor
from bot.domain.checks import check
from bot.domain.form import Complaint, Form, Input, Kind, Values
from bot.domain.operation import Operation
from bot.domain.policy import Facts
from bot.domain.since import since
from bot.domain.template import Template, meant_by
from bot.errors import Declined

AS, AT, ROWS = "as", "at", "rows"
MOST_ROWS = 100_000

_ASKED = (
    Input(AS, "As whom", Kind.EMAIL, hint="bob@example.com"),
    Input(AT, "When", Kind.SINCE, hint="2026-11-27T23:00+01:00"),
    Input(ROWS, "Rows", hint="40"),
)
# A rule can be about these although the operation is not asked for them, because the bot looks them up.
_KNOWN = (
    Input("package", "Package", short=("pkg",)),
    Input("spEnterpriseId", "Enterprise", short=("enterprise", "sp")),
    Input("provisioningId", "Template", Kind.TEMPLATE, short=("template",)),
)


@dataclass(frozen=True)
class World:
    """What is known where somebody asks: all operations, the templates, the time, the country of numbers."""

    operations: Sequence[Operation]
    now: datetime
    environment: str
    templates: Sequence[Template] = ()
    region: str | None = None


@dataclass(frozen=True)
class Question:
    """An operation, and who would ask for it when; ``who`` is "" for whoever asks the question."""

    operation: Operation
    values: Mapping[str, str]
    who: str
    at: datetime
    rows: int

    def facts(self, asker: Actor, world: World) -> Facts:
        """What a rule can go by, if that person asked."""
        template = meant_by(self.values, world.templates)
        return Facts(
            operation=self.operation.words,
            risk=self.operation.risk,
            at=self.at,
            requester=asker.email.casefold(),
            roles=asker.roles,
            package=self.values.get("package", ""),
            enterprise=self.values.get("spEnterpriseId", ""),
            template=template.name if template else self.values.get("provisioningId", ""),
            rows=self.rows,
            environment=world.environment,
        )


def read_question(line: str, world: World) -> Question:
    """What a line asks, whose needed fields may be left out; raises Declined with everything that is wrong with it."""
    phrases = {phrase: each for each in world.operations for phrase in (each.words, *each.aliases)}
    matched = command.match(line, phrases)
    if matched is None:
        raise Declined(_unknown(line, phrases))
    operation, rest = matched
    form = _form_of(operation)
    read = command.arguments(rest, form) or command.alone(rest, form)
    if read is None:
        raise Declined(f"I did not understand “{rest[:80]}” after “{operation.words}”. Write field=value.")
    checked = check(form, read.values, region=world.region, templates=world.templates)
    complaints = [*read.complaints, *checked.complaints]
    if complaints:
        raise Declined(" ".join(each.text for each in complaints))
    asked = checked.values
    at = since(asked[AT], now=world.now) if AT in asked else world.now
    return Question(operation, asked, asked.get(AS, "").casefold(), at, int(asked.get(ROWS, "1")))


def _unknown(line: str, phrases: Mapping[str, Operation]) -> str:
    # A single word that stands in a line is always near, and seldom meant.
    near = command.suggest(line, [each for each in phrases if " " in each])
    hint = " or ".join(f"“{words}”" for words in dict.fromkeys(phrases[each].words for each in near))
    said = " ".join(line.split())[:80]
    return f"No operation begins with “{said}”. " + (f"Did you mean {hint}?" if hint else "“help” lists all of them.")


def _form_of(operation: Operation) -> Form:
    """The operation's own inputs, none of them needed, and what a policy can be asked about besides."""
    own = tuple(replace(each, required=False) for each in operation.form.inputs)
    form = replace(operation.form, inputs=own, rules=(_whole_rows,), remarks=())
    missing = tuple(each for each in _KNOWN if not any(form.find(name) for name in (each.name, *each.short)))
    return replace(form, inputs=(*_ASKED, *own, *missing))


def _whole_rows(values: Values) -> list[Complaint]:
    said = values.get(ROWS, "1")
    if said.isascii() and said.isdigit() and len(said) < 10 and 1 <= int(said) <= MOST_ROWS:
        return []
    return [Complaint(ROWS, f"Rows must be a whole number from 1 to {MOST_ROWS}.")]
