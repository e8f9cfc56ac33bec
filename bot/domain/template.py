"""A short name for a provisioning ID, and what usually goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.form import Values


@dataclass
class Template:
    """What people say instead of a provisioning ID; what it does not know is "".

    ``region`` is the country of numbers that are written without a country code.
    """

    name: str
    provisioning_id: str
    enterprise: str
    package: str
    timezone: str
    region: str
    made_by: str
    made_at: datetime
    id: int | None = None

    @property
    def defaults(self) -> dict[str, str]:
        """What it brings along, under the API's names."""
        known = {"spEnterpriseId": self.enterprise, "package": self.package, "timezone": self.timezone}
        return {name: value for name, value in known.items() if value}


BROUGHT = frozenset({"spEnterpriseId", "package", "timezone"})
"""The inputs that a template can fill."""


def meant(said: str, templates: Iterable[Template]) -> Template | None:
    """The template of that name, in any case, or of that provisioning ID."""
    text = said.strip()
    for each in templates:
        if each.name.casefold() == text.casefold() or each.provisioning_id == text:
            return each
    return None


def last_used(values: Iterable[Values], templates: Iterable[Template]) -> str:
    """The name of the template that the newest of these values were for; "" if none was."""
    known = {each.provisioning_id: each.name for each in templates}
    return next((known[each["provisioningId"]] for each in values if each.get("provisioningId") in known), "")
