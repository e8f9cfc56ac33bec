"""Who is meant, where Webex tells it on more than one page, and what the registry learns of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.desk import Amended
from bot.domain.plan import Call, Outcome, Plan, Subject
from bot.domain.provisioning import Subscriber, SubscriberFilter, SubscriberPage
from bot.domain.request import Request
from bot.domain.subscribers import amended, one, removed
from bot.errors import Declined
from tests.operations.desk import BASE_URL, NOW, FakeBroadWorks, desk

WHO = "95547321@example.com"


@dataclass
class Paged(FakeBroadWorks):
    """Begins each list with a page on which nobody stands."""

    there: tuple[Subscriber, ...] = ()

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        return SubscriberPage((), next="more")

    def subscribers(self, wanted: SubscriberFilter) -> Iterator[Subscriber]:
        yield from self.there


def test_an_empty_page_that_leads_on_is_not_taken_for_the_end() -> None:
    at_desk = replace(desk(), broadworks=Paged(there=(Subscriber("an-id"),)))

    assert one(WHO, at_desk) == Subscriber("an-id")


@pytest.mark.parametrize(("count", "words"), [(0, "Webex knows no subscriber"), (3, "More than one subscriber is")])
def test_nobody_and_several_are_told_apart_behind_an_empty_page_too(count: int, words: str) -> None:
    at_desk = replace(desk(), broadworks=Paged(there=tuple(Subscriber(f"id-{n}") for n in range(count))))

    with pytest.raises(Declined, match=words):
        one(WHO, at_desk)


# What the registry learns.

ENDED = NOW + timedelta(minutes=1)


def changed(body: dict[str, str], fields: Any, *, ended: bool = True) -> Amended:
    plan = Plan("update_subscriber", Call("PUT", "x", body, BASE_URL), NOW, subject=Subject(WHO, "an-id"))
    outcome = Outcome(ok=True, data={"fields": fields}) if fields is not None else None
    asked = Request("update_subscriber", "ann", "Ann", "room", {}, NOW, "T", plan=plan, outcome=outcome, number=7)
    asked.ended_at = ENDED if ended else None
    return amended(asked, plan)


def test_what_webex_shows_at_the_end_of_an_update_is_remembered() -> None:
    body = {"userId": "9@sp.com", "primaryPhoneNumber": "+12405551212", "extension": "", "package": "premium"}
    fields = {"userId": "8@sp.com", "primaryPhoneNumber": "+1-240-555-1212", "firstName": "Ann", "lastName": "Room"}

    assert changed(body, fields) == Amended(
        "subscriber",
        "an-id",
        ENDED,
        request=7,
        facts={"user_id": "8@sp.com", "number": "+12405551212", "extension": "", "name": "Ann Room"},
    )


@pytest.mark.parametrize("fields", [None, {}, {"firstName": "Ann"}, "odd"])
def test_where_webex_shows_nothing_what_was_sent_is_remembered(fields: Any) -> None:
    noted = changed({"extension": "5", "timezone": "UTC"}, fields, ended=False)

    assert (noted.facts, noted.at) == ({"extension": "5"}, NOW)


def test_a_removal_is_remembered() -> None:
    plan = Plan("remove_subscriber", Call("DELETE", "x", {}, BASE_URL), NOW, subject=Subject(WHO, "an-id"))
    asked = Request("remove_subscriber", "ann", "Ann", "room", {}, NOW, "T", plan=plan, ended_at=ENDED, number=7)

    assert removed(asked, plan) == Amended("subscriber", "an-id", ENDED, request=7, removed=True)
