"""What finding subscribers asks for, page by page, and what it leads on to."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.desk import Desk
from bot.domain.form import Complaint, Values
from bot.domain.operation import FollowUp
from bot.domain.plan import Answer, Outcome
from bot.domain.provisioning import Subscriber, SubscriberFilter, SubscriberPage
from bot.domain.request import Request, State
from bot.errors import Declined, Refused
from bot.operations import find_subscribers
from tests.operations.desk import NOW, FakeBroadWorks, desk

ANN = Subscriber(
    "c3Vic2NyaWJlci1hbm4",
    user_id="95547321@example.com",
    first_name="Ann",
    last_name="Archer",
    email="ann@example.com",
    package="standard",
    status="provisioned",
    fields={"id": "c3Vic2NyaWJlci1hbm4", "anything": ["else"]},
)
ROW = {
    "id": "c3Vic2NyaWJlci1hbm4",
    "firstName": "Ann",
    "lastName": "Archer",
    "userId": "95547321@example.com",
    "email": "ann@example.com",
    "package": "standard",
    "status": "provisioned",
}
EMPTY = SubscriberPage((), None, "THEIRS")
Asked = tuple[SubscriberFilter, str | None]


@dataclass
class Pages(FakeBroadWorks):
    """Gives one page after the other; of an exception, raises it."""

    pages: Iterator[Any] = field(default_factory=lambda: iter(()))

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        self.answer = next(self.pages)
        return super().subscriber_page(wanted, page)


def found(values: Values, *pages: Any) -> tuple[dict[str, Any], list[Asked]]:
    """The data of the answer, and what was asked for; every page must have been."""
    left = iter(pages)
    broadworks = Pages(pages=left)
    at_desk: Desk = replace(desk(), broadworks=broadworks)
    answer = find_subscribers.plan(values, at_desk)
    assert list(left) == []
    assert answer.outcome.ok
    return answer.outcome.data, broadworks.asked


def test_the_first_page_takes_one_call_and_is_as_long_as_a_card() -> None:
    broadworks = Pages(pages=iter([SubscriberPage((ANN,), "https://next", "THEIRS")]))

    answer = find_subscribers.plan({"spEnterpriseId": "Reseller1+acme"}, replace(desk(), broadworks=broadworks))

    assert broadworks.asked == [(SubscriberFilter(enterprise="Reseller1+acme", max=8), None)]
    assert answer == Answer(
        Outcome(
            ok=True,
            data={
                "items": [ROW],
                "left_out": 0,
                "next": "https://next",
                "wanted": {"spEnterpriseId": "Reseller1+acme"},
                "as_user_id": False,
            },
            tracking_id="THEIRS",
        )
    )


def test_everything_that_is_given_is_asked_for_at_once() -> None:
    values = {
        "email": "ann@example.com",
        "userId": "95547321@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "after": "2026-07-01",
        "lastStatusChange": "24h",
        "status": "error,pending_user_migration",
    }

    data, asked = found(values, SubscriberPage((ANN,)))

    [(wanted, page)] = asked
    assert page is None
    assert wanted == SubscriberFilter(
        user_id="95547321@example.com",
        email="ann@example.com",
        enterprise="Reseller1+acme",
        last_status_change=NOW - timedelta(hours=24),
        status=("error", "pending_user_migration"),
        after=datetime(2026, 7, 1, tzinfo=UTC),
        max=8,
    )
    assert data["wanted"] == {
        **values,
        "after": "2026-07-01T00:00:00+00:00",
        "lastStatusChange": "2026-07-08T14:13:00+00:00",
    }


def test_a_time_that_is_still_to_come_is_told_without_a_call() -> None:
    with pytest.raises(Declined) as declined:
        found({"after": "2026-07-10"})

    assert str(declined.value) == "Created since 2026-07-10 is still to come: it is 2026-07-09 14:13 UTC now."


def test_the_next_page_is_the_one_that_was_named() -> None:
    data, asked = found({"status": "error", "page": "https://next"}, SubscriberPage((ANN,), None))

    assert asked == [(SubscriberFilter(status=("error",), max=8), "https://next")]
    assert (data["items"], data["next"]) == ([ROW], None)


def test_empty_pages_are_passed_over() -> None:
    empty = [SubscriberPage((), f"https://page{number}") for number in (1, 2, 3)]

    data, asked = found({"status": "error"}, *empty, SubscriberPage((ANN,), "https://page4"))

    assert [page for _, page in asked] == [None, "https://page1", "https://page2", "https://page3"]
    assert (data["items"], data["next"]) == ([ROW], "https://page4")


def test_after_many_empty_pages_a_person_decides_whether_to_go_on() -> None:
    empty = [SubscriberPage((), f"https://page{number}") for number in range(1, find_subscribers.EMPTY_PAGES + 1)]

    data, _ = found({"email": "ann@example.com"}, *empty)

    assert (data["items"], data["next"]) == ([], "https://page10")


def test_an_address_that_is_nobodys_e_mail_is_looked_for_as_a_user_id() -> None:
    data, asked = found({"email": "9554@example.com", "status": "error"}, EMPTY, SubscriberPage((ANN,)))

    assert [wanted for wanted, _ in asked] == [
        SubscriberFilter(email="9554@example.com", status=("error",), max=8),
        SubscriberFilter(user_id="9554@example.com", status=("error",), max=8),
    ]
    assert data["wanted"] == {"userId": "9554@example.com", "status": "error"}
    assert data["as_user_id"] is True


def test_a_page_of_the_search_for_a_user_id_is_found_again() -> None:
    leads_elsewhere = ValueError("leads to another list")

    data, asked = found({"email": "9554@example.com", "page": "https://next"}, leads_elsewhere, SubscriberPage((ANN,)))

    assert [page for _, page in asked] == ["https://next", "https://next"]
    assert data["as_user_id"] is True


def test_who_is_nowhere_was_looked_for_as_what_was_said() -> None:
    data, _ = found({"email": "9554@example.com"}, EMPTY, EMPTY)

    assert data == {
        "items": [],
        "left_out": 0,
        "next": None,
        "wanted": {"email": "9554@example.com"},
        "as_user_id": False,
    }


def test_an_address_and_a_user_id_are_taken_as_they_were_said() -> None:
    data, _ = found({"email": "ann@example.com", "userId": "9554@example.com"}, EMPTY)

    assert data["items"] == []


def test_a_page_of_no_list_is_declined() -> None:
    with pytest.raises(Declined) as declined:
        found({"status": "error", "page": "https://next"}, ValueError("leads elsewhere"))

    assert str(declined.value) == "That page of the list is not there any more. Search again."


def test_a_mistake_of_ours_in_the_first_page_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="many"):
        found({"status": "error"}, ValueError("too many"))


def test_a_list_that_cannot_be_read_is_not_hidden() -> None:
    with pytest.raises(Refused):
        found({"status": "error"}, Refused("no"))


def test_a_page_that_is_longer_than_asked_for_is_cut_and_that_is_told() -> None:
    data, _ = found({"status": "error"}, SubscriberPage((ANN,) * 50))

    assert (len(data["items"]), data["left_out"]) == (8, 42)


def test_all_of_them_are_listed_with_a_remark() -> None:
    (remark,) = find_subscribers.FORM.remarks

    assert remark({"status": "error"}) == []
    assert remark({}) == [
        Complaint(None, "Nothing was given to look for, so these are all subscribers that the bot can see.")
    ]


def answered(*items: dict[str, str], values: Values | None = None, **data: Any) -> Request:
    outcome = Outcome(ok=True, data={"items": list(items), "next": None, **data})
    return Request(
        "find_subscribers", "ann", "Ann", "room", dict(values or {}), NOW, "OURS", state=State.DONE, outcome=outcome
    )


def test_every_row_has_a_button_that_shows_it_at_once() -> None:
    ben = {**ROW, "userId": "ben@example.com"}

    assert find_subscribers.follow_ups(answered(ROW, ben)) == [
        FollowUp("Show 1", "show subscriber", {"subscriber": "95547321@example.com"}, at_once=True),
        FollowUp("Show 2", "show subscriber", {"subscriber": "ben@example.com"}, at_once=True),
    ]
    assert [each.title for each in find_subscribers.follow_ups(answered(ROW))] == ["Show"]


def test_where_a_user_id_does_not_tell_who_is_meant_the_id_of_webex_does() -> None:
    rows = [{**ROW, "id": "1"}, {**ROW, "id": "2"}, {**ROW, "id": "3", "userId": ""}]

    shown = find_subscribers.follow_ups(answered(*rows))

    assert [each.values["subscriber"] for each in shown] == ["1", "2", "3"]


def test_whether_who_was_not_found_could_be_provisioned_is_one_press_away() -> None:
    values = {"email": "ann@example.com", "spEnterpriseId": "Reseller1+acme", "status": "error"}

    assert find_subscribers.follow_ups(answered(values=values)) == [
        FollowUp("Precheck", "precheck subscriber", {"email": "ann@example.com", "spEnterpriseId": "Reseller1+acme"})
    ]
    assert find_subscribers.follow_ups(answered(values={"status": "error"})) == []
    assert find_subscribers.follow_ups(answered(values=values, next="https://next")) == []


def test_a_search_that_failed_leads_nowhere() -> None:
    failed = replace(answered(values={"email": "ann@example.com"}), outcome=Outcome(ok=False))

    assert find_subscribers.follow_ups(failed) == []
    assert find_subscribers.follow_ups(replace(failed, outcome=None)) == []
