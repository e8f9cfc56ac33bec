"""What is drawn while the bot is locked out of Webex: for admins, and for those whose requests wait."""

from bot.broadworks.codes import CodeBook
from bot.domain.delivery import NoticeKind
from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import View
from bot.errors import NoToken, TokenDead
from bot.failures import explain
from tests.cards.samples import PRECHECK, asked, notice, provisioning

WHY = "Webex refused a new token with status 400 (invalid_grant)"


def _failed(exc: NoToken, *, changes: bool) -> Outcome:
    told = explain(exc, codes=CodeBook.load(), doing="what was asked for", ours="BOT_1", changes=changes)
    return Outcome(ok=False, problem=told)


SCENES: dict[str, View] = {
    "notice_locked_out": notice(NoticeKind.LOCKED_OUT, why=WHY),
    "notice_let_in": notice(NoticeKind.LET_IN),
    "provision_workspace_locked_out": provisioning(
        State.APPROVED, held=True, outcome=_failed(TokenDead(WHY), changes=True)
    ),
    "precheck_subscriber_locked_out": asked(
        PRECHECK, state=State.FAILED, outcome=_failed(TokenDead(WHY), changes=False)
    ),
    "precheck_subscriber_no_token": asked(PRECHECK, state=State.FAILED, outcome=_failed(NoToken(""), changes=False)),
}
