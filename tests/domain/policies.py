"""What the tests of policies make up: hours, conditions, rules and facts of all kinds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.actor import Role
from bot.domain.hours import DAY, Hours
from bot.domain.policy import Conditions, Facts, Group, Policy, Requirement, Rule, Step
from bot.domain.risk import Risk
from bot.operations import catalogue

AT = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)
"""A Friday."""

PARIS = ZoneInfo("Europe/Paris")
NEED = Requirement((Step(Group(roles=(Role.APPROVER,))),))

_words = st.sampled_from([each.words for each in catalogue()])
_patterns = _words | st.sampled_from(["provision *", "* subscriber", "*"])
_texts = st.sampled_from(["", "premium", "Reseller1+acme", "reseller1+ACME", "Reseller2+globex", "*", "a*b", "İß"])
_some = _texts.map(lambda text: text or "acme*")

hours = st.builds(
    Hours,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    zone=st.sampled_from([ZoneInfo("UTC"), PARIS, ZoneInfo("America/Los_Angeles")]),
    start=st.integers(0, DAY - 1),
    end=st.integers(1, DAY),
    outside=st.booleans(),
)


def several(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, max_size=2).map(tuple)


conditions = st.builds(
    Conditions,
    operations=several(_patterns),
    risks=st.lists(st.sampled_from(Risk), max_size=2).map(tuple),
    packages=several(_some),
    enterprises=several(_some),
    templates=several(_some),
    requesters=several(_some),
    roles=st.lists(st.sampled_from(Role), max_size=2).map(tuple),
    rows=st.integers(0, 3),
    environments=several(_some),
    hours=st.lists(hours, max_size=2).map(tuple),
)

policies = st.lists(conditions, max_size=6).map(
    lambda found: Policy(tuple(Rule(f"rule {at}", each, NEED, at) for at, each in enumerate(found)), "p.toml")
)

facts = st.builds(
    lambda operation, **others: Facts(operation=operation.words, risk=operation.risk, **others),
    st.sampled_from(catalogue()),
    at=st.datetimes(timezones=st.sampled_from([UTC, PARIS])),
    requester=_texts,
    roles=st.frozensets(st.sampled_from(Role)),
    package=_texts,
    enterprise=_texts,
    template=_texts,
    rows=st.integers(1, 4),
    environment=_texts,
)


def friday(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """A Friday by the clocks of Paris, or so many days later."""
    return datetime(2026, 11, 27, hour, minute, tzinfo=PARIS) + timedelta(days=days)
