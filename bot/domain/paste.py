"""What an agent pastes, an order, a signature, a row of a table, understood as the inputs of a subscriber."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.form import Draft, Form, Kind
from bot.domain.paste_lines import read_lines
from bot.domain.paste_names import person
from bot.domain.paste_rows import as_labels, read_table
from bot.domain.paste_text import lines
from bot.domain.paste_tokens import NUMBER, PLAIN, SENT, SURE, Context, Found, is_mobile
from bot.domain.paste_words import COMMANDS, NAME

INPUTS = (
    "userId",
    "spEnterpriseId",
    "firstName",
    "lastName",
    "email",
    "primaryPhoneNumber",
    "mobilePhoneNumber",
    "extension",
    "package",
    "language",
    "timezone",
    "provisioningId",
    "template",
)
_IDENTITIES = {"userId", "email", "primaryPhoneNumber", "mobilePhoneNumber"}
_CHOICES = {"package", "language", "timezone", "template", "spEnterpriseId"}
# In these languages the word for a last or a first name is that for a whole one as well.
_ALSO_WHOLE = ("nom", "nombre", "nome", "naam", "name")


@dataclass(frozen=True)
class Guess:
    """What an input is taken to be: the text as it was pasted, to be checked later, and the reason in a few words."""

    input: str
    text: str
    why: str


def understand(text: str, *, region: str | None = None, templates: Collection[str] = ()) -> tuple[Guess, ...]:
    """The inputs of a subscriber that a pasted text gives, at most one guess for each; () when it is no such text."""
    context = Context.of(region, templates)
    plain = lines(text)
    if _is_command(plain):
        return ()
    found = read_table(plain, context)
    if found is None:
        found = read_lines(as_labels(plain), context)
    if _is_several(found):
        return ()
    chosen = _chosen(_numbered(_named(_without_sender(found)), context))
    if len(chosen) < 2 or not _IDENTITIES & chosen.keys():
        return ()
    return tuple(Guess(name, chosen[name].text, chosen[name].why) for name in INPUTS if name in chosen)


def filled(form: Form, guesses: Sequence[Guess]) -> Draft:
    """A form that opens with guesses in it, each with its reason; what it does not ask for is left out."""
    inputs = {each.input: _place_of(each.input, form) for each in guesses}
    known = [(inputs[each.input], each) for each in guesses if inputs[each.input]]
    return Draft({name: each.text for name, each in known}, (), {name: each.why for name, each in known})


def _place_of(name: str, form: Form) -> str:
    """The name of a template belongs where its provisioning ID would."""
    kinds = {Kind.TEMPLATE} if name == "template" else set(Kind)
    wanted = "provisioningId" if name == "template" else name
    return next((each.name for each in form.inputs if each.name == wanted and each.kind in kinds), "")


def _is_command(plain: list[str]) -> bool:
    words = " ".join(plain).casefold().split()[:2]
    return bool(words) and (words[0] in COMMANDS or "workspace" in words)


def _is_several(found: list[Found]) -> bool:
    """Whether more than one person is ordered for: a form that mixes two of them is worse than an empty one."""
    people = {(each.input, each.text.casefold()) for each in found if each.rank == SURE or each.input == "userId"}
    inputs = [name for name, _ in people]
    return any(inputs.count(name) > 1 for name in ("userId", "email", "firstName"))


def _without_sender(found: list[Found]) -> list[Found]:
    """Who sends an order is whom it is about only if it names nobody else."""
    if any(each.input in {"userId", "email", "firstName", NAME} and each.rank >= PLAIN for each in found):
        return [each for each in found if each.rank > SENT]
    return found


def _named(found: list[Found]) -> list[Found]:
    """With the lone names settled: “Vorname: Ann, Name: Agent” and “Nom : Ann Agent” are both written."""
    sure = {each.input: each for each in reversed(found) if each.rank == SURE}
    alone = sure.get(NAME)
    others = [each for each in found if each.input != NAME]
    first, last = sure.get("firstName"), sure.get("lastName")
    if first or last:
        # Half a name from a label is not completed with half of somebody else's.
        others = [each for each in others if each.input not in {"firstName", "lastName"} or each.rank == SURE]
    if alone and not first:
        return [*others, *([] if last else [Found("firstName", alone.text, alone.why, SURE)])]
    if alone and not last:
        return [*others, Found("lastName", alone.text, alone.why, SURE)]
    return others if first and last else _split(others, first or last)


def _split(found: list[Found], lone: Found | None) -> list[Found]:
    if lone is None or not any(f"“{word}" in lone.why.casefold() for word in _ALSO_WHOLE):
        return found
    names = person(lone.text, cased=False)
    if names is None:
        return found
    rest = [each for each in found if each is not lone]
    return [Found("firstName", names[0], lone.why, SURE), Found("lastName", names[1], lone.why, SURE), *rest]


def _numbered(found: list[Found], context: Context) -> list[Found]:
    """With the numbers of which nothing says whose they are: the first is the phone, a further mobile the mobile."""
    primary = any(each.input == "primaryPhoneNumber" for each in found)
    settled = [each for each in found if each.input != NUMBER]
    loose = {each.text: each for each in reversed(found) if each.input == NUMBER}
    for each in reversed(list(loose.values())):
        if not primary:
            why = each.why or ("the only telephone number" if len(loose) == 1 else "the first telephone number")
            settled.append(Found("primaryPhoneNumber", each.text, why))
            primary = True
        elif each.why or is_mobile(each.text, context.region):
            settled.append(Found("mobilePhoneNumber", each.text, each.why or "the number of a mobile"))
    return settled


def _chosen(found: list[Found]) -> dict[str, Found]:
    """For each input what is surest; what is said in two ways equally is nobody's choice but the agent's."""
    chosen: dict[str, Found] = {}
    for name in INPUTS:
        said = [each for each in found if each.input == name]
        rank = max((each.rank for each in said), default=0)
        best = [each for each in said if each.rank == rank]
        if name == "email" and best:
            chosen[name] = _address_of(best, chosen)
        elif best and (name not in _CHOICES or len({each.text.casefold() for each in best}) == 1):
            chosen[name] = best[0]
    return chosen


def _address_of(best: list[Found], chosen: dict[str, Found]) -> Found:
    """Of several addresses the one in which the person's name occurs, else the first."""
    names = [chosen[name].text.casefold() for name in ("firstName", "lastName") if name in chosen]
    alike = [each for each in best if any(name in each.text.casefold() for name in names)]
    one = (alike or best)[0]
    several = len({each.text for each in best}) > 1
    why = "the address with the name in it" if several and alike else "the first e-mail address"
    return Found("email", one.text, one.why or (why if several else "the only e-mail address"), one.rank)
