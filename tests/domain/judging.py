"""How the tests have one text judged."""

from bot.domain.checks import check
from bot.domain.form import Checked, Choice, Form, Input, Kind

REMOVED = "contained invisible characters, which were removed"
PACKAGES = (Choice("standard", "Standard package"), Choice("premium", "Premium package"))


def one(kind: Kind, text: str, *, region: str | None = None, max_length: int = 256) -> Checked:
    """Check one text as the only input of a form."""
    asked = Input("it", "It", kind, choices=PACKAGES if kind is Kind.CHOICE else (), max_length=max_length)
    return check(Form((asked,)), {"it": text}, region=region)


def refused(kind: Kind, text: str, *, region: str | None = None) -> str:
    """The one complaint about a text that is refused."""
    checked = one(kind, text, region=region)

    (complaint,) = checked.complaints
    assert (checked.values, checked.said, complaint.input) == ({}, {"it": text}, "it")
    return complaint.text


def taken(kind: Kind, text: str, *, region: str | None = None) -> tuple[str, list[str]]:
    """The clean value of a text that is accepted, and the warnings."""
    checked = one(kind, text, region=region)

    assert (checked.said, checked.complaints) == ({"it": text}, ())
    assert {warning.input for warning in checked.warnings} <= {"it"}
    return checked.values["it"], [warning.text for warning in checked.warnings]
