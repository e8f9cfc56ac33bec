"""The short answers: one function for each kind of notice."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.delivery import NoticeKind
from bot.domain.operation import Element, Operation
from bot.domain.press import Press, Purpose
from bot.domain.request import State
from bot.domain.view import Drawn, NoticeView
from cards import alarms, kit, problem, text
from cards.escape import LINE, mention, safe
from cards.shared import capital, framed, moment, sentence, signed, subject
from cards.states import state_words
from cards.watching import status_words

_ALSO = (
    "Also: “my requests”, “show request 12”, “retry request 12”, “clone request 12”, “cancel”, and “help” with the "
    "words of one."
)
MAX_LISTED = 20
_ENDS: Mapping[str, str] = {
    State.DONE.value: "done",
    State.FAILED.value: "not done, its card says why",
    State.UNKNOWN.value: "nobody knows yet whether it was done, please look at its card",
    State.WITHDRAWN.value: "cancelled",
    State.EXPIRED.value: "expired, nothing was sent",
    State.WATCHING.value: "accepted, Webex is working on it",
    State.STUCK.value: "not finished yet, its card says what can be done",
    State.UNWATCHED.value: "accepted, and not watched any more",
}
_CLOSED = {
    "cancelled": "Cancelled. Nothing was sent.",
    "expired": "Nobody sent this form in time. Nothing was sent to Webex.",
    "sent": "Sent. The answer has its own card.",
    "answered": "Sent. The answer has its own card.",
    "replaced": "Another form has taken its place.",
}


def draw(view: NoticeView) -> Drawn:
    """The notice as a message."""
    return _NOTICES[view.notice.kind](view)


def _help(view: NoticeView) -> Drawn:
    words = str(view.notice.facts.get("words") or "")
    said = set(words.casefold().split())
    some = [each for each in view.operations if said & set(each.words.casefold().split())]
    asked = _find(view, words) or (some[0] if len(some) == 1 else None)
    return _help_with(view, asked) if asked else _help_list(view, some or view.operations)


def _help_list(view: NoticeView, operations: Sequence[Operation]) -> Drawn:
    body: list[Element] = [kit.text("Write one of these, or press its button. You can also paste an order.")]
    for operation in operations:
        body += [kit.strong(operation.words), kit.text(operation.help, spacing="None")]
    body += kit.buttons(_say(view, operation.words, title=operation.title) for operation in operations)
    body.append(kit.small(_ALSO, separator=True))
    hint = "Write the words in bold, with values if you have them: the bot asks for the rest."
    return _drawn(view, "What I can do", body=body, hint=hint)


def _help_with(view: NoticeView, operation: Operation) -> Drawn:
    pairs = []
    for asked in operation.form.inputs:
        names = ", ".join([asked.name, *asked.short])
        pairs.append((f"{asked.label} *" if asked.required else asked.label, names))
    body = [
        kit.text(operation.help),
        *([kit.small("Also: " + ", ".join(operation.aliases))] if operation.aliases else []),
        kit.strong("What can be said (* is needed)"),
        *kit.facts(pairs),
        *([kit.strong("For example")] if operation.examples else []),
        *(kit.mono(example) for example in operation.examples),
    ]
    hint = f"Write {text.bold(operation.words)} to begin."
    actions = [_say(view, operation.words, title=operation.title)]
    return _drawn(view, operation.title, body=body, actions=actions, hint=hint)


def _suggestion(view: NoticeView) -> Drawn:
    facts = view.notice.facts
    suggestions = [words for words in map(str, facts.get("suggestions") or ()) if words.strip()][: kit.MAX_ACTIONS]
    said = kit.text(f"I did not understand “{facts.get('said', '')}”. Nothing was run.")
    if not suggestions:
        return _drawn(
            view, "Not understood", body=[said], actions=[_say(view, "help", title="Help")], hint="Write `help`."
        )
    actions = [_say(view, words, title=words) for words in suggestions]
    hint = " or ".join(text.bold(words) for words in suggestions)
    return _drawn(view, "Not understood", body=[said, kit.text("Did you mean this?")], actions=actions, hint=hint)


def _refusal(view: NoticeView) -> Drawn:
    reason = sentence(str(view.notice.facts.get("reason") or "You may not do this here."))
    return _drawn(view, "I may not do that for you", body=[kit.box([kit.text(reason)], style="attention")])


def _declined(view: NoticeView) -> Drawn:
    """One line, so that it disturbs nobody else; with a mention where others read along."""
    said = safe(view.notice.facts.get("text") or "", limit=LINE).strip()
    why = sentence(said or "This is not possible any more")
    to = mention(str(view.notice.facts.get("mention") or ""))
    return Drawn(f"{to} {why}".strip())


def _requests(view: NoticeView) -> Drawn:
    if not view.requests:
        body = [kit.text("There are no requests to show.")]
        return _drawn(view, "Requests", body=body, actions=[_say(view, "help", title="Help")], hint="Write `help`.")
    body = []
    for request, operation in view.requests[:MAX_LISTED]:
        about = subject(request, operation)
        body.append(kit.strong(f"{request.number} · {operation.title}"))
        body += [kit.text(about, spacing="None")] if about else []
        body.append(kit.small(f"{state_words(request)} · {moment(request.asked_at)}", spacing="None"))
    if len(view.requests) > MAX_LISTED:
        body.append(kit.small(f"and {len(view.requests) - MAX_LISTED} more"))
    body.append(kit.text("Show one of them:", separator=True))
    numbers = [request.number for request, _ in view.requests[: kit.MAX_ACTIONS]]
    actions = [_say(view, f"show request {number}", title=str(number)) for number in numbers]
    hint = f"Write `show request {numbers[0]}`."
    return _drawn(view, "Requests", body=body, actions=actions, hint=hint)


def _cancelled(view: NoticeView) -> Drawn:
    what = str(view.notice.facts.get("what") or "")
    words = f"Cancelled: {what}. Nothing was changed." if what else "Cancelled. Nothing was changed."
    return _drawn(view, "", body=[kit.text(words, isSubtle=True)])


def _closed_form(view: NoticeView) -> Drawn:
    said = str(view.notice.facts.get("operation") or "")
    operation = _find(view, said)
    words = operation.words if operation else said.replace("_", " ")
    why = str(view.notice.facts.get("why") or "")
    body = [
        kit.small(capital(words), weight="Bolder"),
        kit.small(_CLOSED.get(why, "This form is closed.")),
    ]
    actions = [_say(view, words, title="Ask again")] if words and why == "expired" else []
    return _drawn(view, "", body=[kit.box(body, style="emphasis")], actions=actions)


def _problem(view: NoticeView) -> Drawn:
    stored = view.notice.facts.get("problem")
    rebuilt = problem.rebuilt(stored if isinstance(stored, Mapping) else {})
    return _drawn(view, "Something went wrong", body=problem.elements(rebuilt))


def _done(view: NoticeView) -> Drawn:
    """One line, for the notification that editing a card does not make."""
    state = str(view.notice.facts.get("state") or "")
    return _line(view, _ENDS.get(state, state))


def _status(view: NoticeView) -> Drawn:
    """One line for each status that is told."""
    return _line(view, status_words(str(view.notice.facts.get("status") or "")))


def _file(view: NoticeView) -> Drawn:
    """What a file is, beside it; a message with a file cannot have a card."""
    facts = view.notice.facts
    what = f"{facts.get('file')}, asked for in request {facts.get('request')}."
    return Drawn(f"{text.bold(what)} {safe('It is as Webex has made it, byte for byte.')}")


def _line(view: NoticeView, words: str) -> Drawn:
    facts = view.notice.facts
    title = str(facts.get("title") or "")
    what = f"Request {facts.get('request')}, {title[:1].lower()}{title[1:]}: {words}."
    return Drawn(f"{mention(str(facts.get('mention') or ''))} {safe(what)}".strip())


def _question(view: NoticeView) -> Drawn:
    """The next input, asked for in plain text."""
    facts = view.notice.facts
    complaint, hint = str(facts.get("complaint") or ""), str(facts.get("hint") or "")
    label = str(facts.get("label", "What is next"))
    asked = f"{text.bold(label)}?" if label else ""
    operation = _find(view, str(facts.get("operation") or ""))
    words = operation.title if operation else str(facts.get("operation") or "").replace("_", " ")
    example = f"For example: {safe(hint)}" if hint else ""
    paragraphs = [safe(words), safe(complaint), f"{asked} {example}".strip()]
    # In a group space the bot hears only what mentions it.
    how = "Reply with it" if facts.get("direct", True) else "Mention me in your reply, with it"
    return Drawn(text.fitted(paragraphs, hint=f"{how}, or say `cancel`."))


def _find(view: NoticeView, words: str) -> Operation | None:
    """The operation of those words or that name, if this person may ask for it."""
    wanted = words.casefold().replace("_", " ").strip()
    return next((each for each in view.operations if wanted in {each.words.casefold(), *each.aliases}), None)


def _say(view: NoticeView, words: str, *, title: str) -> Element:
    return signed(view.frame, title, press=Press(Purpose.SAY, view.frame.person_id, words=words[:LINE]))


def _drawn(
    view: NoticeView,
    title: str,
    *,
    body: list[Element],
    actions: list[Element] | None = None,
    hint: str = "",
) -> Drawn:
    card = framed(view.frame, title=title, body=body, actions=actions or ())
    return Drawn(text.fallback(card, hint=hint), card)


_NOTICES: Mapping[NoticeKind, Callable[[NoticeView], Drawn]] = {
    NoticeKind.HELP: _help,
    NoticeKind.SUGGESTION: _suggestion,
    NoticeKind.REFUSAL: _refusal,
    NoticeKind.DECLINED: _declined,
    NoticeKind.REQUESTS: _requests,
    NoticeKind.CANCELLED: _cancelled,
    NoticeKind.CLOSED_FORM: _closed_form,
    NoticeKind.PROBLEM: _problem,
    NoticeKind.DONE: _done,
    NoticeKind.STATUS: _status,
    NoticeKind.QUESTION: _question,
    NoticeKind.FILE: _file,
    NoticeKind.LOCKED_OUT: alarms.locked_out,
    NoticeKind.LET_IN: alarms.let_in,
}
