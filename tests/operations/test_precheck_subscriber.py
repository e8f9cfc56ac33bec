"""What a precheck sends, and what it answers."""

import pytest

from bot.domain.plan import Answer, Outcome
from bot.domain.provisioning import Info, Precheck
from bot.errors import Refused
from bot.operations import precheck_subscriber
from tests.operations.desk import asked, desk


def test_a_precheck_sends_exactly_what_was_filled_in() -> None:
    at_desk = desk(Precheck(passed=True, message="fine"))

    precheck_subscriber.plan(
        {
            "email": "ann@example.com",
            "package": "standard",
            "primaryPhoneNumber": "+12405551212",
            "customerInfo.primaryEmail": "boss@example.com",
        },
        at_desk,
    )
    precheck_subscriber.plan({"email": "ann@example.com"}, at_desk)

    assert asked(at_desk) == [
        {
            "email": "ann@example.com",
            "package": "standard",
            "primaryPhoneNumber": "+12405551212",
            "customerInfo": {"primaryEmail": "boss@example.com"},
        },
        {"email": "ann@example.com"},
    ]


def test_a_precheck_answers_with_every_remark_explained() -> None:
    found = Precheck(
        passed=False,
        message="failure",
        infos=(Info("1001", "taken"), Info("unknown", "who knows")),
        tracking_id="THEIRS",
        tries=3,
        waited=2.5,
    )

    answer = precheck_subscriber.plan({"email": "ann@example.com"}, desk(found))

    assert answer == Answer(
        Outcome(
            ok=False,
            data={
                "message": "failure",
                "passed": False,
                "infos": [
                    {
                        "code": "1001",
                        "description": "taken",
                        "explanation": {
                            "code": "1001",
                            "meaning": "explained: taken",
                            "remedy": "",
                            "who": "",
                            "known": True,
                        },
                    },
                    {
                        "code": "unknown",
                        "description": "who knows",
                        "explanation": {
                            "code": "unknown",
                            "meaning": "explained: who knows",
                            "remedy": "",
                            "who": "",
                            "known": False,
                        },
                    },
                ],
            },
            tracking_id="THEIRS",
            tries=3,
            waited=2.5,
        )
    )


def test_a_precheck_that_passed_is_well_without_remarks() -> None:
    answer = precheck_subscriber.plan({"email": "ann@example.com"}, desk(Precheck(passed=True, message="success")))

    assert answer == Answer(Outcome(ok=True, data={"message": "success", "passed": True, "infos": []}))


def test_a_precheck_that_cannot_be_made_is_not_hidden() -> None:
    with pytest.raises(Refused):
        precheck_subscriber.plan({"email": "ann@example.com"}, desk(Refused("no")))
