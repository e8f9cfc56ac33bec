"""The provisioning API: precheck of subscribers, provisioning of workspaces."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.ids import steady
from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID
from tests.simulator.kit import items, refusal

# As in the documentation of both calls.
DOCUMENTED_ID = "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2OjQyODVmNTk0LTViNTEtNDdiZS05Mzk2LTZjMzZlMmFkODNhNQ"
SUBSCRIBER = {
    "provisioningId": DOCUMENTED_ID,
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+example",
    "firstName": "John",
    "lastName": "Andersen",
    "email": "john.anderson@example.com",
    "primaryPhoneNumber": "+1-240-555-1212",
    "language": "en",
    "package": "standard",
    "customerInfo": {"primaryEmail": "alice.anderson@example.com"},
}
WORKSPACE = {
    "provisioningId": DOCUMENTED_ID,
    "userId": "95547321@sp.com",
    "spEnterpriseId": "Reseller1+acme",
    "displayName": "Conference Room",
    "primaryPhoneNumber": "+1-240-555-1212",
    "extension": "51212",
}
ALL_WELL = {"infoCode": 100, "description": "Provisioning preCheck validation successful."}
USER_TAKEN = {
    "errorCode": 10022,
    "description": "The BroadWorks userId is already associated with an existing user.",
    "fieldName": "userId",
}
EMAIL_TAKEN = {"description": "The email is already used by another subscriber.", "fieldName": "email"}
PHONE_TAKEN = {
    "description": "The primaryPhoneNumber is already in use.",
    "fieldName": "primaryPhoneNumber",
}
EXTENSION_TAKEN = {
    "description": "The extension is already in use in this enterprise.",
    "fieldName": "extension",
}


def precheck(http: httpx.Client, **change: Any) -> httpx.Response:
    body = {name: value for name, value in (SUBSCRIBER | change).items() if value is not None}
    return http.post("/broadworks/subscribers/validate", json=body)


def provision(http: httpx.Client, **change: Any) -> httpx.Response:
    body = {name: value for name, value in (WORKSPACE | change).items() if value is not None}
    return http.post("/broadworks/workspaces", json=body)


def errors(response: httpx.Response) -> tuple[int, Any]:
    body = response.json()
    assert set(body) == {"message", "errors", "trackingId"}
    assert body["trackingId"] == response.headers["TrackingID"]
    return response.status_code, body["errors"]


def test_the_documented_precheck_succeeds_and_makes_nothing(sim: Simulator, broadworks: httpx.Client) -> None:
    for _ in range(2):
        response = precheck(broadworks)

        assert response.status_code == 200
        assert response.json() == {"message": "success", "info": [ALL_WELL]}
    assert (len(sim.broadworks.subscribers), sim.broadworks.workspaces) == (1, [])


def test_an_email_alone_can_be_prechecked(broadworks: httpx.Client) -> None:
    body = {"email": "new@example.com"}

    assert broadworks.post("/broadworks/subscribers/validate", json=body).status_code == 200


def test_the_info_can_be_an_object_and_can_say_more(sim: Simulator, broadworks: httpx.Client) -> None:
    more = {"infoCode": 150, "description": "The domain of the email is not claimed by the customer."}

    sim.switches.info_as_object = True
    assert precheck(broadworks).json()["info"] == ALL_WELL
    sim.switches.extra_info = True
    assert precheck(broadworks).json()["info"] == more
    sim.switches.info_as_object = False
    assert precheck(broadworks).json()["info"] == [ALL_WELL, more]


def test_everything_that_is_taken_is_named_at_once(broadworks: httpx.Client) -> None:
    taken = {
        "userId": "95540001@EXAMPLE.com",
        "email": "Taken@example.com",
        "primaryPhoneNumber": "+12405550100",
        "extension": "50100",
    }

    assert errors(precheck(broadworks, **taken)) == (
        409,
        [USER_TAKEN, EMAIL_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN],
    )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"email": None}, ("Null parameter: email is mandatory.", "email", 1001)),
        ({"email": " "}, ("Invalid parameter size: email is outside the bounds 1 to 256.", "email", 1002)),
        ({"email": "john"}, ("The email is not a valid e-mail address.", "email", None)),
        ({"email": 5}, ("email must be a string.", "email", None)),
        (
            {"userId": "x" * 162},
            ("Invalid parameter size: userId is outside the bounds 1 to 161.", "userId", 1002),
        ),
        (
            {"package": "gold"},
            ("package must be one of softphone, basic, standard, premium.", "package", None),
        ),
        (
            {"mobilePhoneNumber": "none"},
            ("mobilePhoneNumber is not a telephone number.", "mobilePhoneNumber", None),
        ),
        (
            {"customerInfo": {}},
            ("Null parameter: primaryEmail is mandatory in customerInfo.", "primaryEmail", 1001),
        ),
        (
            {"customerInfo": "alice@example.com"},
            ("Null parameter: primaryEmail is mandatory in customerInfo.", "primaryEmail", 1001),
        ),
        (
            {"customerInfo": {"primaryEmail": "alice"}},
            ("The primaryEmail of the customer is not a valid e-mail address.", "primaryEmail", None),
        ),
        (
            {"provisioningId": "unknown"},
            ("There is no template with this provisioningId.", "provisioningId", None),
        ),
        (
            {"provisioningId": OTHER_PROVISIONING_ID},
            ("The customer is bound to another provisioningId.", "provisioningId", None),
        ),
    ],
)
def test_a_precheck_refuses_what_cannot_be(
    broadworks: httpx.Client, change: dict[str, Any], error: tuple[str, str, int | None]
) -> None:
    words, field, code = error
    expected = {"description": words, "fieldName": field} | ({"errorCode": code} if code else {})

    assert errors(precheck(broadworks, **change)) == (400, [expected])


def test_a_new_enterprise_may_take_any_template(broadworks: httpx.Client) -> None:
    new = precheck(broadworks, spEnterpriseId="Reseller1+new", provisioningId=OTHER_PROVISIONING_ID)

    assert new.status_code == 200


def test_an_extension_is_taken_within_its_enterprise_only(broadworks: httpx.Client) -> None:
    assert precheck(broadworks, spEnterpriseId="Reseller1+acme", extension="50100").status_code == 200
    assert precheck(broadworks, spEnterpriseId=None, extension="50100").status_code == 200


def test_the_documented_workspace_is_provisioned(sim: Simulator, broadworks: httpx.Client) -> None:
    response = provision(broadworks)
    workspace = response.json()

    assert response.status_code == 200
    assert workspace == {"id": workspace["id"], **WORKSPACE, "created": "2026-07-09T14:12:03.123Z"}
    assert workspace["id"].startswith("Y2lzY29zcGFyazovL3VzL1BMQUNFL")
    assert sim.broadworks.workspaces == [workspace]


def test_a_workspace_has_only_what_was_given(broadworks: httpx.Client) -> None:
    workspace = provision(broadworks, primaryPhoneNumber=None, extension=None, colour="red").json()

    assert set(workspace) == {"id", "provisioningId", "userId", "spEnterpriseId", "displayName", "created"}


def test_all_missing_fields_are_named(sim: Simulator, broadworks: httpx.Client) -> None:
    fields = ("provisioningId", "userId", "spEnterpriseId", "displayName")

    assert errors(broadworks.post("/broadworks/workspaces", json={})) == (
        400,
        [
            {"errorCode": 1001, "description": f"Null parameter: {field} is mandatory.", "fieldName": field}
            for field in fields
        ],
    )
    assert sim.broadworks.workspaces == []


def test_a_workspace_needs_a_customer_and_its_template(broadworks: httpx.Client) -> None:
    assert errors(provision(broadworks, spEnterpriseId="Reseller1+new")) == (
        404,
        [{"description": "There is no customer for this spEnterpriseId.", "fieldName": "spEnterpriseId"}],
    )
    assert errors(provision(broadworks, provisioningId=OTHER_PROVISIONING_ID))[0] == 400


def test_what_a_workspace_took_is_taken(sim: Simulator, broadworks: httpx.Client) -> None:
    provision(broadworks)

    assert errors(provision(broadworks)) == (409, [USER_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])
    assert errors(precheck(broadworks)) == (409, [PHONE_TAKEN])
    assert len(sim.broadworks.workspaces) == 1


def test_the_bot_and_people_may_not_provision_and_strangers_are_unknown(
    bot: httpx.Client, ann: httpx.Client, nobody: httpx.Client
) -> None:
    for http in (bot, ann):
        assert [answer(http).status_code for answer in (precheck, provision)] == [403, 403]
        assert http.get("/workspaces").status_code == 403
    assert [answer(nobody).status_code for answer in (precheck, provision)] == [401, 401]


# To every other method, "validate" is the id of a subscriber.
@pytest.mark.parametrize(
    ("path", "otherwise"), [("/broadworks/subscribers/validate", 404), ("/broadworks/workspaces", 405)]
)
def test_only_posted_json_objects_are_taken(broadworks: httpx.Client, path: str, otherwise: int) -> None:
    form = broadworks.post(path, data={"email": "a@example.com"})
    broken = broadworks.post(path, content=b"{", headers={"Content-Type": "application/json"})

    assert refusal(form)[0] == 415
    assert refusal(broken)[0] == 400
    assert refusal(broadworks.post(path, json=[]))[0] == 400
    assert refusal(broadworks.put(path, json={}))[0] == otherwise


def test_workspaces_can_be_looked_up(sim: Simulator, broadworks: httpx.Client) -> None:
    made = provision(broadworks).json()
    shown = {
        "id": made["id"],
        "orgId": steady("ORGANIZATION", "Reseller1+acme"),
        "displayName": "Conference Room",
        "type": "notSet",
        "created": "2026-07-09T14:12:03.123Z",
    }

    assert broadworks.get(f"/workspaces/{made['id']}").json() == shown
    assert items(broadworks.get("/workspaces", params={"displayName": "Conference Room"})) == [shown]
    assert [found["displayName"] for found in items(broadworks.get("/workspaces"))] == [
        "Lobby",
        "Conference Room",
    ]
    assert refusal(broadworks.get("/workspaces/unknown"))[0] == 404


def test_the_scope_to_look_workspaces_up_can_be_missing(sim: Simulator, broadworks: httpx.Client) -> None:
    sim.switches.workspaces_scope = False

    assert refusal(broadworks.get("/workspaces"))[0] == 403
    assert refusal(broadworks.get("/workspaces/unknown"))[0] == 403
    assert provision(broadworks).status_code == 200
