"""Made-up subscribers, as many as are wanted: the same ones in every run."""

from dataclasses import dataclass
from datetime import timedelta

from bot.simulator.provisioning.subscriber import End
from bot.simulator.provisioning.subscriber_outcomes import DONE, PAUSES, USER_TAKEN

_FIRST = ("Ada", "Ben", "Cem", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jana", "Karl", "Lea", "Mia")
_LAST = ("Abel", "Berg", "Costa", "Diaz", "Evans", "Frank", "Gruber", "Horvat", "Ito", "Jones", "Kaya")
_PACKAGES = ("softphone", "basic", "standard", "premium")
_PER_ENTERPRISE = 100
# One in so many: primes, so that every mixture comes up.
_FAILED = 53
_PAUSED = 97
_SELF_ACTIVATED = 7
_MOBILE = 3


@dataclass(frozen=True)
class Sample:
    """`age` is how long ago it was provisioned."""

    facts: dict[str, str]
    end: End
    age: timedelta
    self_activated: bool


def sample(number: int, *, provisioning_id: str) -> Sample:
    """The `number`th, from 0."""
    company = number // _PER_ENTERPRISE
    first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
    domain = f"company{company}.example.com"
    facts = {
        "provisioningId": provisioning_id,
        "userId": f"{20_000_000 + number}@{domain}",
        "spEnterpriseId": f"Reseller1+company{company}",
        "firstName": first,
        "lastName": last,
        "package": _PACKAGES[number % len(_PACKAGES)],
        "primaryPhoneNumber": _telephone("720", number),
        "extension": str(1000 + number % _PER_ENTERPRISE),
        "email": f"{first}.{last}.{number}@{domain}".lower(),
    }
    if number % _MOBILE == 0:
        facts["mobilePhoneNumber"] = _telephone("303", number)
    return Sample(
        facts=facts,
        end=_end(number),
        age=timedelta(days=400) - timedelta(minutes=number),
        self_activated=number % _SELF_ACTIVATED == 1,
    )


def _end(number: int) -> End:
    if number % _FAILED == _FAILED - 1:
        return End("error", (USER_TAKEN,))
    if number % _PAUSED == _PAUSED - 1:
        return End(PAUSES[number // _PAUSED % len(PAUSES)])
    return DONE


def _telephone(area: str, number: int) -> str:
    """An exchange never begins with 0 or 1."""
    return f"+1-{area}-{200 + number // 10_000 % 800}-{number % 10_000:04d}"
