"""The card that lives with a request, in each of its states."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.form import Choice
from bot.domain.operation import Element, Risk
from bot.domain.plan import Finding, Level, Outcome, Plan
from bot.domain.press import Press, Purpose
from bot.domain.request import Request, State
from bot.domain.view import RequestView
from cards import kit, problem, watching
from cards.escape import plain
from cards.shared import clock, flat, framed, moment, named, sentence, signed, subject

ENDED = "ended"
COMMENT = "comment"
TYPED = "typed"
_MOST = 10

Picture = tuple[list[Element], list[Element]]
"""The body and the buttons."""


def draw(view: RequestView) -> dict[str, Any]:
    """The card of a request as it stands."""
    body, actions = _PICTURES[view.request.state](view)
    footer = f"Request {view.request.number} · asked by {view.request.asker_name} · {moment(view.request.asked_at)}"
    return framed(view.frame, title=view.operation.title, body=body, actions=actions, footer=footer)


def state_words(request: Request) -> str:
    """The state of a request as people say it."""
    if request.state is State.ASKED:
        return "waiting for your go-ahead" if request.plan else "being checked"
    if request.state is State.APPROVED and request.held:
        return "waiting, writes are switched off"
    if request.state is State.APPROVED and request.try_at:
        return "waiting to try again"
    return _WORDS[request.state]


def _asked(view: RequestView) -> Picture:
    if view.request.plan:
        return _confirmation(view, view.request.plan)
    answer = "Checking with Webex. You will see the answer here."
    return [*_about(view), kit.strong("Working on it…"), kit.text(answer, spacing="Small")], []


def _about(view: RequestView) -> list[Element]:
    """Which one it is, on cards that do not list its values."""
    words = subject(view.request, view.operation)
    return [kit.text(words)] if words else []


def _confirmation(view: RequestView, plan: Plan) -> Picture:
    body = [
        kit.box([kit.strong("Nothing has been sent yet"), *_switched_off(view)], style="accent"),
        *_what_is_sent(view, plan),
        *_before_and_after(view, plan),
        *_warnings(view.request),
        *_findings(plan.findings),
        *([kit.typed_again(TYPED, plan.typed)] if plan.typed else []),
    ]
    style = "destructive" if view.operation.risk is Risk.DESTRUCTIVE else "positive"
    typed = bool(plan.typed)
    return body, [
        _button(view, view.operation.verb, Purpose.CONFIRM, style=style, plan_hash=plan.hash, inputs=typed),
        _button(view, "Edit", Purpose.EDIT),
        _button(view, "Cancel", Purpose.WITHDRAW),
    ]


def _switched_off(view: RequestView) -> list[Element]:
    words = "Writes are switched off just now: it will wait until the operator switches them on."
    return [] if view.writes else [kit.text(words, spacing="Small")]


def _what_is_sent(view: RequestView, plan: Plan) -> list[Element]:
    call = plan.call
    pairs = [(named(name, view.operation.form), _called(view, value)) for name, value in flat(call.body).items()]
    where = [] if call.local else [kit.mono(f"{call.method} /{call.path.lstrip('/')}")]
    return [*where, *kit.facts(pairs)]


def _called(view: RequestView, value: Any) -> Any:
    """A provisioning ID stands beside the name that people know it by."""
    name = view.names.get(value) if isinstance(value, str) else None
    return f"{name} = {value}" if name else value


def _before_and_after(view: RequestView, plan: Plan) -> list[Element]:
    if not plan.before:
        return []
    after = flat(plan.call.body)
    pairs = [
        (named(name, view.operation.form), f"{_shown(old)} → {_shown(after[name])}" if name in after else _shown(old))
        for name, old in flat(plan.before).items()
    ]
    changes = any(name in after for name in plan.before)
    return [kit.strong("Before → after" if changes else "As it is now"), *kit.facts(pairs)]


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else plain(value, limit=kit.VALUE)


def _warnings(request: Request) -> list[Element]:
    if not request.warnings:
        return []
    lines = [kit.text(sentence(words), spacing="Small") for words in request.warnings[:_MOST]]
    return [kit.box([kit.strong("Please look again"), *lines], style="warning")]


def _findings(findings: tuple[Finding, ...]) -> list[Element]:
    drawn: list[Element] = []
    for finding in findings[:_MOST]:
        drawn += [
            kit.text(sentence(finding.text), color=_COLOURS[finding.level]),
            kit.small(_capital(finding.source), spacing="None"),
        ]
    return drawn


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _approved(view: RequestView) -> Picture:
    request = view.request
    cancel = [_button(view, "Cancel", Purpose.WITHDRAW)]
    if request.held:
        why = "Nothing has been sent. It goes on by itself when the operator switches them on."
        note = kit.box([kit.strong("Writes are switched off."), kit.text(why, spacing="Small")], style="warning")
        return [*_about(view), note], cancel
    if not request.try_at:
        return _running(view)
    told = request.outcome.problem if request.outcome else None
    happened = kit.strong(sentence(told.happened) if told else "Webex is busy.")
    again = kit.text(f"Trying again at {clock(request.try_at)}. Nothing has been changed.", spacing="Small")
    traces = problem.tracking(told.tracking_id) if told else []
    words = problem.reasons(told, operation=view.operation) if told else []
    return [*_about(view), kit.box([happened, *words, again], style="warning"), *traces], cancel


def _watching(view: RequestView) -> Picture:
    """Webex works on it; what can be done meanwhile is offered."""
    watched = view.request.watched
    patient = watched is not None and watched.patient
    heading = "Accepted, and waiting for a person" if patient else "Accepted, Webex is working on it"
    told = kit.small("You will be told here when that changes.")
    body = [*_about(view), kit.box([kit.strong(heading), *_progress(view)], style="accent"), told]
    return _with_follow_ups(view, body, [_button(view, "Stop watching", Purpose.STOP_WATCHING)])


def _stuck(view: RequestView) -> Picture:
    note = kit.box([kit.strong("This takes long"), *_progress(view)], style="warning")
    asked = kit.text("The bot still looks now and then. What shall happen?", spacing="Small")
    actions = [
        _button(view, "Remind me tomorrow", Purpose.PUT_OFF),
        _button(view, "Stop watching", Purpose.STOP_WATCHING),
    ]
    return _with_follow_ups(view, [*_about(view), note, asked], actions)


def _unwatched(view: RequestView) -> Picture:
    heading = kit.strong("Not watched any more")
    why = kit.text("Webex had accepted it and goes on by itself; look there how it ends.", spacing="Small")
    body = [*_about(view), kit.box([heading, *_progress(view), why], style="emphasis")]
    return _with_follow_ups(view, body, [_button(view, view.operation.again, Purpose.EDIT)])


def _progress(view: RequestView) -> list[Element]:
    return watching.progress(view.request.watched) if view.request.watched else []


def _with_follow_ups(view: RequestView, body: list[Element], actions: list[Element]) -> Picture:
    """What people may want next stands before the other buttons, or above them where there is no room."""
    offered = [
        _button(view, each.title, Purpose.FOLLOW_UP, words=each.title)
        for each in view.operation.follow_ups(view.request)
    ]
    if len(offered) + len(actions) > kit.MAX_ACTIONS:
        return [*body, *kit.buttons(offered)], actions
    return body, [*offered, *actions]


def _running(view: RequestView) -> Picture:
    outcome = kit.text("You will see the outcome here.", spacing="Small")
    return [*_about(view), kit.strong("Sending to Webex…"), outcome], []


def _ended(view: RequestView) -> Picture:
    outcome = view.request.outcome or Outcome(ok=False)
    again = [_button(view, view.operation.again, Purpose.EDIT)]
    if outcome.problem:
        # What was watched may have begun days ago: nobody remembers whom it was about.
        about = _about(view) if view.request.watched else []
        told = problem.elements(outcome.problem, operation=view.operation)
        return _with_follow_ups(view, [*about, *told], again)
    # A read has no confirmation on which its warnings could have been seen.
    warnings = _warnings(view.request) if view.operation.run is None else []
    ours = None if outcome.ok else view.request.tracking_id
    traces = problem.tracking(outcome.tracking_id, ours=ours)
    following = [_button(view, "Next", Purpose.NEXT_PAGE)] if outcome.data.get("next") else []
    drawn = [*view.operation.result(view.request, view.operation.form), *warnings, *traces]
    return _with_follow_ups(view, drawn, [*following, *again])


def _unknown(view: RequestView) -> Picture:
    request = view.request
    outcome = request.outcome or Outcome(ok=False)
    told = outcome.problem
    why: list[Element] = []
    if told:
        why = [kit.text(sentence(told.happened), spacing="Small"), *problem.reasons(told, operation=view.operation)]
    bodiless = request.plan is not None and not request.plan.call.body
    body = [
        *(_about(view) if bodiless else []),
        kit.box([kit.strong("Nobody knows yet whether it was done."), *why], style="warning"),
        *_what_is_left(view, outcome),
        *([kit.strong("What was sent"), *_what_is_sent(view, request.plan)] if request.plan else []),
        *(problem.traces(told) if told else problem.tracking(outcome.tracking_id, ours=request.tracking_id)),
    ]
    if view.operation.blind:
        return body, [_close(view)]
    again = [_button(view, "Send again", Purpose.SEND_AGAIN)] if outcome.absent else []
    return body, [_button(view, "Check", Purpose.CHECK, style="positive"), *again, _close(view)]


def _what_is_left(view: RequestView, outcome: Outcome) -> list[Element]:
    """The danger of sending it again and what the last look has told, or what to do where nobody can look."""
    if view.operation.blind:
        return [kit.strong("What to do"), kit.text(sentence(view.operation.blind), spacing="Small")]
    danger = [] if outcome.absent else [kit.strong(_danger(view.request.plan), color="Attention")]
    return [*danger, _last_look(outcome)]


def _danger(plan: Plan | None) -> str:
    changes_something = plan is not None and plan.call.method != "POST"
    return f"Sending it again could {'do' if changes_something else 'create'} it twice."


def _last_look(outcome: Outcome) -> Element:
    return kit.text(outcome.note or "Look in Webex, or press Check and the bot looks for it.")


def _close(view: RequestView) -> Element:
    question, choices = ("How did it end?", _WAS_DONE) if view.operation.blind else (_LOOKED, _EXISTS)
    asked = [
        kit.decision(ENDED, question, choices=choices),
        kit.comment(COMMENT, "Comment (if you like)"),
    ]
    return kit.drawer("Close", asked, actions=[_button(view, "Close", Purpose.CLOSE, inputs=True)])


def _over(happened: str, why: str) -> Callable[[RequestView], Picture]:
    def picture(view: RequestView) -> Picture:
        body = kit.box([kit.strong(happened), kit.text(why, spacing="Small")], style="emphasis")
        return [*_about(view), body], [_button(view, "Ask again", Purpose.EDIT)]

    return picture


def _button(
    view: RequestView,
    title: str,
    purpose: Purpose,
    *,
    style: str | None = None,
    inputs: bool = False,
    plan_hash: str | None = None,
    words: str | None = None,
) -> Element:
    request = view.request
    press = Press(
        purpose,
        request.asked_by,
        request=request.number,
        version=request.version,
        plan_hash=plan_hash,
        words=words,
    )
    return signed(view.frame, title, press=press, style=style, inputs=inputs)


_LOOKED = "You have looked. How did it end?"
_EXISTS = (Choice("done", "It exists in Webex"), Choice("failed", "It does not exist"))
_WAS_DONE = (Choice("done", "It was done"), Choice("failed", "It was not done"))
_COLOURS = {Level.GOOD: "Good", Level.WARNING: "Warning", Level.BAD: "Attention"}
_PICTURES: Mapping[State, Callable[[RequestView], Picture]] = {
    State.ASKED: _asked,
    State.APPROVED: _approved,
    State.RUNNING: _running,
    State.DONE: _ended,
    State.FAILED: _ended,
    State.UNKNOWN: _unknown,
    State.WATCHING: _watching,
    State.STUCK: _stuck,
    State.UNWATCHED: _unwatched,
    State.WITHDRAWN: _over("Cancelled", "Nothing was changed in Webex."),
    State.EXPIRED: _over("Expired", "Nobody confirmed it in time. Nothing was sent."),
}
_WORDS = {
    State.APPROVED: "about to be sent",
    State.RUNNING: "being sent",
    State.DONE: "done",
    State.FAILED: "not done",
    State.UNKNOWN: "not known yet whether it was done",
    State.WATCHING: "accepted, Webex is working on it",
    State.STUCK: "accepted, but it takes long",
    State.UNWATCHED: "accepted, and not watched any more",
    State.WITHDRAWN: "cancelled",
    State.EXPIRED: "expired",
}
