"""A subscriber is read as far as it can be, whatever else came with it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadworks.answer import Answer
from bot.broadworks.subscriber import subscriber
from bot.broadworks.text import WORDS
from bot.domain.places import could_be_id
from bot.domain.provisioning import Info, Subscriber
from tests.broadworks.test_anything import values

ANN = {
    "id": "U1VCU0NSSUJFUi8x",
    "personId": "UEVPUExFLzE",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "Ann",
    "lastName": "Example",
    "email": "ann@example.com",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "+1-818-279-1234",
    "extension": "1212",
    "package": "standard",
    "status": "provisioned",
    "errors": [{"errorCode": 10022, "description": "The user ID is taken."}],
    "created": "2026-10-18T14:26:16.000Z",
    "lastStatusChange": "2026-11-18T16:05:34.123Z",
    "provisioningId": "ZjViMzYxODc",
    "selfActivated": "false",
}


def read(**changed: Any) -> Subscriber:
    found = subscriber({**ANN, **changed}, tracking_id="ROUTER_1")
    assert found is not None
    return found


def test_every_field_is_read() -> None:
    assert read() == Subscriber(
        id="U1VCU0NSSUJFUi8x",
        person_id="UEVPUExFLzE",
        user_id="95547321@example.com",
        enterprise="Reseller1+acme",
        first_name="Ann",
        last_name="Example",
        email="ann@example.com",
        primary_number="+1-240-555-1212",
        mobile_number="+1-818-279-1234",
        extension="1212",
        package="standard",
        status="provisioned",
        errors=(Info("10022", "The user ID is taken."),),
        created=datetime(2026, 10, 18, 14, 26, 16, tzinfo=UTC),
        last_status_change=datetime(2026, 11, 18, 16, 5, 34, 123000, tzinfo=UTC),
        provisioning_id="ZjViMzYxODc",
        self_activated=False,
        fields=ANN,
        tracking_id="ROUTER_1",
    )


def test_an_id_alone_is_a_subscriber() -> None:
    assert subscriber({"id": "1"}) == Subscriber("1", fields={"id": "1"})


@pytest.mark.parametrize("identity", [None, "", " ", 7, True, ["1"], "\0", "x" * 1025])
def test_without_an_id_there_is_none(identity: Any) -> None:
    assert subscriber({**ANN, "id": identity}) is None


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("false", False),
        ("False", False),
        (" TRUE ", True),
        (None, None),
        (1, None),
        ("yes", None),
        ([], None),
    ],
)
def test_self_activated_is_a_boolean_however_it_is_written(given: Any, *, known: bool | None) -> None:
    assert read(selfActivated=given).self_activated is known


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (1212, "1212"),
        (1212.0, "1212"),
        (1.5, "1.5"),
        (True, ""),
        (None, ""),
        (["1212"], ""),
        ({"number": 1212}, ""),
        (" 1212\n", "1212"),
        ("12\u202e12", "1212"),
    ],
)
def test_a_number_may_be_a_text_or_a_number(given: Any, text: str) -> None:
    found = read(extension=given, primaryPhoneNumber=given, mobilePhoneNumber=given, userId=given)

    assert [found.extension, found.primary_number, found.mobile_number, found.user_id] == [text] * 4


def test_what_is_unknown_is_kept_as_it_came() -> None:
    found = read(status="removing", package="platinum", spEnterpriseGroupId={"new": True})

    assert (found.status, found.package) == ("removing", "platinum")
    assert found.fields == {
        **ANN,
        "status": "removing",
        "package": "platinum",
        "spEnterpriseGroupId": {"new": True},
    }


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-10-18T14:26:16.000Z", datetime(2026, 10, 18, 14, 26, 16, tzinfo=UTC)),
        ("2026-10-18T14:26:16.123456Z", datetime(2026, 10, 18, 14, 26, 16, 123456, tzinfo=UTC)),
        ("2026-10-18T16:26:16+02:00", datetime(2026, 10, 18, 14, 26, 16, tzinfo=UTC)),
        ("2026-10-18T14:26:16", datetime(2026, 10, 18, 14, 26, 16, tzinfo=UTC)),
        (1579046400245, datetime(2020, 1, 15, 0, 0, 0, 245000, tzinfo=UTC)),
        (1579046400245.0, datetime(2020, 1, 15, 0, 0, 0, 245000, tzinfo=UTC)),
        ("1579046400245", datetime(2020, 1, 15, 0, 0, 0, 245000, tzinfo=UTC)),
        ("soon", None),
        ("", None),
        (None, None),
        (0, None),
        (True, None),
        ("2026-13-45T99:99:99Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("9" * 400, None),
        (10**40, None),
        ({}, None),
    ],
)
def test_a_time_is_aware_or_not_there(given: Any, moment: datetime | None) -> None:
    found = read(created=given, lastStatusChange=given)

    assert found.created == found.last_status_change == moment


@pytest.mark.parametrize(
    ("errors", "known"),
    [
        (None, ()),
        ([], ()),
        ("broken", (Info("", "broken"),)),
        ({"errorCode": "10022", "description": "taken"}, (Info("10022", "taken"),)),
        ([{"code": 2024, "message": "none"}, 7, None, {}], (Info("2024", "none"), Info("7", ""))),
        ([{"errorCode": 1001, "description": "Null", "fieldName": "email"}], (Info("1001", "Null (email)"),)),
    ],
)
def test_errors_are_read_in_every_shape(errors: Any, known: tuple[Info, ...]) -> None:
    assert read(errors=errors).errors == known


def anything() -> st.SearchStrategy[dict[str, Any]]:
    field = st.sampled_from([*ANN, "unknown"])
    return st.dictionaries(field, values | st.sampled_from([*ANN.values()]), max_size=len(ANN))


@settings(deadline=None)
@given(data=anything(), identity=st.text(min_size=1, max_size=20).map(lambda text: text.replace("\0", "")))
def test_no_object_with_an_id_is_too_odd_to_be_read(data: dict[str, Any], identity: str) -> None:
    sent = json.dumps({**data, "id": identity}).encode()

    found = subscriber(Answer(200, body=sent).data or {})

    # Whose id no path could name, nothing could be asked or changed.
    assert (found is not None) is could_be_id(identity)
    if found is None:
        return
    assert json.dumps(found.fields, allow_nan=False)
    assert found.self_activated in {True, False, None}
    assert sum((found.moving, found.waiting, found.ended)) <= 1
    for moment in (found.created, found.last_status_change):
        assert moment is None or moment.utcoffset() == timedelta(0)
    texts = [value for name, value in vars(found).items() if isinstance(value, str) and name != "id"]
    texts += [text for each in found.errors for text in (each.code, each.description)]
    assert all(len(text) <= 2 * WORDS + 3 and text.isprintable() for text in texts)
