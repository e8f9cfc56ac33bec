"""Fetch the file that the answer to a request promises, when it is sent, and for no longer than that."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace

from bot.domain.delivery import Attachment
from bot.domain.problem import Problem
from bot.domain.request import Request
from bot.errors import Declined
from bot.services.work import Ran, Work
from bot.store import queries


@contextmanager
def attached(work: Work, number: int) -> Iterator[Attachment | Problem]:
    """The file of a request, gone when the context is left; where it cannot be had, what to tell the person."""
    with work.database.reading() as session:
        request = queries.request(session, number)
    if request is None:
        yield Problem(f"There is no request {number} any more.")
        return
    with ExitStack() as stack:
        ran = work.run(lambda: stack.enter_context(_file(work, request)), request=number)
        yield ran.value or _problem(work, request, ran)


def _file(work: Work, request: Request) -> AbstractContextManager[Attachment]:
    attach = work.context.by_name[request.operation].attach
    if attach is None:
        raise Declined("There is no file for this.")
    return attach(request, replace(work.desk, asker=request.asker_name))


def _problem(work: Work, request: Request, ran: Ran[Attachment]) -> Problem:
    """It stands alone in a direct message, so it says which request it is about, and how to ask once more."""
    found = work.problem(request, ran.exc or RuntimeError("an operation attached nothing"))
    happened, _, rest = found.happened.partition(". ")
    return replace(
        found,
        happened=f"No file for request {request.number}: {happened}",
        why=" ".join(filter(None, (rest, found.why))),
        advice=found.advice or f"Say “retry request {request.number}” to try again",
    )
