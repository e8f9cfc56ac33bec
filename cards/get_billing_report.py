"""How a billing report is shown; its file goes another way."""

from collections.abc import Mapping

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit, problem, report
from cards.shared import counted

_COMING = "The file comes to you alone, in a direct message from me. If it cannot be had, you are told why there."
_NOT_YET = "There is no file yet. Press Refresh in a few minutes."
_NO_FILE = "There is no file. Request the report anew."
_NO_ADDRESS = "Webex gives no file with it. Press Refresh in a few minutes, or request the report anew."


def result(request: Request, _form: Form) -> list[Element]:
    """Which one it is, how far, whether its file comes, and everything else that Webex tells."""
    outcome = request.outcome or Outcome(ok=False)
    data, status = outcome.data, str(outcome.data.get("status") or "")
    fields = data.get("fields")
    others = int(data.get("others") or 0)
    drawn = [
        kit.strong(f"Billing report of {report.called(str(data.get('month') or ''))}"),
        report.status(status, _file(outcome, status)),
        *([kit.text(f"This is the newest. Webex has {counted(others, 'other')} of this month.")] if others else []),
        *(report.facts(fields) if isinstance(fields, Mapping) else []),
    ]
    reasons = problem.reasons(problem.rebuilt({"reasons": data.get("errors") or ()}))
    return [*drawn, *([kit.box([kit.strong("What went wrong"), *reasons], style="attention")] if reasons else [])]


def _file(outcome: Outcome, status: str) -> str:
    if outcome.file:
        return _COMING
    return {"completed": _NO_ADDRESS, "failed": _NO_FILE}.get(status.casefold(), _NOT_YET)
