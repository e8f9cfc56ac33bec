"""Whatever happens to subscribers, the index finds what is there."""

from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.clock import Clock
from bot.simulator.control.switches import Switches
from bot.simulator.provisioning.records import PROVISIONING_ID, BroadWorks
from bot.simulator.provisioning.subscriber import STATUSES
from bot.simulator.provisioning.subscriber_search import Search
from tests.simulator.kit import StillClock
from tests.simulator.subscribing import JOHN

_ASKED = {
    "spEnterpriseId": st.sampled_from(["Reseller1+acme", "Reseller1+example", "Reseller1+new"]),
    "email": st.sampled_from(["consent", "fail", "verify", "plain", "rigid"]),
}
_STEPS = st.one_of(
    st.tuples(st.just("create"), st.fixed_dictionaries(_ASKED)),
    st.tuples(st.sampled_from(["remove", "update", "consent", "validate", "wait"]), st.integers(0, 9)),
)


def _after(seconds: int) -> datetime:
    clock = StillClock()
    clock.forward(seconds)
    return clock.moment


_FITTING: dict[str, tuple[str, ...]] = {
    "remove": STATUSES,
    "update": ("provisioned",),
    "consent": ("pending_user_migration",),
    "validate": ("pending_email_validation",),
}
_SEARCHES = st.builds(
    Search,
    values=st.one_of(
        st.just({}),
        st.fixed_dictionaries({"spEnterpriseId": _ASKED["spEnterpriseId"]}),
        st.fixed_dictionaries({"selfActivated": st.just("False"), "provisioningId": st.just(PROVISIONING_ID)}),
    ),
    statuses=st.frozensets(st.sampled_from(STATUSES), max_size=3),
    changed_after=st.one_of(st.none(), st.integers(-1, 40).map(_after)),
    created_after=st.one_of(st.none(), st.integers(-1, 40).map(_after)),
)


def _step(state: BroadWorks, clock: StillClock, act: str, detail: Any, *, number: int) -> None:
    if act == "create":
        facts = {**JOHN, **detail, "userId": f"{number}@x.example", "email": f"{detail['email']}{number}@x.example"}
        state.create_subscriber(facts)
        return
    if act == "wait":
        clock.forward(detail)
        return
    fitting = [one for one in state.subscribers if one.status in _FITTING[act]]
    if not fitting:
        return
    one = fitting[detail % len(fitting)]
    if act == "update":
        state.subscribers.update(one, {"userId": f"{number}@y.example", "mobilePhoneNumber": ""})
    else:
        {
            "remove": state.subscribers.remove,
            "consent": state.subscribers.consented,
            "validate": state.subscribers.email_validated,
        }[act](one)


@settings(max_examples=60, deadline=None)
@given(st.lists(_STEPS, max_size=25), _SEARCHES, st.integers(0, 10))
def test_a_search_finds_what_looking_at_everybody_would_find(
    steps: list[tuple[str, Any]], search: Search, behind: int
) -> None:
    clock = StillClock()
    state = BroadWorks(Clock(clock), Switches(customer_seconds=7.0))

    for number, (act, detail) in enumerate(steps):
        _step(state, clock, act, detail, number=number)

    everybody = list(state.subscribers)
    expected = [one for one in everybody if one.number > behind and search.finds(one)]
    assert state.subscribers.search(search, behind=behind, most=100) == expected
    for one in everybody:
        assert state.subscribers.search(Search(values={"userId": one.facts["userId"]}), most=100) == [one]
