"""A short name for a provisioning ID, and what usually goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.form import Form, Kind, Values


@dataclass
class Template:
    """What people say instead of a provisioning ID; what it does not know is "".

    ``region`` is the country of numbers that are written without a country code; ``made_by`` is the name of a person.
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
    def fields(self) -> dict[str, str]:
        """All that it says, under the names of the API; what it does not know is left out."""
        all_of_it = {
            "name": self.name,
            "provisioningId": self.provisioning_id,
            "spEnterpriseId": self.enterprise,
            "package": self.package,
            "timezone": self.timezone,
            "region": self.region,
        }
        return {name: value for name, value in all_of_it.items() if value}

    @property
    def defaults(self) -> dict[str, str]:
        """What it brings along, under the API's names."""
        known = {"spEnterpriseId": self.enterprise, "package": self.package, "timezone": self.timezone}
        return {name: value for name, value in known.items() if value}


SHORTEST_ID = 40
"""Real provisioning IDs are twice as long; whatever is shorter was meant to be a name."""

LONGEST_NAME = 32
"""So that no name can be taken for a provisioning ID."""

FIELDS = ("name", "provisioningId", "spEnterpriseId", "package", "timezone", "region")

BROUGHT = frozenset({"spEnterpriseId", "package", "timezone"})
"""The inputs that a template can fill."""


def of_fields(fields: Values, *, made_by: str, made_at: datetime) -> Template:
    """The template that says this."""
    name, provisioning_id, enterprise, package, timezone, region = (fields.get(each, "") for each in FIELDS)
    return Template(name, provisioning_id, enterprise, package, timezone, region, made_by=made_by, made_at=made_at)


def named(name: str, templates: Iterable[Template]) -> Template | None:
    """The template of that name, in any case."""
    wanted = name.strip().casefold()
    return next((each for each in templates if each.name.casefold() == wanted), None)


def meant(said: str, templates: Iterable[Template], *, enterprise: str = "") -> Template | None:
    """The template of that name, in any case, or of that provisioning ID.

    Several can share an ID, one for each enterprise: then only the one of this ``enterprise`` is meant.
    """
    listed = list(templates)
    found = named(said, listed)
    if found is not None:
        return found
    same = [each for each in listed if each.provisioning_id == said.strip()]
    chosen = same if len(same) == 1 else [each for each in same if each.enterprise == enterprise]
    return chosen[0] if len(chosen) == 1 else None


def meant_by(values: Values, templates: Iterable[Template]) -> Template | None:
    """The template that the values of a request or of a form are for."""
    said = values.get("provisioningId", "")
    return meant(said, templates, enterprise=values.get("spEnterpriseId", "")) if said else None


def last_used(values: Iterable[Values], templates: Iterable[Template]) -> str:
    """The name of the template that the newest of these values were for; "" if none was."""
    listed = list(templates)
    found = (meant_by(each, listed) for each in values)
    return next((each.name for each in found if each is not None), "")


def as_said(form: Form, values: Values, templates: Iterable[Template]) -> dict[str, str]:
    """The values of a form as a person would say them: by a template's name, without what the template brings.

    So another template can be chosen, and brings its own.
    """
    asked = next((each for each in form.inputs if each.kind is Kind.TEMPLATE), None)
    template = meant_by(values, templates) if asked else None
    if asked is None or template is None:
        return dict(values)
    brought = template.defaults
    return {name: value for name, value in values.items() if brought.get(name) != value} | {asked.name: template.name}
