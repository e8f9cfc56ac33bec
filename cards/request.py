"""The card that lives with a request, in each of its states."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.form import Choice
from bot.domain.operation import Element, Risk
from bot.domain.plan import Level, Outcome, Plan
from bot.domain.press import Press, Purpose
from bot.domain.problem import Problem
from bot.domain.request import Request, State
from bot.domain.view import RequestView
from cards import kit, problem, queueing, sent, watching
from cards.shared import clock, framed, moment, sentence, signed

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


def _nothing(request: Request) -> str:
    return "Nothing has been changed" if request.local else "Nothing has been sent"


def _asked(view: RequestView) -> Picture:
    if view.request.plan:
        return _confirmation(view, view.request.plan)
    answer = "Checking with Webex. You will see the answer here."
    return [*sent.about(view), kit.strong("Working on it…"), kit.text(answer, spacing="Small")], []


def _confirmation(view: RequestView, plan: Plan) -> Picture:
    body = [
        kit.box([kit.strong(f"{_nothing(view.request)} yet"), *_switched_off(view)], style="accent"),
        *sent.whom(view, plan),
        *sent.what_is_sent(view, plan, but=plan.before or {}),
        *sent.before_and_after(view, plan),
        *_warnings(view.request),
        *_findings(plan),
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


def _warnings(request: Request) -> list[Element]:
    if not request.warnings:
        return []
    lines = [kit.text(sentence(words), spacing="Small") for words in request.warnings[:_MOST]]
    return [kit.box([kit.strong("Please look again"), *lines], style="warning")]


def _findings(plan: Plan) -> list[Element]:
    drawn: list[Element] = []
    for finding in plan.findings[:_MOST]:
        drawn.append(kit.text(sentence(finding.text), color=_COLOURS[finding.level]))
        # Of what is the bot's own, nobody takes its word for Webex's.
        drawn += [] if plan.call.local else [kit.small(_capital(finding.source), spacing="None")]
    return drawn


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _approved(view: RequestView) -> Picture:
    request = view.request
    cancel = [_button(view, "Cancel", Purpose.WITHDRAW)]
    if request.held:
        return [*sent.about(view), _held(request)], cancel
    if queueing.waits(view) or not request.try_at:
        return _running(view)
    told = request.outcome.problem if request.outcome else None
    happened = kit.strong(sentence(told.happened) if told else "Webex is busy.")
    again = kit.text(f"Trying again at {clock(request.try_at)}. Nothing has been changed.", spacing="Small")
    traces = problem.tracking(told.tracking_id) if told else []
    words = problem.reasons(told, operation=view.operation) if told else []
    return [*sent.about(view), kit.box([happened, *words, again], style="warning"), *traces], cancel


def _held(request: Request) -> Element:
    """Why what was confirmed waits, and what it waits for."""
    happened, until = "Writes are switched off.", "the operator switches them on"
    if request.locked_out:
        happened, until = "Webex does not let the bot in any more.", "an admin has logged in to Webex for the bot again"
    why = kit.text(f"{_nothing(request)}. It goes on by itself when {until}.", spacing="Small")
    return kit.box([kit.strong(happened), why], style="warning")


def _watching(view: RequestView) -> Picture:
    """Webex works on it; what can be done meanwhile is offered."""
    watched = view.request.watched
    patient = watched is not None and watched.patient
    heading = "Accepted, and waiting for a person" if patient else "Accepted, Webex is working on it"
    told = kit.small(f"You will be told here when that changes{_or_by(view.request)}.")
    body = [*sent.about(view), kit.box([kit.strong(heading), *_progress(view)], style="accent"), told]
    return _with_follow_ups(view, body, [_button(view, "Stop watching", Purpose.STOP_WATCHING)])


def _or_by(request: Request) -> str:
    return f", or that it has not by {moment(request.nudge_at)}" if request.nudge_at else ""


def _stuck(view: RequestView) -> Picture:
    note = kit.box([kit.strong("This takes long"), *_progress(view)], style="warning")
    asked = kit.text("The bot still looks now and then. What shall happen?", spacing="Small")
    actions = [
        _button(view, "Remind me tomorrow", Purpose.PUT_OFF),
        _button(view, "Stop watching", Purpose.STOP_WATCHING),
    ]
    return _with_follow_ups(view, [*sent.about(view), note, asked], actions)


def _unwatched(view: RequestView) -> Picture:
    heading = kit.strong("Not watched any more")
    why = kit.text("Webex had accepted it and goes on by itself; look there how it ends.", spacing="Small")
    body = [*sent.about(view), kit.box([heading, *_progress(view), why], style="emphasis")]
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
    if queueing.waits(view):
        # It may be asking again just now, which is over before anybody has read of it.
        return [*sent.about(view), *queueing.body(view)], [_button(view, "Cancel", Purpose.WITHDRAW)]
    outcome = kit.text("You will see the outcome here.", spacing="Small")
    return [*sent.about(view), kit.strong("Saving…" if view.request.local else "Sending to Webex…"), outcome], []


def _ended(view: RequestView) -> Picture:
    outcome = view.request.outcome or Outcome(ok=False)
    again = [_button(view, view.operation.again, Purpose.EDIT)]
    if outcome.problem:
        # A problem speaks of what went wrong, seldom of whom it was about, and may come days after the asking.
        told = [*sent.about(view), *problem.elements(outcome.problem, operation=view.operation)]
        further = [*_try_again(view, outcome.problem), *_explain(view, outcome.problem)]
        return _with_follow_ups(view, told, [*further, *again])
    # A read has no confirmation on which its warnings could have been seen.
    warnings = _warnings(view.request) if view.operation.run is None else []
    ours = None if outcome.ok else view.request.tracking_id
    traces = problem.tracking(outcome.tracking_id, ours=ours)
    following = [_button(view, "Next", Purpose.NEXT_PAGE)] if outcome.data.get("next") else []
    drawn = [*view.operation.result(view.request, view.operation.form), *warnings, *traces]
    return _with_follow_ups(view, drawn, [*following, *again])


def _try_again(view: RequestView, told: Problem) -> list[Element]:
    """What can succeed unchanged a little later is asked for by the words that anybody could write."""
    press = Press(Purpose.SAY, view.request.asked_by, words=f"retry request {view.request.number}")
    return [signed(view.frame, "Try again", press=press)] if told.again else []


def _explain(view: RequestView, told: Problem) -> list[Element]:
    """What was seen of a code that nobody here knows, and what it means elsewhere, is one press away."""
    codes = problem.unknown_codes(told)
    if not codes:
        return []
    press = Press(Purpose.SAY, view.request.asked_by, words=f"explain code={','.join(codes)}")
    return [signed(view.frame, f"Explain {codes[0]}" if len(codes) == 1 else "Explain codes", press=press)]


def _unknown(view: RequestView) -> Picture:
    request = view.request
    outcome = request.outcome or Outcome(ok=False)
    told = outcome.problem
    why: list[Element] = []
    if told:
        why = [kit.text(sentence(told.happened), spacing="Small"), *problem.reasons(told, operation=view.operation)]
    body = [
        kit.box([kit.strong("Nobody knows yet whether it was done."), *why], style="warning"),
        *_what_is_left(view, outcome),
        *_sent(view, request.plan),
        *(problem.traces(told) if told else problem.tracking(outcome.tracking_id, ours=request.tracking_id)),
    ]
    if view.operation.blind:
        return body, [_close(view)]
    title = f"{view.operation.verb} again" if request.local else "Send again"
    again = [_button(view, title, Purpose.SEND_AGAIN)] if outcome.absent else []
    # What is the bot's own it can always look up, so nobody else needs to say how that ended.
    close = [] if request.local else [_close(view)]
    return body, [_button(view, "Check", Purpose.CHECK, style="positive"), *again, *close]


def _where_to_look(request: Request) -> str:
    press = "ress Check and the bot looks for it."
    return f"P{press}" if request.local else f"Look in Webex, or p{press}"


def _what_is_left(view: RequestView, outcome: Outcome) -> list[Element]:
    """The danger of sending it again and what the last look has told, or what to do where nobody can look."""
    if view.operation.blind:
        return [kit.strong("What to do"), kit.text(sentence(view.operation.blind), spacing="Small")]
    request = view.request
    danger = [] if outcome.absent or request.local else [kit.strong(_danger(request.plan), color="Attention")]
    return [*danger, kit.text(outcome.note or _where_to_look(request))]


def _sent(view: RequestView, plan: Plan | None) -> list[Element]:
    if plan is None:
        return []
    heading = "What was asked for" if view.request.local else "What was sent"
    return [kit.strong(heading), *sent.whom(view, plan), *sent.what_is_sent(view, plan)]


def _danger(plan: Plan | None) -> str:
    changes_something = plan is not None and (plan.call.method != "POST" or plan.before is not None)
    return f"Sending it again could {'do' if changes_something else 'create'} it twice."


def _close(view: RequestView) -> Element:
    blind = bool(view.operation.blind)
    done, not_done = view.operation.ends
    question = "How did it end?" if blind else "You have looked. How did it end?"
    choices = (Choice("done", f"It {done}" + ("" if blind else " in Webex")), Choice("failed", f"It {not_done}"))
    asked = [
        kit.decision(ENDED, question, choices=choices),
        kit.comment(COMMENT, "Comment (if you like)"),
    ]
    return kit.drawer("Close", asked, actions=[_button(view, "Close", Purpose.CLOSE, inputs=True)])


def _over(happened: str, why: str, *, ours: str) -> Callable[[RequestView], Picture]:
    """What has ended without having begun; ``ours`` is said of what is the bot's own."""

    def picture(view: RequestView) -> Picture:
        words = kit.text(ours if view.request.local else why, spacing="Small")
        body = kit.box([kit.strong(happened), words], style="emphasis")
        return [*sent.about(view), body], [_button(view, "Ask again", Purpose.EDIT)]

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
    State.WITHDRAWN: _over("Cancelled", "Nothing was changed in Webex.", ours="Nothing was changed."),
    State.EXPIRED: _over(
        "Expired",
        "Nobody confirmed it in time. Nothing was sent.",
        ours="Nobody confirmed it in time. Nothing was changed.",
    ),
}
