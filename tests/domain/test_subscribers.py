"""Who is meant, where Webex tells it on more than one page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.domain.provisioning import Subscriber, SubscriberFilter, SubscriberPage
from bot.domain.subscribers import one
from bot.errors import Declined
from tests.operations.desk import FakeBroadWorks, desk

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
