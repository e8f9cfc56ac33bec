"""Speaks of subscribers: what the tests ask the simulated BroadWorks for, and how they play its users."""

from dataclasses import dataclass
from typing import Any

import httpx

from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.simulator.kit import items

BODY = {
    "provisioningId": PROVISIONING_ID,
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "John",
    "lastName": "Andersen",
    "package": "standard",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "+1-818-279-1234",
    "extension": "51212",
    "email": "john.andersen@example.com",
    "language": "en",
    "timezone": "America/Los_Angeles",
}
# What of it is shown.
JOHN = {name: value for name, value in BODY.items() if name not in {"language", "timezone"}}


@dataclass
class Subscribing:
    """Calls of the API by one who may make them, and what users do."""

    http: httpx.Client
    control: httpx.Client

    def ask(self, **change: Any) -> httpx.Response:
        """A new subscriber is asked for; None leaves a field out."""
        body = {name: value for name, value in (BODY | change).items() if value is not None}
        return self.http.post("/broadworks/subscribers", json=body)

    def create(self, **change: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.ask(**change).raise_for_status().json()
        return found

    def another(self, number: int, **change: Any) -> dict[str, Any]:
        """One who has nothing in common with others but the enterprise."""
        return self.create(
            **{
                "userId": f"{number}@example.com",
                "email": f"person{number}@example.com",
                "primaryPhoneNumber": None,
                "extension": str(number),
                **change,
            }
        )

    def get(self, subscriber_id: str) -> httpx.Response:
        return self.http.get(f"/broadworks/subscribers/{subscriber_id}")

    def now(self, subscriber: dict[str, Any]) -> dict[str, Any]:
        """As it is by now."""
        found: dict[str, Any] = self.get(subscriber["id"]).raise_for_status().json()
        return found

    def status(self, subscriber: dict[str, Any]) -> str:
        return str(self.now(subscriber)["status"])

    def put(self, subscriber: dict[str, Any], **change: Any) -> httpx.Response:
        return self.http.put(f"/broadworks/subscribers/{subscriber['id']}", json=change)

    def delete(self, subscriber: dict[str, Any]) -> httpx.Response:
        return self.http.delete(f"/broadworks/subscribers/{subscriber['id']}")

    def consent_mail(self, subscriber: dict[str, Any], *, under: str = "") -> httpx.Response:
        return self.http.post(f"{under}/subscribers/{subscriber['id']}/emails/consentMove")

    def found(self, **query: Any) -> list[str]:
        """The user IDs on the first page of a search."""
        return [each["userId"] for each in items(self.http.get("/broadworks/subscribers", params=query))]

    def pages(self, **query: Any) -> list[list[str]]:
        """The user IDs on all pages, as the links lead to them."""
        response = self.http.get("/broadworks/subscribers", params=query)
        found = [items(response)]
        while "next" in response.links:
            response = self.http.get(response.links["next"]["url"])
            found.append(items(response))
        return [[each["userId"] for each in page] for page in found]

    def act(self, subscriber: dict[str, Any], act: str, **more: Any) -> httpx.Response:
        """Its user does something."""
        return self.control.post(f"/control/subscribers/{subscriber['id']}", json={"act": act, **more})
